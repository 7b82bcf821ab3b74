import { constants, type KeyObject, sign, verify } from 'node:crypto';

const padding = constants.RSA_PKCS1_PADDING;

/** RSASSA-PKCS1-v1_5 with SHA-256 (RFC 8017, 8.2), off the main thread. */
export function signContent(content: Buffer, privateKey: KeyObject): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    sign('sha256', content, { key: privateKey, padding }, (error, signature) => (error ? reject(error) : resolve(signature)));
  });
}

/** Checks a signature off the main thread; one of the wrong length is simply wrong. */
export function verifyContent(content: Buffer, signature: Buffer, publicKey: KeyObject): Promise<boolean> {
  return new Promise((resolve) => {
    verify('sha256', content, { key: publicKey, padding }, signature, (error, verified) => resolve(error === null && verified));
  });
}
