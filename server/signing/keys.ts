import { createPrivateKey, createPublicKey, generateKeyPair, type KeyObject } from 'node:crypto';
import { promisify } from 'node:util';
import { text } from '../texts/text.js';
import { TextError } from '../texts/text-error.js';

const minBits = 2048;

/**
 * Reads a merchant's public key.
 *
 * @param written PEM (SPKI, PKCS #1 or a certificate), or the bare Base64 of the SPKI or PKCS #1 bytes, as wallets' consoles show it
 * @throws TextError that says what was expected
 */
export function readPublicKey(written: string): KeyObject {
  const key = parsePublicKey(written.trim());
  if (key === undefined) throw new TextError(text('expected-public-key'));
  return checked(key);
}

function parsePublicKey(written: string): KeyObject | undefined {
  if (written.includes('PRIVATE KEY')) throw new TextError(text('public-key-is-private'));
  if (written.startsWith('-----')) return attempt(() => createPublicKey(written));
  const bytes = Buffer.from(written.replace(/\s/g, ''), 'base64');
  const form = { key: bytes, format: 'der' } as const;
  // Node would take the public half out of a private key, and the private one would stand in every listing of clients.
  const isPrivate =
    attempt(() => createPrivateKey({ ...form, type: 'pkcs8' })) ?? attempt(() => createPrivateKey({ ...form, type: 'pkcs1' }));
  if (isPrivate !== undefined) throw new TextError(text('public-key-is-private'));
  return attempt(() => createPublicKey({ ...form, type: 'spki' })) ?? attempt(() => createPublicKey({ ...form, type: 'pkcs1' }));
}

/**
 * Reads a private key: PEM (PKCS #8 or PKCS #1), or the bare Base64 of either.
 * @throws TextError that says what was expected
 */
export function readPrivateKey(written: string): KeyObject {
  const trimmed = written.trim();
  const bytes = Buffer.from(trimmed.replace(/\s/g, ''), 'base64');
  const key = trimmed.startsWith('-----')
    ? attempt(() => createPrivateKey(trimmed))
    : (attempt(() => createPrivateKey({ key: bytes, format: 'der', type: 'pkcs8' })) ??
      attempt(() => createPrivateKey({ key: bytes, format: 'der', type: 'pkcs1' })));
  if (key === undefined) throw new TextError(text('expected-private-key'));
  return checked(key);
}

/** Generates a key of 2048 bits. This takes 160 to 450 milliseconds, off the main thread. */
export async function generatePrivateKey(): Promise<KeyObject> {
  return (await promisify(generateKeyPair)('rsa', { modulusLength: minBits })).privateKey;
}

function checked(key: KeyObject): KeyObject {
  if (key.asymmetricKeyType !== 'rsa') throw new TextError(text('expected-rsa', { type: String(key.asymmetricKeyType) }));
  const bits = key.asymmetricKeyDetails?.modulusLength ?? 0;
  if (bits < minBits) throw new TextError(text('expected-rsa-bits', { min: minBits, bits }));
  return key;
}

function attempt<Value>(read: () => Value): Value | undefined {
  try {
    return read();
  } catch {
    return undefined;
  }
}
