import { type KeyObject, randomBytes } from 'node:crypto';
import type { TokenFactory, TokenSubject } from '../engine/deps.js';
import type { ProfileSource } from '../profiles/schema.js';
import { publicJwk } from '../signing/jwk.js';

/** Who issues tokens that carry claims. */
export interface Issuer {
  privateKey: KeyObject;
  /** What they say as `iss`. */
  name(): string;
}

/** What a wallet's codes and tokens are made by: its profile says in which form. */
export function tokenFactory(source: ProfileSource, { privateKey, name }: Issuer): TokenFactory {
  return source.tokens.form === 'jwt' ? jwtTokens(source, privateKey, name) : opaqueTokens(source);
}

/** Makes codes and tokens that look like the wallet's: its prefix, then random letters and digits. */
export function opaqueTokens({ tokens }: ProfileSource): TokenFactory {
  const make = ({ prefix = '', length }: { prefix?: string; length: number }) => prefix + randomText(length - prefix.length);
  return {
    authCode: () => make(tokens.authCode),
    accessToken: () => make(tokens.accessToken),
    refreshToken: () => make(tokens.refreshToken),
  };
}

/**
 * Makes codes as the wallet does, and tokens that are JWTs (RFC 7519), signed by the platform.
 * @param issuer who issues them, as their `iss`
 */
export function jwtTokens(source: ProfileSource, privateKey: KeyObject, issuer: () => string): TokenFactory {
  const make = async (use: string, { clientId, appId, userId, scopes, issuedAt, expiresAt }: TokenSubject) => {
    const { SignJWT } = await import('jose');
    return new SignJWT({
      scope: scopes.join(' '),
      token_use: use,
      client_id: clientId,
      ...(appId !== undefined && { app_id: appId }),
    })
      .setProtectedHeader({ alg: 'RS256', typ: 'JWT', kid: (await publicJwk(privateKey)).kid })
      .setIssuer(issuer())
      .setSubject(userId)
      .setAudience(clientId)
      .setJti(randomText(22))
      .setIssuedAt(Math.floor(issuedAt / 1000))
      .setExpirationTime(Math.floor(expiresAt / 1000))
      .sign(privateKey);
  };
  return {
    ...opaqueTokens(source),
    accessToken: (about) => make('access', about),
    refreshToken: (about) => make('refresh', about),
  };
}

/** How many random bytes are drawn at once: drawing costs far more than using them. */
const drawn = 6144;
let pool = '';

/** Random letters and digits, about 5.95 bits each. */
export function randomText(length: number): string {
  while (pool.length < length) pool += randomBytes(drawn).toString('base64').replace(/[+/=]/g, '');
  const text = pool.slice(0, length);
  pool = pool.slice(length);
  return text;
}
