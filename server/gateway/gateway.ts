import { METHODS } from 'node:http';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { shorten } from '../engine/outcomes.js';
import { namedTenant, readAddress } from '../http/address.js';
import { holdBack, type Outgoing, rawAnswer, sendWithFault } from '../http/scenario-faults.js';
import { sendError } from '../http/send-error.js';
import { hideSecrets } from '../journal/present.js';
import { delayOf } from '../scenarios/delays.js';
import type { Tenant } from '../tenants/tenant.js';
import type { Tenants } from '../tenants/tenants.js';
import type { Platform } from './answer.js';
import type { IncomingCall } from './call.js';
import { textOf } from './check-envelope.js';
import { type HandledCall, handleCall } from './handle.js';

export interface GatewayOptions {
  tenants: Tenants;
  platform: Platform;
  /** Whether a request came by a host name of ours. */
  isOurs(request: FastifyRequest): boolean;
  /** Whether a page of another origin calls. */
  isForeignPage(request: FastifyRequest): boolean;
  /** Codes and tokens stand whole in the log. */
  showSecrets: boolean;
}

declare module 'fastify' {
  interface FastifyRequest {
    /** The Content-Type of a merchant's call, as it was sent. */
    sentMediaType: string | undefined;
    /** When the call came in, on the machine's steady clock (milliseconds). */
    cameInAt: number;
  }
}

/** A test that came by a wrong base address must not take an OpenAPI answer, which is HTTP 200, for the control API's. */
export const strayControlCall = /\/_emulator(?:[/?#]|$)/;
const controlPlaces =
  'the control API is at /_emulator and at /t/<tenant>/_emulator, with a name of up to 64 letters, digits, dots, hyphens and underscores';

/**
 * Merchants' servers: one wildcard route takes every path that is nobody else's, since tenants choose their wallets, and so their
 * paths, while it runs.
 */
export async function gateway(app: FastifyInstance, options: GatewayOptions): Promise<void> {
  for (const method of METHODS) {
    if (!app.supportedMethods.includes(method) && method !== 'CONNECT') app.addHttpMethod(method, { hasBody: true });
  }
  app.decorateRequest('sentMediaType', undefined);
  app.decorateRequest('cameInAt', 0);
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body));

  // An empty or doubled Content-Type would end in Fastify's own 415, before any handler: the wallet has a code of its own for it.
  app.addHook('onRequest', async (request) => {
    request.cameInAt = performance.now();
    request.sentMediaType = request.raw.headers['content-type'];
    request.raw.headers['content-type'] = 'application/octet-stream';
  });
  app.route({
    method: app.supportedMethods,
    url: '/*',
    exposeHeadRoute: false,
    handler: (request, reply) =>
      strayControlCall.test(request.url)
        ? sendError(reply, 404, 'not-found', `${request.url.slice(0, 200)}: ${controlPlaces}`)
        : answer(request, reply, options),
  });
  app.setErrorHandler((error: Error & { code?: string }, request, reply) => {
    if (error.code === 'FST_ERR_CTP_BODY_TOO_LARGE')
      return answer(request, reply, options, 'the body is too large: expected at most 1 MiB');
    return answer(request, reply, options, `the body could not be read: ${error.message}`);
  });
}

async function answer(
  request: FastifyRequest,
  reply: FastifyReply,
  { tenants, platform, isOurs, isForeignPage, showSecrets }: GatewayOptions,
  unreadable?: string,
): Promise<FastifyReply> {
  const call = incomingCall(request, tenants, isForeignPage(request), unreadable);
  if (request.headers.origin !== undefined && !isOurs(request)) call.rebound = true;
  if (unreadable !== undefined) request.raw.resume();
  const handled = await handleCall(call, platform, (error) => request.log.error(error));
  const { code, headers, body } = handled.answer;
  const { scenario } = handled.found;
  const raw = scenario && rawAnswer(scenario.then);
  const outgoing = raw ?? { status: 200, headers, body };
  // A call that is held back or never answered is in the journal as soon as it is done: its caller may not wait for the answer.
  const delay = scenario === undefined ? 0 : delayOf(scenario.then, scenario.hit);
  addEntry(call, handled, outgoing, performance.now() - request.cameInAt + delay);
  request.log.info(
    { tenant: call.tenant.name, operation: handled.found.operation?.name ?? 'no operation', code: code.code },
    showSecrets
      ? reasonOf(handled)
      : hideSecrets(reasonOf(handled), handled.found.secrets, shorten, (word) => call.tenant.store.issued(word)),
  );
  await holdBack(scenario);
  return sendWithFault(reply, scenario?.then.fault, outgoing);
}

function incomingCall(request: FastifyRequest, tenants: Tenants, byPage: boolean, unreadable: string | undefined): IncomingCall {
  const address = readAddress(request.originalUrl);
  const body = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0);
  let tenant: Tenant;
  let tenantProblem: string | undefined;
  try {
    const name = namedTenant(request.headers, address);
    tenant = name !== undefined ? tenants.get(name, { byPage }) : (issuer(tenants, body) ?? tenants.default);
  } catch (error) {
    tenant = tenants.default;
    tenantProblem = (error as Error).message;
  }
  return {
    tenant,
    method: request.method,
    path: address.path,
    sentPath: address.sentPath,
    target: request.originalUrl,
    headers: request.raw.headers,
    mediaType: request.sentMediaType,
    body,
    ...(unreadable !== undefined && { unreadable }),
    ...(tenantProblem !== undefined && { tenantProblem }),
  };
}

/** One merchant process may serve many tenants: whose call it is, the code or token in it says. */
function issuer(tenants: Tenants, body: Buffer): Tenant | undefined {
  if (!tenants.several || body.length === 0) return undefined;
  try {
    const value: unknown = JSON.parse(textOf(body));
    return typeof value === 'object' && value !== null ? tenants.issuerOf(Object.values(value)) : undefined;
  } catch {
    return undefined;
  }
}

/** Why a call ended as it did, at length. */
function reasonOf({ result, found }: HandledCall): string {
  return result.reason ?? ('message' in result ? result.message : `${found.operation?.name} was done`);
}

function addEntry(call: IncomingCall, handled: HandledCall, outgoing: Outgoing, durationMs: number): void {
  const { tenant } = call;
  const {
    found,
    answer: { code },
  } = handled;
  const { client, app, userId, scopes, consented, used, scenario } = found;
  const reason = reasonOf(handled);
  const { fault, status: rawStatus } = scenario?.then ?? {};
  tenant.journal.add({
    kind: 'openapi',
    at: tenant.clock.now(),
    operation: found.operation?.name,
    method: call.method,
    path: call.sentPath,
    clientId: client?.clientId,
    appId: app?.appId,
    userId,
    scopes,
    consented,
    used,
    status: outgoing.status,
    ...(rawStatus === undefined && { resultStatus: code.status, resultCode: code.code }),
    reason: fault === undefined ? reason : `${reason}; the answer went out by the scenario ${scenario?.id}: ${fault}`,
    durationMs,
    scenario: scenario?.id,
    findings: found.findings,
    signature: found.signature,
    request: { headers: { ...call.headers, 'content-type': call.mediaType }, body: call.body },
    response: outgoing,
    secrets: found.secrets,
  });
}
