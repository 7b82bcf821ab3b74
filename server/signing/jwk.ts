import { createPublicKey, type KeyObject } from 'node:crypto';

/** A public key as JWKS lists it (RFC 7517). */
export interface PublicJwk {
  kty: string;
  n: string;
  e: string;
  /** The thumbprint (RFC 7638). */
  kid: string;
  use: 'sig';
  alg: 'RS256';
}

const computed = new WeakMap<KeyObject, Promise<PublicJwk>>();

/** The public half of an RSA key as a JWK. It is computed once per key. */
export function publicJwk(privateKey: KeyObject): Promise<PublicJwk> {
  let jwk = computed.get(privateKey);
  if (jwk === undefined) {
    jwk = makeJwk(privateKey);
    computed.set(privateKey, jwk);
  }
  return jwk;
}

async function makeJwk(privateKey: KeyObject): Promise<PublicJwk> {
  // Loading jose takes 50 ms, and most runs never need it.
  const { calculateJwkThumbprint, exportJWK } = await import('jose');
  const { kty = '', n = '', e = '' } = await exportJWK(createPublicKey(privateKey));
  return { kty, n, e, kid: await calculateJwkThumbprint({ kty, n, e }), use: 'sig', alg: 'RS256' };
}
