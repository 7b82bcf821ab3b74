import { createPrivateKey, createPublicKey, generateKeyPair, type KeyObject } from 'node:crypto';
import { promisify } from 'node:util';

const minBits = 2048;
const privateKeyGiven = 'expected a public key, got a private key: register its public half';

/**
 * Reads a merchant's public key.
 *
 * @param text PEM (SPKI, PKCS #1 or a certificate), or the bare Base64 of the SPKI or PKCS #1 bytes, as wallets' consoles show it
 * @throws Error that says what was expected
 */
export function readPublicKey(text: string): KeyObject {
  const key = parsePublicKey(text.trim());
  if (key === undefined) throw new Error('expected an RSA public key: PEM, or bare Base64');
  return checked(key);
}

function parsePublicKey(text: string): KeyObject | undefined {
  if (text.includes('PRIVATE KEY')) throw new Error(privateKeyGiven);
  if (text.startsWith('-----')) return attempt(() => createPublicKey(text));
  const bytes = Buffer.from(text.replace(/\s/g, ''), 'base64');
  const form = { key: bytes, format: 'der' } as const;
  // Node would take the public half out of a private key, and the private one would stand in every listing of clients.
  const isPrivate =
    attempt(() => createPrivateKey({ ...form, type: 'pkcs8' })) ?? attempt(() => createPrivateKey({ ...form, type: 'pkcs1' }));
  if (isPrivate !== undefined) throw new Error(privateKeyGiven);
  return attempt(() => createPublicKey({ ...form, type: 'spki' })) ?? attempt(() => createPublicKey({ ...form, type: 'pkcs1' }));
}

/**
 * Reads a private key: PEM (PKCS #8 or PKCS #1), or the bare Base64 of either.
 * @throws Error that says what was expected
 */
export function readPrivateKey(text: string): KeyObject {
  const trimmed = text.trim();
  const bytes = Buffer.from(trimmed.replace(/\s/g, ''), 'base64');
  const key = trimmed.startsWith('-----')
    ? attempt(() => createPrivateKey(trimmed))
    : (attempt(() => createPrivateKey({ key: bytes, format: 'der', type: 'pkcs8' })) ??
      attempt(() => createPrivateKey({ key: bytes, format: 'der', type: 'pkcs1' })));
  if (key === undefined) throw new Error('expected an RSA private key in PEM (PKCS #8)');
  return checked(key);
}

/** Generates a key of 2048 bits. This takes 160 to 450 milliseconds, off the main thread. */
export async function generatePrivateKey(): Promise<KeyObject> {
  return (await promisify(generateKeyPair)('rsa', { modulusLength: minBits })).privateKey;
}

function checked(key: KeyObject): KeyObject {
  if (key.asymmetricKeyType !== 'rsa') throw new Error(`expected an RSA key, got ${key.asymmetricKeyType}`);
  const bits = key.asymmetricKeyDetails?.modulusLength ?? 0;
  if (bits < minBits) throw new Error(`expected an RSA key of at least ${minBits} bits, got ${bits}`);
  return key;
}

function attempt<Value>(read: () => Value): Value | undefined {
  try {
    return read();
  } catch {
    return undefined;
  }
}
