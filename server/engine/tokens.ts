import { randomUUID } from 'node:crypto';
import type { EngineDeps } from './deps.js';
import { type OperationResult, type Refusal, shorten } from './outcomes.js';
import type { App, Client, Lifetimes, User } from './parties.js';
import type { AccessToken, Grant, TokenPair } from './store.js';
import { foreign, readsNothing, refuseAccessToken, refuseCode, refuseRefreshToken } from './token-refusals.js';
import { readsAnything, readUser } from './user-info.js';

/** Tokens as they are given out. */
export interface IssuedTokens {
  pair: TokenPair;
  grant: Grant;
  user: User;
}

/** Who calls, for which of its mini programs (absent: the one of the code or token). */
export interface Caller {
  client: Client;
  app?: App;
  lifetimes?: Partial<Lifetimes>;
}

/** What a live access token allows. */
export interface Access {
  user: User;
  grant: Grant;
}

/** Code → tokens, refresh, revoke, expiry. */
export class Tokens {
  readonly #deps: EngineDeps;

  constructor(deps: EngineDeps) {
    this.#deps = deps;
  }

  /**
   * Exchanges an authCode for a pair of tokens. It works once.
   * @param mustRead refuse, without using the code up, where its scopes read nothing of the user
   */
  async exchange(authCode: string, caller: Caller, mustRead = false): Promise<OperationResult<IssuedTokens>> {
    const { store, now, wallet } = this.#deps;
    const code = await store.findAuthCode(authCode);
    const user = code && this.#deps.findUser(code.userId);
    if (code === undefined || user === undefined) return refuseCode(authCode, { state: 'unknown' });
    if (code.wallet !== wallet) return foreign('auth-code-unknown', 'authCode', authCode, code.wallet);
    if (mustRead && isRedeemable(code, code, caller, now()) && !readsAnything(code.scopes, this.#deps.scopes))
      return readsNothing(code.scopes);

    const startedAt = now();
    const appId = code.appId ?? caller.app?.appId;
    const grant: Grant = {
      wallet,
      grantId: randomUUID(),
      clientId: code.clientId,
      ...(appId !== undefined && { appId }),
      userId: code.userId,
      scopes: code.scopes,
      ...(code.lifetimes && { lifetimes: code.lifetimes }),
      ...(code.notifyUrl !== undefined && { notifyUrl: code.notifyUrl }),
      startedAt,
    };
    const pair = await this.#mint(grant, caller, user, startedAt);
    const redemption = await store.exchange(authCode, redeemerOf(caller, startedAt), grant, pair);
    if (redemption.state !== 'redeemed') return refuseCode(authCode, redemption);
    this.#deps.tell?.({ name: 'token-created', grant, accessToken: pair.access.accessToken, user });
    return {
      outcome: 'done',
      pair,
      grant,
      user,
      reason: `authCode ${shorten(authCode)} was exchanged for tokens of the user ${grant.userId}, with ${grant.scopes.join(', ')}`,
    };
  }

  /**
   * Uses a refresh token up for a new pair; the old access token lives on till its time, unless the wallet ends it.
   * @param mustRead refuse, without using the token up, where its scopes read nothing of the user
   */
  async refresh(refreshToken: string, caller: Caller, mustRead = false): Promise<OperationResult<IssuedTokens>> {
    const { store, now, wallet } = this.#deps;
    const found = await store.findRefreshToken(refreshToken);
    const user = found && this.#deps.findUser(found.grant.userId);
    if (found === undefined || user === undefined) return refuseRefreshToken(refreshToken, { state: 'unknown' });
    if (found.grant.wallet !== wallet) return foreign('refresh-token-unknown', 'refreshToken', refreshToken, found.grant.wallet);
    const { scopes, revokedAt } = found.grant;
    if (
      mustRead &&
      revokedAt === undefined &&
      isRedeemable(found.token, found.grant, caller, now()) &&
      !readsAnything(scopes, this.#deps.scopes)
    )
      return readsNothing(scopes);

    const refreshedAt = now();
    const pair = await this.#mint(found.grant, caller, user, refreshedAt);
    const redemption = await store.refresh(
      refreshToken,
      redeemerOf(caller, refreshedAt),
      pair,
      this.#deps.refreshEndsAccessToken,
    );
    if (redemption.state !== 'redeemed') return refuseRefreshToken(refreshToken, redemption, found.grant);
    return {
      outcome: 'done',
      pair,
      grant: redemption.grant,
      user,
      reason: `refreshToken ${shorten(refreshToken)} was used up for a new pair of the user ${user.userId}`,
    };
  }

  /** Issues a pair without a code, as a tester may. */
  async issue(
    client: Client,
    app: App | undefined,
    user: User,
    scopes: readonly string[],
    lifetimes?: Partial<Lifetimes>,
  ): Promise<IssuedTokens> {
    const startedAt = this.#deps.now();
    const grant: Grant = {
      wallet: this.#deps.wallet,
      grantId: randomUUID(),
      clientId: client.clientId,
      ...(app && { appId: app.appId }),
      userId: user.userId,
      scopes,
      ...(lifetimes && { lifetimes }),
      startedAt,
    };
    const pair = await this.#mint(grant, { client }, user, startedAt);
    await this.#deps.store.savePair(grant, pair);
    return { pair, grant, user };
  }

  /** Checks that an access token is live and the caller's. */
  async access(accessToken: string, caller: Caller): Promise<OperationResult<Access>> {
    const found = await this.#deps.store.findAccessToken(accessToken);
    const user = found && this.#deps.findUser(found.grant.userId);
    if (found === undefined || user === undefined) return refuseAccessToken(accessToken, 'unknown');
    const { token, grant } = found;
    if (grant.wallet !== this.#deps.wallet) return foreign('access-token-unknown', 'accessToken', accessToken, grant.wallet);
    const now = this.#deps.now();
    const result = accessEnding(token, grant, caller, now);
    if (result !== undefined)
      return refuseAccessToken(accessToken, result, { token, grant, caller: caller.client.clientId, now });
    return { outcome: 'done', user, grant };
  }

  /** How an access token stands, whether it still works or not. */
  async inspect(
    accessToken: string,
    caller: Caller,
  ): Promise<OperationResult<IssuedTokens & { status: 'ACTIVE' | 'EXPIRED' | 'REVOKED' }>> {
    const access = await this.access(accessToken, caller);
    const pair = await this.pairOf(accessToken);
    const found = await this.#deps.store.findAccessToken(accessToken);
    const user = found && this.#deps.findUser(found.grant.userId);
    const known = access.outcome === 'done' || access.outcome === 'access-token-expired' || access.revoked === true;
    if (!known || pair === undefined || found === undefined || user === undefined) return access as Refusal;
    const status = found.grant.revokedAt !== undefined ? 'REVOKED' : access.outcome === 'done' ? 'ACTIVE' : 'EXPIRED';
    return { outcome: 'done', pair, grant: found.grant, user, status };
  }

  /** What an access token lets a server read of its user. */
  async readUser(accessToken: string, caller: Caller): Promise<OperationResult<Access & { userInfo: Record<string, unknown> }>> {
    const access = await this.access(accessToken, caller);
    if (access.outcome !== 'done') return access;
    const { user, grant } = access;
    if (!readsAnything(grant.scopes, this.#deps.scopes)) return readsNothing(grant.scopes);
    const userInfo = readUser(user, grant.scopes, this.#deps.scopes);
    return {
      outcome: 'done',
      user,
      grant,
      userInfo,
      reason: `the user ${user.userId} granted ${grant.scopes.join(', ')}, which read ${Object.keys(userInfo).join(', ')}`,
    };
  }

  /** The pair that an access token came with. */
  async pairOf(accessToken: string): Promise<TokenPair | undefined> {
    const access = (await this.#deps.store.findAccessToken(accessToken))?.token;
    const refresh = access && (await this.#deps.store.findRefreshToken(access.refreshToken))?.token;
    return access && refresh && { access, refresh };
  }

  /** Ends the token's line, and forgets the consent behind it. */
  async revoke(accessToken: string, caller: Caller): Promise<OperationResult<{ grant: Grant }>> {
    const access = await this.access(accessToken, caller);
    if (access.outcome !== 'done') return access;
    await this.revokeGrant(access.grant, `the client ${caller.client.clientId}`);
    return {
      outcome: 'done',
      grant: access.grant,
      reason: `accessToken ${shorten(accessToken)} and all tokens of its line were revoked, and the consent to ${access.grant.scopes.join(', ')} is forgotten`,
    };
  }

  /** @param by who ends it, for the journal. @returns false where it had ended before */
  async revokeGrant(grant: Grant, by: string): Promise<boolean> {
    const pair = await this.#deps.store.latestPair(grant.grantId);
    const revoked = await this.#deps.store.revokeGrant(grant.grantId, this.#deps.now(), by);
    if (revoked) this.#deps.tell?.({ name: 'token-canceled', grant, accessToken: pair?.access.accessToken, by });
    await this.#deps.store.forgetConsent(grant.userId, grant.appId ?? grant.clientId, grant.scopes);
    return revoked;
  }

  async #mint(grant: Grant, caller: Caller, user: User, issuedAt: number): Promise<TokenPair> {
    const lifetimes = this.#deps.lifetimes(caller.client, user, { ...grant.lifetimes, ...caller.lifetimes });
    const about = {
      clientId: grant.clientId,
      ...(grant.appId !== undefined && { appId: grant.appId }),
      userId: grant.userId,
      scopes: grant.scopes,
      issuedAt,
    };
    const accessExpiresAt = issuedAt + lifetimes.accessToken;
    const refreshExpiresAt = issuedAt + lifetimes.refreshToken;
    const accessToken = await this.#deps.tokenFactory.accessToken({ ...about, expiresAt: accessExpiresAt });
    const refreshToken = await this.#deps.tokenFactory.refreshToken({ ...about, expiresAt: refreshExpiresAt });
    const common = { grantId: grant.grantId, accessToken, refreshToken, issuedAt };
    return { access: { ...common, expiresAt: accessExpiresAt }, refresh: { ...common, expiresAt: refreshExpiresAt } };
  }
}

function redeemerOf({ client, app }: Caller, instant: number) {
  return { clientId: client.clientId, ...(app && { appId: app.appId }), at: instant };
}

/** Whether a code or refresh token is the caller's and live: what is not, is refused for that before all else. */
function isRedeemable(
  { usedAt, expiresAt }: { usedAt?: number; expiresAt: number },
  owner: { clientId: string; appId?: string },
  { client, app }: Caller,
  instant: number,
): boolean {
  return owner.clientId === client.clientId && !isOtherApp(owner.appId, app) && usedAt === undefined && expiresAt > instant;
}

function isOtherApp(appId: string | undefined, app: App | undefined): boolean {
  return appId !== undefined && app !== undefined && app.appId !== appId;
}

function accessEnding(token: AccessToken, grant: Grant, { client, app }: Caller, now: number) {
  if (grant.clientId !== client.clientId) return 'other-client';
  if (isOtherApp(grant.appId, app)) return 'other-app';
  if (grant.revokedAt !== undefined) return 'revoked';
  return token.expiresAt <= now ? 'expired' : undefined;
}
