import type { KeyObject } from 'node:crypto';
import { formatTime } from '../clock/time.js';
import type { OperationResult } from '../engine/outcomes.js';
import { converterContext } from '../profiles/converters.js';
import type { WireCode } from '../profiles/profile.js';
import { encodeSignature } from '../signing/encodings.js';
import { signContent } from '../signing/rsa.js';
import { formatSignatureHeader } from '../signing/signature-header.js';
import { inEnglish } from '../texts/write-text.js';
import type { CallFindings } from './call-findings.js';
import { type IncomingCall, signedParts } from './incoming-call.js';
import type { Answer } from './verbs/verb.js';

/** A signed answer. */
export interface OutgoingAnswer {
  code: WireCode;
  headers: Record<string, string>;
  body: Buffer;
}

/** A resultMessage is cut to this length, in characters. */
const maxMessageLength = 500;
/** The fault stale-response-time sets the answer's time back by this (milliseconds). */
const staleByMs = 24 * 60 * 60 * 1000;

/** Writes a result as this wallet does, with its code, fields and form of time, and signs it. Failures are signed too. */
export async function writeAnswer(
  call: IncomingCall,
  found: CallFindings,
  result: OperationResult<{ answer: Answer }>,
  privateKey: KeyObject,
): Promise<OutgoingAnswer> {
  const { profile, clock } = call.tenant;
  const code = found.code ?? profile.codes[result.outcome];
  const resultMessage =
    result.outcome === 'done'
      ? (found.scenario?.then.message ?? code.message ?? 'success')
      : inEnglish(result.message).slice(0, maxMessageLength);
  const filled =
    result.outcome === 'done'
      ? found.operation?.response(
          { ...result.answer, request: found.fields },
          converterContext(profile.source, () => call.baseUrl),
        )
      : undefined;
  const body = Buffer.from(
    JSON.stringify({
      result: { resultStatus: code.status, resultCode: code.code, resultMessage },
      ...(filled as object | undefined),
    }),
  );

  const fault = found.scenario?.then.fault;
  const answeredAt = fault === 'stale-response-time' ? Math.max(clock.now() - staleByMs, 0) : clock.now();
  const time = found.timeForm === 'epoch-ms' ? String(answeredAt) : formatTime(answeredAt, profile.source.timeOffset);
  const parts = { ...signedParts(call), method: 'POST', path: found.signedPath, time };
  const signed = fault === 'bad-signature' ? Buffer.concat([body, Buffer.from(' ')]) : body;
  const signature = await signContent(profile.signedResponse(parts, signed), privateKey);
  const { encoding, algorithm } = profile.source.signature;
  return {
    code,
    body,
    headers: {
      'content-type': 'application/json; charset=UTF-8',
      ...(call.clientId !== '' && { 'client-id': call.clientId }),
      'response-time': time,
      ...(fault !== 'no-signature' && {
        signature: formatSignatureHeader(algorithm, encodeSignature(signature, found.signature.encoding ?? encoding)),
      }),
    },
  };
}
