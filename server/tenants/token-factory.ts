import { type KeyObject, randomBytes } from 'node:crypto';
import type { TokenFactory, TokenSubject } from '../engine/deps.js';
import { inOnePiece } from '../engine/random-id.js';
import type { ProfileSource } from '../profiles/schema.js';
import { publicJwk } from '../signing/jwk.js';

/** Signs tokens that carry claims. */
export interface Issuer {
  privateKey: KeyObject;
  /** The `iss` claim of a token that has no issuer of its own. */
  name(): string;
}

/** Creates codes and tokens in the form that the wallet's profile says. */
export function tokenFactory(source: ProfileSource, { privateKey, name }: Issuer): TokenFactory {
  return source.tokens.form === 'jwt' ? jwtTokens(source, privateKey, name) : opaqueTokens(source);
}

/** Returns true if a word has the form of the wallet's codes or tokens. Without a prefix, their form is that of any long word. */
export function hasTokenForm(word: string, { tokens }: ProfileSource): boolean {
  if (tokens.form === 'jwt' && /^eyJ[\w-]{1,4096}\.eyJ/.test(word)) return true;
  return [tokens.authCode, tokens.accessToken, tokens.refreshToken].some(
    ({ prefix, length }) => prefix !== undefined && word.length === length && word.startsWith(prefix),
  );
}

/** Creates codes and tokens with the wallet's prefix and length, of random letters and digits. */
export function opaqueTokens({ tokens }: ProfileSource): TokenFactory {
  const make = ({ prefix = '', length }: { prefix?: string; length: number }) =>
    inOnePiece(prefix + randomText(length - prefix.length));
  return {
    authCode: () => make(tokens.authCode),
    accessToken: () => make(tokens.accessToken),
    refreshToken: () => make(tokens.refreshToken),
  };
}

/**
 * Creates opaque codes, and tokens that are JWTs (RFC 7519), signed with the platform's key.
 * @param defaultIssuer the `iss` claim of a token that has no issuer of its own
 */
export function jwtTokens(source: ProfileSource, privateKey: KeyObject, defaultIssuer: () => string): TokenFactory {
  const make = async (use: string, about: TokenSubject, expiresAt: number) => {
    const { clientId, appId, userId, scopes, issuedAt, issuer = defaultIssuer() } = about;
    const { SignJWT } = await import('jose');
    const token = await new SignJWT({
      scope: scopes.join(' '),
      token_use: use,
      client_id: clientId,
      ...(appId !== undefined && { app_id: appId }),
    })
      .setProtectedHeader({ alg: 'RS256', typ: 'JWT', kid: (await publicJwk(privateKey)).kid })
      .setIssuer(issuer)
      .setSubject(userId)
      .setAudience(clientId)
      .setJti(randomText(22))
      .setIssuedAt(Math.floor(issuedAt / 1000))
      .setExpirationTime(Math.floor(expiresAt / 1000))
      .sign(privateKey);
    return inOnePiece(token);
  };
  return {
    ...opaqueTokens(source),
    accessToken: (about, expiresAt) => make('access', about, expiresAt),
    refreshToken: (about, expiresAt) => make('refresh', about, expiresAt),
  };
}

/** Random bytes are generated in batches, because a call to `randomBytes` costs far more than using its bytes. */
const batchSize = 6144;
let pool = '';

/** Random letters and digits, about 5.95 bits each. */
export function randomText(length: number): string {
  while (pool.length < length) pool += randomBytes(batchSize).toString('base64').replace(/[+/=]/g, '');
  const text = pool.slice(0, length);
  pool = pool.slice(length);
  return text;
}
