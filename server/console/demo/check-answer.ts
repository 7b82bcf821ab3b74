import type { KeyObject } from 'node:crypto';
import { parseTime } from '../../clock/time.js';
import type { Profile } from '../../profiles/profile.js';
import { decodeSignature } from '../../signing/encodings.js';
import { verifyContent } from '../../signing/rsa.js';
import { parseSignatureHeader } from '../../signing/signature-header.js';
import { text } from '../../texts/text.js';
import { TextError } from '../../texts/text-error.js';

/** A response whose time is further from now than this may be a replay (milliseconds of the emulator's time). */
const maxAgeMs = 5 * 60_000;

/** The platform's answer, and what its signature covers besides the body. */
export interface PlatformAnswer {
  path: string;
  clientId: string;
  requestId: string;
  headers: Record<string, string>;
  body: Buffer;
}

/** The answer does not prove that the platform sent it just now. Somebody else may have sent or replayed it. */
export class UntrustedAnswer extends TextError {}

/**
 * Checks the signature and the time of the platform's answer, as a careful merchant does.
 * @param now milliseconds since the epoch, by the emulator's clock
 * @throws UntrustedAnswer
 */
export function checkAnswer(
  { signedResponse, source }: Profile,
  { path, clientId, requestId, headers, body }: PlatformAnswer,
  platformKey: KeyObject,
  now: number,
): void {
  const { signature: header, 'response-time': time = '' } = headers;
  if (header === undefined) throw new UntrustedAnswer(text('demo-no-signature', { path }));
  const parsed = parseSignatureHeader(header, source.signature.algorithm);
  const signature = 'signature' in parsed ? decodeSignature(parsed.signature) : undefined;
  const content = signedResponse({ method: 'POST', path, clientId, time, requestId }, body);
  if (signature === undefined || !verifyContent(content, signature, platformKey))
    throw new UntrustedAnswer(text('demo-signature-wrong', { path }));
  const sentAt = parseTime(time)?.at;
  if (sentAt === undefined || Math.abs(now - sentAt) > maxAgeMs)
    throw new UntrustedAnswer(text('demo-answer-old', { path, time }));
}
