import type { KeyObject } from 'node:crypto';
import { type Header, headerOf, type SignatureFinding } from '../recordings/exchange.js';
import { encodingOf } from '../signing/encodings.js';
import { findTemplate, type SignedMessage } from '../signing/find-template.js';
import { readSignaturePairs } from '../signing/signature-header.js';

/** A message that may be signed, with everything that its signature may cover. */
export type MessageToCheck = Omit<SignedMessage, 'signature'>;

/**
 * Finds out how a message is signed: the encoding, the algorithm's name and the content that was signed.
 * @param publicKey of the signer; undefined: the signature is not verified
 * @param known the template of the profile
 */
export function findSigning(
  headers: readonly Header[],
  message: MessageToCheck,
  publicKey: KeyObject | undefined,
  known: string,
): SignatureFinding {
  const pairs = readSignaturePairs(headerOf(headers, 'signature') ?? '');
  const [algorithm, signature] = [pairs.get('algorithm'), pairs.get('signature')];
  if (signature === undefined || signature === '') return { verified: null };
  const written = { encoding: encodingOf(signature), ...(algorithm !== undefined && { algorithm }) };
  if (publicKey === undefined) return { verified: null, ...written };
  const { template, hash } = findTemplate({ ...message, signature }, publicKey, [known]);
  return {
    verified: template !== undefined && hash === undefined,
    ...written,
    ...(template !== undefined && { content: template }),
  };
}
