import type { KeyObject } from 'node:crypto';
import { formatTime } from '../clock/time.js';
import type { OperationResult } from '../engine/outcomes.js';
import { converterContext } from '../profiles/converters.js';
import type { WireCode } from '../profiles/profile.js';
import { encodeSignature } from '../signing/encodings.js';
import { signContent } from '../signing/rsa.js';
import { formatSignatureHeader } from '../signing/signature-header.js';
import { type CallFindings, header, type IncomingCall } from './call.js';
import type { Answer } from './verbs/verb.js';

/** What goes out on the wire. */
export interface OutgoingAnswer {
  code: WireCode;
  headers: Record<string, string>;
  body: Buffer;
}

/** How the platform signs, and where it is. */
export interface Platform {
  privateKey: KeyObject;
  baseUrl(): string;
}

/** The longest resultMessage that goes out, in characters. */
const longestMessage = 500;
/** How old a stale answer says that it is (milliseconds). */
const staleness = 24 * 60 * 60 * 1000;

/** Writes an ending in the wallet's words: its code, its fields, its form of time, signed like any other. */
export async function writeAnswer(
  call: IncomingCall,
  found: CallFindings,
  result: OperationResult<{ answer: Answer }>,
  platform: Platform,
): Promise<OutgoingAnswer> {
  const { profile, clock } = call.tenant;
  const code = profile.codes[result.outcome];
  const resultMessage =
    result.outcome === 'done'
      ? (found.scenario?.then.message ?? code.message ?? 'success')
      : result.message.slice(0, longestMessage);
  const filled =
    result.outcome === 'done'
      ? found.operation?.response({ ...result.answer, request: found.fields }, converterContext(profile.source, platform.baseUrl))
      : undefined;
  const body = Buffer.from(
    JSON.stringify({
      result: { resultStatus: code.status, resultCode: code.code, resultMessage },
      ...(filled as object | undefined),
    }),
  );

  const fault = found.scenario?.then.fault;
  const clientId = header(call, 'client-id');
  const answeredAt = fault === 'stale-response-time' ? Math.max(clock.now() - staleness, 0) : clock.now();
  const time = found.timeForm === 'epoch-ms' ? String(answeredAt) : formatTime(answeredAt, profile.source.timeOffset);
  const parts = { method: 'POST', path: found.signedPath, clientId, time, requestId: header(call, 'request-id') };
  const signed = fault === 'bad-signature' ? Buffer.concat([body, Buffer.from(' ')]) : body;
  const signature = await signContent(profile.signedResponse(parts, signed), platform.privateKey);
  const { encoding, algorithm } = profile.source.signature;
  return {
    code,
    body,
    headers: {
      'content-type': 'application/json; charset=UTF-8',
      ...(clientId !== '' && { 'client-id': clientId }),
      'response-time': time,
      ...(fault !== 'no-signature' && {
        signature: formatSignatureHeader(algorithm, encodeSignature(signature, found.signature.encoding ?? encoding)),
      }),
    },
  };
}
