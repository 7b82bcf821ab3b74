import type { KeyObject } from 'node:crypto';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { type Refusal, refuse } from '../engine/outcomes.js';
import { readAddress } from '../http/address.js';
import type { Forwarder, RawAnswer, RawRequest } from '../http/forwarder.js';
import type { JournalEntry, RecordedFacts } from '../journal/entry.js';
import { decodeBody } from '../recordings/decode-body.js';
import { type Exchange, type ExchangeResponse, type Header, headerOf, type SignatureFinding } from '../recordings/exchange.js';
import { type Text, text } from '../texts/text.js';
import { textOf } from '../texts/text-error.js';
import { inEnglish } from '../texts/write-text.js';
import { type OutgoingAnswer, writeAnswer } from './answer.js';
import { type CallFindings, startFindings } from './call-findings.js';
import { checkEnvelope } from './check-envelope.js';
import { checkSignature } from './check-signature.js';
import { corsHeaders } from './cors.js';
import { findSigning } from './find-signing.js';
import type { IncomingCall } from './incoming-call.js';
import { acceptedSignature, type PlatformResult, platformResult } from './platform-verdict.js';

/** Headers that are for the emulator. The platform does not get them. */
const ownHeaders = /^x-emulator-/i;

/**
 * Answers a call with the answer of the real platform, byte for byte. The call and the answer are kept, and the journal says what was
 * found out about their signatures. If there is no answer, the caller gets an error in the wallet's form.
 */
export async function forwardCall(
  request: FastifyRequest,
  reply: FastifyReply,
  call: IncomingCall,
  forwarder: Forwarder,
  privateKey: KeyObject,
): Promise<FastifyReply> {
  // A slow platform must not keep other emulators that share the state waiting.
  call.turn?.end();
  const found = startFindings(call);
  await checkCall(call, found);
  const sent = sentRequest(request, call);
  const url = forwarder.addressOf(sent.target);
  const at = call.tenant.clock.machineNow();
  const answer = await forwarder.send(url, sent).catch((error: unknown) => {
    return refuse('exception-unknown', textOf(error));
  });
  const durationMs = performance.now() - request.arrivedAt;
  const exchange = exchangeOf(at, durationMs, url, sent, answer);
  const recorded = factsOf(call, found, exchange, forwarder);
  const notKept = await forwarder.keep(exchange, call.tenant.profile).then(
    () => undefined,
    (error: unknown) => textOf(error),
  );
  const facts: ForwardedCall = { call, found, exchange, recorded, durationMs };
  const reason = withProblem(isRefusal(answer) ? answer.message : answerText(exchange), notKept);
  request.log.info({ tenant: call.tenant.name, operation: found.operation?.name ?? 'no operation' }, inEnglish(reason));
  if (!isRefusal(answer)) {
    addEntry(facts, reason);
    return sendRaw(reply, answer, corsHeaders(call));
  }
  const written = await writeAnswer(call, found, answer, privateKey);
  addEntry(facts, reason, written);
  return reply
    .status(written.status)
    .headers({ ...written.headers, ...corsHeaders(call) })
    .send(written.body);
}

/** What is known of a forwarded call. */
interface ForwardedCall {
  call: IncomingCall;
  found: CallFindings;
  exchange: Exchange;
  recorded: RecordedFacts;
  durationMs: number;
}

function isRefusal(answer: RawAnswer | Refusal): answer is Refusal {
  return 'outcome' in answer;
}

/** Runs the emulator's checks up to the signature. Their result does not end the call. */
async function checkCall(call: IncomingCall, found: CallFindings): Promise<void> {
  checkEnvelope(call, found);
  // Without a key, the check would say that the key is wrong.
  if (found.client?.publicKey !== undefined) await checkSignature(call, found.client, found);
}

/** The request as it came, with the path as the wallet knows it. */
function sentRequest({ raw }: FastifyRequest, { method, target, body }: IncomingCall): RawRequest {
  const { path, query } = readAddress(target);
  const headers: Header[] = [];
  for (let at = 0; at < raw.rawHeaders.length; at += 2) {
    const [name = '', value = ''] = raw.rawHeaders.slice(at, at + 2);
    if (!ownHeaders.test(name)) headers.push([name, value]);
  }
  return { method, target: path + query, headers, body };
}

function exchangeOf(at: number, durationMs: number, url: string, sent: RawRequest, answer: RawAnswer | Refusal): Exchange {
  const { method, headers, body } = sent;
  return {
    at,
    durationMs,
    request: { method, url, headers: [...headers], body: decodeBody(headers, body) },
    response: isRefusal(answer) ? undefined : decoded(answer),
    notification: false,
  };
}

function decoded({ status, headers, body }: RawAnswer): ExchangeResponse {
  return { status, headers, body: decodeBody(headers, body) };
}

/** Finds out about the signatures. The exchange gets what it cannot tell later, because its values are masked. */
function factsOf(call: IncomingCall, found: CallFindings, exchange: Exchange, { publicKey }: Forwarder): RecordedFacts {
  const { request, response } = exchange;
  const { prefixes, source } = call.tenant.profile;
  const own = call.parts;
  const url = new URL(request.url);
  const shared = { url, prefixes };
  const client = found.client?.publicKey;
  const asked = { ...shared, parts: own, body: request.body };
  const signatures = { request: findSigning(request.headers, asked, client, source.signature.request), response: noSignature };
  const accepted = response === undefined ? null : acceptedSignature(platformResult(response.body), call.tenant.profile);
  if (response !== undefined) {
    const time = headerOf(response.headers, 'response-time') ?? '';
    const clientId = headerOf(response.headers, 'client-id') ?? own.clientId;
    const answered = { ...shared, parts: { ...own, clientId, time, method: 'POST' }, body: response.body };
    signatures.response = findSigning(response.headers, answered, publicKey, source.signature.response);
  }
  exchange.signatures = signatures;
  const { verified } = found.signature;
  const agrees = accepted === null || verified === null ? null : accepted === verified;
  return { address: request.url, accepted, agrees, answer: signatures.response };
}

const noSignature: SignatureFinding = { verified: null };

function answerText({ response }: Exchange): Text {
  const { status = 0, body = Buffer.alloc(0) } = response ?? {};
  const { resultCode } = platformResult(body);
  return resultCode === undefined ? text('recorded-answer-status', { status }) : text('recorded-answer', { code: resultCode });
}

function withProblem(reason: Text, problem: Text | undefined): Text {
  return problem === undefined ? reason : text('recording-not-kept', { reason, problem });
}

/** @param own the emulator's answer, if the platform gave none */
function addEntry(
  { call, found, exchange: { request, response }, recorded, durationMs }: ForwardedCall,
  reason: Text,
  own?: OutgoingAnswer,
): JournalEntry {
  const { tenant } = call;
  const result: PlatformResult = platformResult((own ?? response)?.body ?? Buffer.alloc(0));
  return tenant.journal.add({
    kind: 'recorded',
    at: tenant.clock.now(),
    operation: found.operation?.name,
    method: call.method,
    path: call.sentPath,
    clientId: found.client?.clientId ?? (call.clientId || undefined),
    status: own?.status ?? response?.status ?? 0,
    ...result,
    reason,
    durationMs,
    findings: found.findings,
    signature: found.signature,
    recorded,
    request: { headers: { ...call.headers, 'content-type': call.mediaType }, body: request.body },
    response: own ?? { headers: headerObject(response?.headers ?? []), body: response?.body ?? '' },
    secrets: [...credentialsIn(request.body), ...credentialsIn(response?.body ?? Buffer.alloc(0))],
  });
}

/** Headers for the journal: names in their case, and a list for a repeated one. */
function headerObject(headers: readonly Header[]): Record<string, string | string[]> {
  const object: Record<string, string | string[]> = {};
  for (const [name, value] of headers) {
    const earlier = Object.hasOwn(object, name) ? object[name] : undefined;
    object[name] = earlier === undefined ? value : [earlier, value].flat();
  }
  return object;
}

/** The codes and tokens in a body: the emulator did not issue them, so only their names tell. */
function credentialsIn(body: Buffer): string[] {
  try {
    const found: string[] = [];
    JSON.parse(body.toString(), (name, value) => {
      if (typeof value === 'string' && value.length >= 8 && /(token|authcode|code)$/i.test(name) && !/^resultCode$/i.test(name))
        found.push(value);
      return value;
    });
    return found;
  } catch {
    return [];
  }
}

/** Sends an answer as it came. Fastify would change the names of headers. */
function sendRaw(
  reply: FastifyReply,
  { status, statusText, headers, body }: RawAnswer,
  more: Record<string, string>,
): FastifyReply {
  reply.hijack();
  const { raw } = reply;
  // The platform's Date is passed on, or none.
  raw.sendDate = false;
  raw.writeHead(status, statusText, [...headers, ...Object.entries(more)].flat());
  raw.end(body);
  return reply;
}
