import { constants, type KeyObject, sign, verify } from 'node:crypto';

const padding = constants.RSA_PKCS1_PADDING;

/** Signs with RSASSA-PKCS1-v1_5 and SHA-256 (RFC 8017, 8.2), off the main thread. */
export function signContent(content: Buffer, privateKey: KeyObject): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    sign('sha256', content, { key: privateKey, padding }, (error, signature) => (error ? reject(error) : resolve(signature)));
  });
}

/**
 * Verifies a signature. A signature of the wrong length does not verify. This takes about 20 microseconds, less than a thread of the
 * pool needs to take the task over, and a task there waits behind the signatures of other answers.
 */
export function verifyContent(content: Buffer, signature: Buffer, publicKey: KeyObject): boolean {
  return verify('sha256', content, { key: publicKey, padding }, signature);
}
