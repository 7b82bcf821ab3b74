import type { KeyObject } from 'node:crypto';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { EmulatorAnswer } from '../comparison/answerer.js';
import { type Refusal, refuse } from '../engine/outcomes.js';
import type { Forwarder, RawAnswer } from '../http/forwarder.js';
import type { JournalEntry, StoredFacts } from '../journal/entry.js';
import { type Exchange, headerOf, type SignatureFinding } from '../recordings/exchange.js';
import type { Tenant } from '../tenants/tenant.js';
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
import { credentialsIn, exchangeOf, headerObject, rawRequest, sendRaw } from './raw-message.js';

/** The real platform, and the emulator beside it. */
export interface Platform {
  forwarder: Forwarder;
  /** Returns the emulator's answer to a call that the platform has answered. */
  answerOfEmulator(tenant: Tenant, exchange: Exchange): Promise<EmulatorAnswer>;
}

/**
 * Answers a call with the answer of the real platform, byte for byte. The call and the answer are kept, and the journal says what was
 * found out about their signatures. If there is no answer, the caller gets an error in the wallet's form.
 */
export async function forwardCall(
  request: FastifyRequest,
  reply: FastifyReply,
  call: IncomingCall,
  { forwarder, answerOfEmulator }: Platform,
  privateKey: KeyObject,
): Promise<FastifyReply> {
  // A slow platform must not keep other emulators that share the state waiting.
  call.turn?.end();
  const found = startFindings(call);
  await checkCall(call, found);
  const sent = rawRequest(request, call);
  const url = forwarder.addressOf(sent.target);
  const at = call.tenant.clock.machineNow();
  const answer = await forwarder.send(url, sent).catch((error: unknown) => {
    return refuse('exception-unknown', textOf(error));
  });
  const durationMs = performance.now() - request.arrivedAt;
  const exchange = exchangeOf({ at, durationMs, url, notification: false }, sent, isRefusal(answer) ? undefined : answer);
  const recorded = factsOf(call, found, exchange, forwarder);
  const emulator = await emulatorFacts(exchange, () => answerOfEmulator(call.tenant, exchange)).catch((error: unknown) => {
    request.log.error(error);
    return undefined;
  });
  if (emulator !== undefined) recorded.emulator = emulator;
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

/** The facts about a forwarded call. */
interface ForwardedCall {
  call: IncomingCall;
  found: CallFindings;
  exchange: Exchange;
  recorded: StoredFacts;
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

/** Finds out about the signatures. The exchange gets what it cannot tell later, because its values are masked. */
function factsOf(call: IncomingCall, found: CallFindings, exchange: Exchange, { publicKey }: Forwarder): StoredFacts {
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

/** @returns undefined if the platform gave no answer to compare with */
async function emulatorFacts(
  { response }: Exchange,
  answer: () => Promise<EmulatorAnswer>,
): Promise<StoredFacts['emulator'] | undefined> {
  if (response === undefined) return undefined;
  const { status, headers, body, reason } = await answer();
  return { status, ...platformResult(body), reason, headers: headerObject(headers), body: body.toString() };
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
