import type {
  AccessToken,
  Grant,
  GrantOwner,
  Redeemer,
  Redemption,
  RefreshToken,
  RevokedGrant,
  TokenPair,
} from '../engine/store.js';
import type { CreateMap } from './create-map.js';
import type { CredentialIndex } from './credential-index.js';
import type { EvictingMap } from './evicting-map.js';
import { OwnerIndex } from './owner-index.js';
import { wrongRedeemer } from './redeemer.js';

/** A grant with what the store needs to know of its tokens. */
export interface StoredGrant extends Grant {
  latest: { accessToken: string; refreshToken: string };
  /** The expiry of the grant's last token, in milliseconds since the epoch. */
  expiresAt: number;
}

/** A tenant's grants and their tokens. */
export class Grants {
  readonly #grants: EvictingMap<StoredGrant>;
  readonly #byOwner = new OwnerIndex<StoredGrant>((grantId) => this.#grants.get(grantId));
  readonly #accessTokens: EvictingMap<AccessToken>;
  readonly #refreshTokens: EvictingMap<RefreshToken>;
  readonly #credentials: CredentialIndex;

  constructor(createMap: CreateMap, credentials: CredentialIndex) {
    this.#credentials = credentials;
    this.#grants = createMap<StoredGrant>(
      'grants',
      (grant) => grant.revokedAt ?? grant.expiresAt,
      (grant) => this.#byOwner.remove(grant, grant.grantId),
    );
    this.#accessTokens = createMap<AccessToken>(
      'access-tokens',
      (token) => token.expiresAt,
      (token) => credentials.remove(token.accessToken),
    );
    this.#refreshTokens = createMap<RefreshToken>(
      'refresh-tokens',
      (token) => token.usedAt ?? token.expiresAt,
      (token) => credentials.remove(token.refreshToken),
    );
  }

  /** Adds a grant that is stored already. */
  restoreGrant(grantId: string, grant: StoredGrant): void {
    this.#grants.restore(grantId, grant);
    this.#byOwner.add(grant, grantId);
  }

  restoreAccessToken(accessToken: string, token: AccessToken): void {
    this.#accessTokens.restore(accessToken, token);
    this.#credentials.add(accessToken);
  }

  restoreRefreshToken(refreshToken: string, token: RefreshToken): void {
    this.#refreshTokens.restore(refreshToken, token);
    this.#credentials.add(refreshToken);
  }

  all(): StoredGrant[] {
    return [...this.#grants.values()];
  }

  /** An owner's grants, in the order of their creation. */
  of(owner: GrantOwner): StoredGrant[] {
    return this.#byOwner.of(owner);
  }

  /** The access tokens whose grant still exists. */
  accessTokens(): AccessToken[] {
    return [...this.#accessTokens.values()].filter(({ grantId }) => this.#grants.get(grantId) !== undefined);
  }

  /** The refresh tokens whose grant still exists. */
  refreshTokens(): RefreshToken[] {
    return [...this.#refreshTokens.values()].filter(({ grantId }) => this.#grants.get(grantId) !== undefined);
  }

  /** Every token, even if its grant was removed. */
  *keys(): Iterable<string> {
    yield* this.#accessTokens.keys();
    yield* this.#refreshTokens.keys();
  }

  /** Returns true if a token was issued here, even if its grant was removed. */
  hasToken(token: string): boolean {
    return this.#accessTokens.get(token) !== undefined || this.#refreshTokens.get(token) !== undefined;
  }

  findAccessToken(accessToken: string): { token: AccessToken; grant: Grant } | undefined {
    return this.#withGrant(this.#accessTokens.get(accessToken));
  }

  findRefreshToken(refreshToken: string): { token: RefreshToken; grant: Grant } | undefined {
    return this.#withGrant(this.#refreshTokens.get(refreshToken));
  }

  latestPair(grantId: string): TokenPair | undefined {
    const grant = this.#grants.get(grantId);
    const access = grant && this.#accessTokens.get(grant.latest.accessToken);
    const refresh = grant && this.#refreshTokens.get(grant.latest.refreshToken);
    return access && refresh && { access, refresh };
  }

  /** Saves a grant's new pair of tokens, and the grant itself if it is new. */
  addPair(grant: Grant, { access, refresh }: TokenPair): void {
    const latest = { accessToken: access.accessToken, refreshToken: refresh.refreshToken };
    const expiresAt = Math.max(access.expiresAt, refresh.expiresAt, this.#grants.get(grant.grantId)?.expiresAt ?? 0);
    if (this.#grants.change(grant.grantId, { latest, expiresAt }) === undefined) {
      const stored: StoredGrant = { latest, expiresAt, ...grant };
      this.#grants.add(grant.grantId, stored);
      this.#byOwner.add(stored, grant.grantId);
    }
    this.#accessTokens.add(access.accessToken, access);
    this.#refreshTokens.add(refresh.refreshToken, refresh);
    this.#credentials.add(access.accessToken);
    this.#credentials.add(refresh.refreshToken);
  }

  /** Checks owner, use, revocation and expiry, and marks the refresh token as used. */
  redeemRefreshToken(refreshToken: string, by: Redeemer): Redemption<RefreshToken> {
    const found = this.findRefreshToken(refreshToken);
    if (found === undefined) return { state: 'unknown' };
    const { token: credential, grant } = found;
    const wrong = wrongRedeemer(grant, by);
    if (wrong !== undefined) return { state: wrong, credential };
    if (credential.usedAt !== undefined) return { state: 'used', credential };
    if (grant.revokedAt !== undefined) return { state: 'revoked', credential };
    if (credential.expiresAt <= by.at) return { state: 'expired', credential };
    this.#refreshTokens.change(refreshToken, { usedAt: by.at });
    return { state: 'redeemed', credential, grant };
  }

  /** @returns false if the grant is unknown or was revoked before */
  revoke(grantId: string, at: number, by: string): boolean {
    const grant = this.#grants.get(grantId);
    if (grant === undefined || grant.revokedAt !== undefined) return false;
    this.#grants.change(grantId, { revokedAt: at, revokedBy: by });
    return true;
  }

  /**
   * Revokes the live grants of a mini program (or of a client without one).
   * @param userId absent: every user's
   */
  revokeAll(appOrClientId: string, userId: string | undefined, at: number, by: string): RevokedGrant[] {
    const grants = userId === undefined ? this.all() : this.of({ userId });
    const live = grants.filter((grant) => (grant.appId ?? grant.clientId) === appOrClientId && grant.revokedAt === undefined);
    for (const { grantId } of live) this.revoke(grantId, at, by);
    return live.map((grant) => ({ grant, accessToken: grant.latest.accessToken }));
  }

  /** Makes all live tokens of these grants expire. @returns how many grants had one */
  expire(grantIds: ReadonlySet<string>, at: number): number {
    if (grantIds.size === 0) return 0;
    const expired = new Set<string>();
    // A grant lists its latest pair only, and earlier tokens may be live. Only testers do this, so it may look at every token.
    for (const { accessToken, grantId } of this.#accessTokens.values()) {
      if (grantIds.has(grantId) && this.expireAccessToken(accessToken, at)) expired.add(grantId);
    }
    for (const { refreshToken, grantId, usedAt } of this.#refreshTokens.values()) {
      if (grantIds.has(grantId) && usedAt === undefined && this.expireRefreshToken(refreshToken, at)) expired.add(grantId);
    }
    return expired.size;
  }

  /** @returns false if the token is unknown or has expired before */
  expireAccessToken(accessToken: string, at: number): boolean {
    return expire(this.#accessTokens, accessToken, at);
  }

  /** @returns false if the token is unknown or has expired before */
  expireRefreshToken(refreshToken: string, at: number): boolean {
    return expire(this.#refreshTokens, refreshToken, at);
  }

  forgetOwner(owner: GrantOwner): void {
    for (const { grantId } of this.of(owner)) this.#grants.remove(grantId);
  }

  #withGrant<Token extends { grantId: string }>(token: Token | undefined): { token: Token; grant: Grant } | undefined {
    const grant = token && this.#grants.get(token.grantId);
    return token && grant && { token, grant };
  }
}

function expire(tokens: EvictingMap<{ expiresAt: number }>, token: string, at: number): boolean {
  const found = tokens.get(token);
  if (found === undefined || found.expiresAt <= at) return false;
  tokens.change(token, { expiresAt: at });
  return true;
}
