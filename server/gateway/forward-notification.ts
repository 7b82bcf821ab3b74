import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Forwarder, RawAnswer } from '../http/forwarder.js';
import { sendError } from '../http/send-error.js';
import { type Exchange, headerOf } from '../recordings/exchange.js';
import type { ClientEntry } from '../records/entries.js';
import { type Text, text } from '../texts/text.js';
import { textOf } from '../texts/text-error.js';
import { inEnglish } from '../texts/write-text.js';
import { findSigning } from './find-signing.js';
import type { IncomingCall } from './incoming-call.js';
import { credentialsIn, exchangeOf, headerObject, rawRequest, sendRaw } from './raw-message.js';

/**
 * The client whose notification a request is. The platform calls the path of the client's notifyUrl on the emulator, so that its
 * signature, which covers the path, verifies for the merchant.
 * @returns undefined for a merchant's call
 */
export function notifiedClient({ tenant, path, clientId }: IncomingCall): ClientEntry | undefined {
  if (tenant.profile.operations.has(path)) return undefined;
  const hasPath = ({ record: { notifyUrl } }: ClientEntry) => notifyUrl !== undefined && new URL(notifyUrl).pathname === path;
  const named = tenant.clients.get(clientId);
  return named !== undefined && hasPath(named) ? named : Array.from(tenant.clients.all()).find(hasPath);
}

/** Passes a notification of the platform on to the merchant, byte for byte, and keeps it with the merchant's answer. */
export async function forwardNotification(
  request: FastifyRequest,
  reply: FastifyReply,
  call: IncomingCall,
  client: ClientEntry,
  forwarder: Forwarder,
): Promise<FastifyReply> {
  call.turn?.end();
  const sent = rawRequest(request, call);
  const url = new URL(client.record.notifyUrl as string).origin + sent.target;
  const at = call.tenant.clock.machineNow();
  let reason: Text;
  let answer: RawAnswer | undefined;
  try {
    answer = await forwarder.send(url, sent);
    reason = text('recorded-notification', { url, status: answer.status });
  } catch (error) {
    reason = textOf(error);
  }
  const exchange = exchangeOf({ at, durationMs: performance.now() - request.arrivedAt, url, notification: true }, sent, answer);
  exchange.signatures = findSignatures(call, exchange, client, forwarder);
  reason = await forwarder.keep(exchange, call.tenant.profile).then(
    () => reason,
    (error: unknown) => text('recording-not-kept', { reason, problem: textOf(error) }),
  );
  request.log.info({ tenant: call.tenant.name, operation: 'notification' }, inEnglish(reason));
  addEntry(call, exchange, client, reason);
  return answer === undefined ? sendError(reply, 502, 'failed', inEnglish(reason)) : sendRaw(reply, answer);
}

/** The platform signs a notification as a merchant signs a call, and the merchant its answer as the platform signs one. */
function findSignatures(
  { tenant: { profile }, parts }: IncomingCall,
  { request, response }: Exchange,
  client: ClientEntry,
  { publicKey }: Forwarder,
): NonNullable<Exchange['signatures']> {
  const shared = { url: new URL(request.url), prefixes: profile.prefixes };
  const { signature } = profile.source;
  const time = headerOf(response?.headers ?? [], 'response-time') ?? '';
  const answered = { ...shared, parts: { ...parts, time }, body: response?.body ?? Buffer.alloc(0) };
  return {
    request: findSigning(request.headers, { ...shared, parts, body: request.body }, publicKey, signature.request),
    response: findSigning(response?.headers ?? [], answered, client.publicKey, signature.response),
  };
}

function addEntry(
  { tenant, method, sentPath, headers, mediaType }: IncomingCall,
  { request, response, durationMs, signatures }: Exchange,
  { clientId }: ClientEntry,
  reason: Text,
): void {
  const { verified = null, encoding } = signatures?.request ?? {};
  tenant.journal.add({
    kind: 'recorded',
    at: tenant.clock.now(),
    operation: 'notification',
    method,
    path: sentPath,
    clientId,
    status: response?.status ?? 502,
    reason,
    durationMs,
    signature: { mode: 'required', verified, ...(encoding !== undefined && { encoding }), mistakes: [] },
    request: { headers: { ...headers, 'content-type': mediaType }, body: request.body },
    response: { headers: headerObject(response?.headers ?? []), body: response?.body ?? '' },
    secrets: [...credentialsIn(request.body), ...credentialsIn(response?.body ?? Buffer.alloc(0))],
  });
}
