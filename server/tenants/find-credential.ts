import type { AccessToken, AuthCode, Grant, RefreshToken } from '../engine/store.js';
import type { Tenant } from './tenant.js';

/** A stored code or token, and the one who owns it. */
export interface FoundCredential {
  kind: 'authCode' | 'accessToken' | 'refreshToken';
  token: Partial<Pick<RefreshToken, 'usedAt'>> & Pick<AccessToken | AuthCode, 'issuedAt' | 'expiresAt'>;
  owner: AuthCode | Grant;
}

/** Finds a code or token by its whole text. */
export async function findCredential({ store }: Tenant, token: string): Promise<FoundCredential | undefined> {
  const code = await store.findAuthCode(token);
  if (code !== undefined) return { kind: 'authCode', token: code, owner: code };
  const access = await store.findAccessToken(token);
  if (access !== undefined) return { kind: 'accessToken', token: access.token, owner: access.grant };
  const refresh = await store.findRefreshToken(token);
  return refresh && { kind: 'refreshToken', token: refresh.token, owner: refresh.grant };
}

/** The time at which the grant of a token was revoked (milliseconds since the epoch). A code cannot be revoked. */
export function revocationOf(owner: AuthCode | Grant): number | undefined {
  return 'revokedAt' in owner ? owner.revokedAt : undefined;
}

/** Returns true if a code or token can be used. @param now milliseconds since the epoch */
export function isActive({ token, owner }: FoundCredential, now: number): boolean {
  return token.usedAt === undefined && revocationOf(owner) === undefined && token.expiresAt > now;
}
