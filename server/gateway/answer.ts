import type { KeyObject } from 'node:crypto';
import { formatHeaderTime } from '../clock/time.js';
import type { OperationResult } from '../engine/outcomes.js';
import { type Outgoing, rawAnswer } from '../http/scenario-faults.js';
import type { WireCode } from '../profiles/profile.js';
import { encodeSignature } from '../signing/encodings.js';
import { signContent } from '../signing/rsa.js';
import { formatSignatureHeader } from '../signing/signature-header.js';
import { inEnglish } from '../texts/write-text.js';
import type { CallFindings } from './call-findings.js';
import type { IncomingCall } from './incoming-call.js';
import type { Answer } from './verbs/verb.js';

/** The answer to a call. */
export interface OutgoingAnswer extends Outgoing {
  /** Absent if a scenario set the whole HTTP answer. */
  code?: WireCode;
}

/** A resultMessage is cut to this length, in characters. */
const maxMessageLength = 500;
/** The fault stale-response-time sets the answer's time back by this (milliseconds). */
const staleByMs = 24 * 60 * 60 * 1000;

/**
 * Writes a result as this wallet does, with its code, fields and form of time, and signs it. Failures are signed too. The answer that a
 * scenario set stays as it is.
 */
export async function writeAnswer(
  call: IncomingCall,
  found: CallFindings,
  result: OperationResult<{ answer: Answer }>,
  privateKey: KeyObject,
): Promise<OutgoingAnswer> {
  const { then = {} } = found.scenario ?? {};
  const raw = rawAnswer(then);
  if (raw !== undefined) return raw;
  const { profile, clock } = call.tenant;
  const code = found.code ?? profile.codes[result.outcome];
  const resultMessage =
    result.outcome === 'done'
      ? (then.message ?? code.message ?? 'success')
      : inEnglish(result.message).slice(0, maxMessageLength);
  const filled =
    result.outcome === 'done'
      ? found.operation?.response(
          { request: found.fields, ...result.answer },
          { timeOffset: profile.source.timeOffset, baseUrl: call.baseUrl },
        )
      : undefined;
  const body = Buffer.from(
    JSON.stringify({
      result: { resultStatus: code.status, resultCode: code.code, resultMessage },
      ...(filled as object | undefined),
    }),
  );

  const { fault } = then;
  const answeredAt = fault === 'stale-response-time' ? Math.max(clock.now() - staleByMs, 0) : clock.now();
  const time = formatHeaderTime(answeredAt, found.timeForm, profile.source.timeOffset);
  const { clientId, requestId } = call.parts;
  const parts = { method: 'POST', path: found.signedPath, clientId, time, requestId };
  const signed = fault === 'bad-signature' ? Buffer.concat([body, Buffer.from(' ')]) : body;
  const signature = await signContent(profile.signedResponse(parts, signed), privateKey);
  const { encoding, algorithm } = profile.source.signature;
  const headers: OutgoingAnswer['headers'] = { 'content-type': 'application/json; charset=UTF-8' };
  if (clientId !== '') headers['client-id'] = clientId;
  headers['response-time'] = time;
  if (fault !== 'no-signature')
    headers.signature = formatSignatureHeader(algorithm, encodeSignature(signature, found.signature.encoding ?? encoding));
  return { code, status: 200, headers, body };
}
