import { text } from '../texts/text.js';
import type { SentAccessToken, SentAuthCode, SentRefreshToken } from './credentials.js';
import type { EngineDeps } from './deps.js';
import { type OperationResult, type Refusal, shorten } from './outcomes.js';
import type { App, Client, Lifetimes, User } from './parties.js';
import { randomId } from './random-id.js';
import type { Revoker } from './revoker.js';
import type { AccessToken, AuthCode, Grant, TokenPair, Withdrawal } from './store.js';
import {
  refuseAccessToken,
  refuseAuthCode,
  refuseNothingToRead,
  refuseOtherWallet,
  refuseRefreshToken,
} from './token-refusals.js';
import { findEmptyScopes, mergeReadings, readScopes, readsAnything } from './user-info.js';

/** A new pair, with its grant and user. */
export interface IssuedTokens {
  pair: TokenPair;
  grant: Grant;
  user: User;
}

/** The caller of an operation. */
export interface Caller {
  client: Client;
  /** The mini program that the call names. Absent: the mini program of the code or token. */
  app?: App;
  /** Lifetimes that override all others. */
  lifetimes?: Partial<Lifetimes>;
  /** The address by which the caller reaches the wallet: tokens name it as their issuer, and files are below it. Default: the wallet's. */
  baseUrl?: string;
}

/** A live access token. */
export interface Access {
  user: User;
  token: AccessToken;
  grant: Grant;
}

/** Issues, refreshes, reads and revokes tokens. */
export class Tokens {
  readonly #deps: EngineDeps;

  constructor(deps: EngineDeps) {
    this.#deps = deps;
  }

  /**
   * Exchanges an authCode for a pair of tokens. It works once.
   * @param mustRead refuse, and leave the code unused, if its scopes read nothing of the user
   */
  async exchange(sent: SentAuthCode, caller: Caller, mustRead = false): Promise<OperationResult<IssuedTokens>> {
    const { store, now, wallet } = this.#deps;
    const code = sent.stored;
    const user = code && this.#deps.findUser(code.userId);
    if (code === undefined || user === undefined) return refuseAuthCode(sent, { state: 'unknown' });
    if (code.wallet !== wallet) return refuseOtherWallet('authCode', sent.value, code.wallet);
    if (mustRead && isRedeemable(code, code, caller, now()) && !this.#readsAnything(code.scopes))
      return refuseNothingToRead(code.scopes);

    const exchangedAt = now();
    const grant = grantOf(code, caller, exchangedAt);
    const pair = await this.#makePair(grant, caller, user, exchangedAt);
    const redemption = await store.exchange(sent.value, redeemerOf(caller, exchangedAt), grant, pair);
    if (redemption.state !== 'redeemed') return refuseAuthCode(sent, redemption);
    this.#deps.tell?.({ name: 'token-created', grant, accessToken: pair.access.accessToken, user, ...baseUrlOf(caller) });
    return {
      outcome: 'done',
      pair,
      grant,
      user,
      reason: text('code-exchanged', { code: shorten(sent.value), userId: grant.userId, scopes: grant.scopes }),
    };
  }

  /**
   * Exchanges a refresh token for a new pair. It works once. The old access token stays live, unless the wallet ends it.
   * @param mustRead refuse, and leave the token unused, if its scopes read nothing of the user
   */
  async refresh(sent: SentRefreshToken, caller: Caller, mustRead = false): Promise<OperationResult<IssuedTokens>> {
    const { store, now, wallet, refreshEndsAccessToken } = this.#deps;
    const { stored } = sent;
    const user = stored && this.#deps.findUser(stored.grant.userId);
    if (stored === undefined || user === undefined) return refuseRefreshToken(sent, { state: 'unknown' });
    const { token, grant } = stored;
    if (grant.wallet !== wallet) return refuseOtherWallet('refreshToken', sent.value, grant.wallet);
    const redeemable = grant.revokedAt === undefined && isRedeemable(token, grant, caller, now());
    if (mustRead && redeemable && !this.#readsAnything(grant.scopes)) return refuseNothingToRead(grant.scopes);

    const refreshedAt = now();
    const pair = await this.#makePair(grant, caller, user, refreshedAt);
    const redemption = await store.refresh(sent.value, redeemerOf(caller, refreshedAt), pair, refreshEndsAccessToken);
    if (redemption.state !== 'redeemed') return refuseRefreshToken(sent, redemption);
    return {
      outcome: 'done',
      pair,
      grant: redemption.grant,
      user,
      reason: text('token-refreshed', { token: shorten(sent.value), userId: user.userId }),
    };
  }

  /** Issues a pair without a code, for a tester. */
  async issue(caller: Caller, user: User, scopes: readonly string[]): Promise<IssuedTokens & { authorizationId: string }> {
    const { client, app, lifetimes } = caller;
    const startedAt = this.#deps.now();
    const authorizationId = randomId();
    const grant: Grant = {
      wallet: this.#deps.wallet,
      grantId: randomId(),
      authorizationId,
      clientId: client.clientId,
      ...(app && { appId: app.appId }),
      userId: user.userId,
      scopes,
      ...(lifetimes && { lifetimes }),
      startedAt,
    };
    const pair = await this.#makePair(grant, caller, user, startedAt);
    await this.#deps.store.savePair(grant, pair);
    return { pair, grant, user, authorizationId };
  }

  /** Checks that an access token is live and belongs to the caller. */
  access(sent: SentAccessToken, caller: Caller): OperationResult<Access> {
    const { stored } = sent;
    const user = stored && this.#deps.findUser(stored.grant.userId);
    if (stored === undefined || user === undefined) return refuseAccessToken(sent, { state: 'unknown' });
    const { token, grant } = stored;
    if (grant.wallet !== this.#deps.wallet) return refuseOtherWallet('accessToken', sent.value, grant.wallet);
    const now = this.#deps.now();
    const state = accessState(token, grant, caller, now);
    if (state !== 'live') return refuseAccessToken(sent, { state, token, grant, clientId: caller.client.clientId, now });
    return { outcome: 'done', user, token, grant };
  }

  /** Tells the caller the status of its access token, and the pair that the token belongs to. */
  async inspect(
    sent: SentAccessToken,
    caller: Caller,
  ): Promise<OperationResult<IssuedTokens & { status: 'ACTIVE' | 'EXPIRED' | 'REVOKED' }>> {
    const { stored } = sent;
    const access = this.access(sent, caller);
    const user = stored && this.#deps.findUser(stored.grant.userId);
    const isCallers = access.outcome === 'done' || access.outcome === 'access-token-expired' || access.revoked === true;
    const pair = stored && isCallers ? await this.pairOf(stored.token) : undefined;
    if (stored === undefined || user === undefined || pair === undefined) return access as Refusal;
    const status = stored.grant.revokedAt !== undefined ? 'REVOKED' : access.outcome === 'done' ? 'ACTIVE' : 'EXPIRED';
    return { outcome: 'done', pair, grant: stored.grant, user, status };
  }

  /** Reads what the granted scopes let a server see of the user. */
  readUser(sent: SentAccessToken, caller: Caller): OperationResult<Access & { userInfo: Record<string, unknown> }> {
    const access = this.access(sent, caller);
    if (access.outcome !== 'done') return access;
    const { user, grant } = access;
    const readings = readScopes(user, grant.scopes, this.#deps.scopes, caller.baseUrl);
    if (readings.size === 0) return refuseNothingToRead(grant.scopes);
    const userInfo = mergeReadings(user, readings);
    const read = { userId: user.userId, scopes: grant.scopes, fields: Object.keys(userInfo) };
    const empty = findEmptyScopes(grant.scopes, readings, this.#deps.scopes);
    const reason =
      empty.scopes.length === 0
        ? text('user-read', read)
        : text('user-read-partly', { ...read, empty: empty.scopes, missing: empty.fields });
    return { outcome: 'done', user, token: access.token, grant, userInfo, reason };
  }

  /** The pair that an access token was issued in. @returns undefined if its refresh token is not stored any more */
  async pairOf(access: AccessToken): Promise<TokenPair | undefined> {
    const refresh = (await this.#deps.store.findRefreshToken(access.refreshToken))?.token;
    return refresh && { access, refresh };
  }

  /** Revokes the token's grant, and forgets the consent behind it. */
  async revoke(sent: SentAccessToken, caller: Caller): Promise<OperationResult<{ grant: Grant }>> {
    const access = this.access(sent, caller);
    if (access.outcome !== 'done') return access;
    const { grant } = access;
    await this.revokeGrant(grant, 'revoker-client');
    return {
      outcome: 'done',
      grant,
      reason: text('token-revoked-by-call', { token: shorten(sent.value), scopes: grant.scopes }),
    };
  }

  /** Revokes a grant. @param by who revokes it, for the journal. @returns false if it was revoked before */
  async revokeGrant(grant: Grant, by: Revoker): Promise<boolean> {
    const pair = await this.#deps.store.latestPair(grant.grantId);
    const revoked = await this.#deps.store.revokeGrant(grant.grantId, this.#deps.now(), by);
    if (revoked) this.#deps.tell?.({ name: 'token-canceled', grant, accessToken: pair?.access.accessToken, by });
    await this.#deps.store.forgetConsent(grant.userId, grant.appId ?? grant.clientId, grant.scopes);
    return revoked;
  }

  /** Withdraws consents, with all codes and tokens that come from them. @param by who withdraws them, for the journal */
  async withdraw(of: Withdrawal, by: Revoker): Promise<void> {
    const revoked = await this.#deps.store.withdraw(of, this.#deps.now(), by);
    for (const { grant, accessToken } of revoked) this.#deps.tell?.({ name: 'token-canceled', grant, accessToken, by });
  }

  #readsAnything(scopes: readonly string[]): boolean {
    return readsAnything(scopes, this.#deps.scopes);
  }

  async #makePair(grant: Grant, caller: Caller, user: User, issuedAt: number): Promise<TokenPair> {
    const { lifetimes, tokenFactory } = this.#deps;
    const { grantId, clientId, appId, userId, scopes } = grant;
    const lifetime = lifetimes(caller.client, user, caller.lifetimes, grant.lifetimes);
    const about = { clientId, appId, userId, scopes, issuedAt, issuer: caller.baseUrl };
    const accessExpiresAt = issuedAt + lifetime.accessToken;
    const refreshExpiresAt = issuedAt + lifetime.refreshToken;
    const accessToken = await tokenFactory.accessToken(about, accessExpiresAt);
    const refreshToken = await tokenFactory.refreshToken(about, refreshExpiresAt);
    return {
      access: { grantId, accessToken, refreshToken, issuedAt, expiresAt: accessExpiresAt },
      refresh: { grantId, accessToken, refreshToken, issuedAt, expiresAt: refreshExpiresAt },
    };
  }
}

/** The grant that a code becomes. A code without a mini program takes the caller's. */
function grantOf(code: AuthCode, caller: Caller, startedAt: number): Grant {
  const { wallet, clientId, userId, scopes, authorizationId, lifetimes, notifyUrl, secondaryMerchantId } = code;
  const appId = code.appId ?? caller.app?.appId;
  const grant: Grant = { wallet, grantId: randomId(), clientId, userId, scopes, startedAt };
  if (authorizationId !== undefined) grant.authorizationId = authorizationId;
  if (appId !== undefined) grant.appId = appId;
  if (lifetimes !== undefined) grant.lifetimes = lifetimes;
  if (notifyUrl !== undefined) grant.notifyUrl = notifyUrl;
  if (secondaryMerchantId !== undefined) grant.secondaryMerchantId = secondaryMerchantId;
  return grant;
}

function baseUrlOf({ baseUrl }: Caller): { baseUrl?: string } {
  return baseUrl === undefined ? {} : { baseUrl };
}

function redeemerOf({ client, app }: Caller, instant: number) {
  return { clientId: client.clientId, ...(app && { appId: app.appId }), at: instant };
}

/** Returns true if the store would redeem a code or refresh token for this caller. If not, the call gets the store's reason. */
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

function accessState(token: AccessToken, grant: Grant, { client, app }: Caller, now: number) {
  if (grant.clientId !== client.clientId) return 'other-client';
  if (isOtherApp(grant.appId, app)) return 'other-app';
  if (grant.revokedAt !== undefined) return 'revoked';
  return token.expiresAt <= now ? 'expired' : 'live';
}
