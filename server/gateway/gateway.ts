import type { KeyObject } from 'node:crypto';
import { METHODS } from 'node:http';
import type { FastifyBaseLogger, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { product, productHeader } from '../http/product-header.js';
import { listUntilAnswered } from '../http/running-call.js';
import { holdBack, sendWithFault } from '../http/scenario-faults.js';
import { sendError } from '../http/send-error.js';
import type { JournalEntry } from '../journal/entry.js';
import { hideSecrets } from '../journal/present.js';
import { delayOf } from '../scenarios/delay.js';
import { type Text, text } from '../texts/text.js';
import { textOf } from '../texts/text-error.js';
import { inEnglish } from '../texts/write-text.js';
import { answerWrongAddress, type WrongAddressOptions } from './answer-wrong-address.js';
import { answerPreflight, corsHeaders } from './cors.js';
import { forwardCall, type Platform } from './forward-call.js';
import { forwardNotification, notifiedClient } from './forward-notification.js';
import { type HandledCall, handleCall } from './handle.js';
import { type IncomingCall, type ReadCallOptions, readCall } from './incoming-call.js';

export interface GatewayOptions extends ReadCallOptions, WrongAddressOptions {
  /** The key that signs answers. */
  privateKey: KeyObject;
  /** The log shows whole codes and tokens. */
  showSecrets: boolean;
  /** Calls are sent on to a real platform, which answers in place of the emulator. */
  platform?: Platform | undefined;
}

declare module 'fastify' {
  interface FastifyRequest {
    /** The Content-Type that the merchant sent. */
    sentMediaType: string | undefined;
    /** The time of the call's arrival, by performance.now() (milliseconds). */
    arrivedAt: number;
  }
}

/** A control API call with a wrong base URL must not get an OpenAPI answer: that is HTTP 200, and looks like success. */
export const strayControlCall = /\/_emulator(?:[/?#]|$)/;
const controlApiText =
  'the control API is at /_emulator and /t/<tenant>/_emulator; a tenant name has up to 64 letters, digits, dots, hyphens and underscores';

/**
 * The OpenAPI for merchants' servers. One wildcard route takes every path that no other plugin has, because a tenant can switch to a
 * wallet with other paths while the emulator runs.
 */
export async function gateway(app: FastifyInstance, options: GatewayOptions): Promise<void> {
  for (const method of METHODS) {
    if (!app.supportedMethods.includes(method) && method !== 'CONNECT') app.addHttpMethod(method, { hasBody: true });
  }
  app.decorateRequest('sentMediaType', undefined);
  app.decorateRequest('arrivedAt', 0);
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body));

  // Fastify answers an empty or doubled Content-Type with 415 before any handler runs. The wallet has its own code for that.
  app.addHook('onRequest', (request, _reply, done) => {
    request.arrivedAt = performance.now();
    request.sentMediaType = request.raw.headers['content-type'];
    request.raw.headers['content-type'] = 'application/octet-stream';
    done();
  });
  app.route({
    method: app.supportedMethods,
    url: '/*',
    exposeHeadRoute: false,
    handler: (request, reply) =>
      strayControlCall.test(request.url)
        ? sendError(
            reply.header(productHeader, product),
            404,
            'not-found',
            `there is nothing at ${request.url.slice(0, 200)}: ${controlApiText}`,
          )
        : answer(request, reply, options),
  });
  app.setErrorHandler((error: Error & { code?: string }, request, reply) => {
    if (error.code === 'FST_ERR_CTP_BODY_TOO_LARGE') return answer(request, reply, options, text('body-too-large'));
    return answer(request, reply, options, text('body-unreadable', { problem: textOf(error) }));
  });
}

async function answer(
  request: FastifyRequest,
  reply: FastifyReply,
  options: GatewayOptions,
  unreadable?: Text,
): Promise<FastifyReply | string> {
  const call = await readCall(request, options, unreadable);
  try {
    return await answerCall(request, reply, call, options, unreadable);
  } finally {
    call.turn?.end();
  }
}

async function answerCall(
  request: FastifyRequest,
  reply: FastifyReply,
  call: IncomingCall,
  options: GatewayOptions,
  unreadable: Text | undefined,
): Promise<FastifyReply | string> {
  if (unreadable !== undefined) request.raw.resume();
  const wrongAddress = answerWrongAddress(request, reply, call, options);
  if (wrongAddress !== undefined) return wrongAddress;
  const preflight = answerPreflight(request, reply, call);
  if (preflight !== undefined) return preflight;
  const { platform } = options;
  // Nothing is sent on without a whole body, or of a page that must not call.
  if (platform !== undefined && unreadable === undefined && call.pageProblem === undefined) {
    const notified = notifiedClient(call);
    if (notified !== undefined) return forwardNotification(request, reply, call, notified, platform.forwarder);
    return forwardCall(request, reply, call, platform, options.privateKey);
  }
  const handled = await handleCall(call, options.privateKey, (error) => request.log.error(error));
  const { found, answer } = handled;
  const { scenario } = found;
  Object.assign(answer.headers, corsHeaders(call));
  // The journal gets the entry before a delay or a hang: the caller may not wait for the answer.
  const delay = scenario === undefined ? 0 : delayOf(scenario.then, scenario.hit);
  const entry = addEntry(call, handled, performance.now() - request.arrivedAt + delay);
  if (delay > 0 || scenario?.then.fault === 'hang') listUntilAnswered(reply, call.tenant, entry, delay > 0 ? 'delay' : 'caller');
  if (isLogged(request.log)) logCall(request.log, call, handled, options);
  await holdBack(scenario, request);
  return sendWithFault(reply, scenario?.then.fault, answer);
}

/** Returns true if the log has a line for each call. */
function isLogged({ level }: FastifyBaseLogger): boolean {
  return level === 'info' || level === 'debug' || level === 'trace';
}

function logCall(log: FastifyBaseLogger, { tenant }: IncomingCall, handled: HandledCall, { showSecrets }: GatewayOptions): void {
  const { operation, secrets } = handled.found;
  const { code, status } = handled.answer;
  const reason = inEnglish(reasonOf(handled));
  log.info(
    { tenant: tenant.name, operation: operation?.name ?? 'no operation', code: code?.code ?? String(status) },
    showSecrets ? reason : hideSecrets(reason, secrets, tenant),
  );
}

/** The reason for the result, for the journal. */
function reasonOf({ result, found: { operation } }: HandledCall): Text {
  if (result.reason !== undefined) return result.reason;
  if (result.outcome !== 'done') return result.message;
  return operation === undefined ? text('call-without-operation') : text('operation-succeeded', { operation: operation.name });
}

function addEntry(call: IncomingCall, handled: HandledCall, durationMs: number): JournalEntry {
  const { tenant } = call;
  const { found, answer } = handled;
  const { client, app, userId, scopes, consented, decided, used, authorizationId, scenario } = found;
  const reason = reasonOf(handled);
  const fault = scenario?.then.fault;
  return tenant.journal.add({
    kind: 'openapi',
    at: tenant.clock.now(),
    operation: found.operation?.name,
    method: call.method,
    path: call.sentPath,
    clientId: client?.clientId,
    appId: app?.appId,
    userId,
    scopes,
    authorizationId,
    consented,
    decided,
    used,
    status: answer.status,
    resultStatus: answer.code?.status,
    resultCode: answer.code?.code,
    reason: fault === undefined ? reason : text('scenario-fault', { reason, scenario: scenario?.id ?? '', fault }),
    durationMs,
    scenario: scenario?.id,
    findings: found.findings,
    signature: found.signature,
    request: call,
    response: answer,
    secrets: found.secrets,
  });
}
