import { randomUUID } from 'node:crypto';
import type { PlatformDeps } from './deps.js';
import { type Ending, type Refusal, shorten } from './outcomes.js';
import type { App, Client, Lifetimes, User } from './parties.js';
import type { AccessToken, TokenLine, TokenPair } from './store.js';
import { foreign, readsNothing, refuseAccessToken, refuseCode, refuseRefreshToken } from './token-refusals.js';
import { readsAnything, readUser } from './user-info.js';

/** Tokens as they are given out. */
export interface IssuedTokens {
  pair: TokenPair;
  line: TokenLine;
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
  line: TokenLine;
}

/** Code → tokens, refresh, revoke, expiry. */
export class Tokens {
  readonly #deps: PlatformDeps;

  constructor(deps: PlatformDeps) {
    this.#deps = deps;
  }

  /**
   * Exchanges an authCode for a pair of tokens. It works once.
   * @param mustRead refuse, without using the code up, where its scopes read nothing of the user
   */
  async exchange(authCode: string, caller: Caller, mustRead = false): Promise<Ending<IssuedTokens>> {
    const { store, now, wallet } = this.#deps;
    const code = await store.findAuthCode(authCode);
    const user = code && this.#deps.findUser(code.userId);
    if (code === undefined || user === undefined) return refuseCode(authCode, { ending: 'unknown' });
    if (code.wallet !== wallet) return foreign('auth-code-unknown', 'authCode', authCode, code.wallet);
    if (mustRead && isTakeable(code, code, caller, now()) && !readsAnything(code.scopes, this.#deps.scopes))
      return readsNothing(code.scopes);

    const startedAt = now();
    const appId = code.appId ?? caller.app?.appId;
    const line: TokenLine = {
      wallet,
      lineId: randomUUID(),
      clientId: code.clientId,
      ...(appId !== undefined && { appId }),
      userId: code.userId,
      scopes: code.scopes,
      ...(code.lifetimes && { lifetimes: code.lifetimes }),
      ...(code.notifyUrl !== undefined && { notifyUrl: code.notifyUrl }),
      startedAt,
    };
    const pair = await this.#mint(line, caller, user, startedAt);
    const taken = await store.exchange(authCode, taker(caller, startedAt), line, pair);
    if (taken.ending !== 'taken') return refuseCode(authCode, taken);
    this.#deps.tell?.({ name: 'token-created', line, accessToken: pair.access.accessToken, user });
    return {
      outcome: 'done',
      pair,
      line,
      user,
      reason: `authCode ${shorten(authCode)} was exchanged for tokens of the user ${line.userId}, with ${line.scopes.join(', ')}`,
    };
  }

  /**
   * Uses a refresh token up for a new pair; the old access token lives on till its time, unless the wallet ends it.
   * @param mustRead refuse, without using the token up, where its scopes read nothing of the user
   */
  async refresh(refreshToken: string, caller: Caller, mustRead = false): Promise<Ending<IssuedTokens>> {
    const { store, now, wallet } = this.#deps;
    const found = await store.findRefreshToken(refreshToken);
    const user = found && this.#deps.findUser(found.line.userId);
    if (found === undefined || user === undefined) return refuseRefreshToken(refreshToken, { ending: 'unknown' });
    if (found.line.wallet !== wallet) return foreign('refresh-token-unknown', 'refreshToken', refreshToken, found.line.wallet);
    const { scopes, revokedAt } = found.line;
    if (
      mustRead &&
      revokedAt === undefined &&
      isTakeable(found.token, found.line, caller, now()) &&
      !readsAnything(scopes, this.#deps.scopes)
    )
      return readsNothing(scopes);

    const refreshedAt = now();
    const pair = await this.#mint(found.line, caller, user, refreshedAt);
    const taken = await store.refresh(refreshToken, taker(caller, refreshedAt), pair, this.#deps.refreshEndsAccessToken);
    if (taken.ending !== 'taken') return refuseRefreshToken(refreshToken, taken, found.line);
    return {
      outcome: 'done',
      pair,
      line: taken.line,
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
    const line: TokenLine = {
      wallet: this.#deps.wallet,
      lineId: randomUUID(),
      clientId: client.clientId,
      ...(app && { appId: app.appId }),
      userId: user.userId,
      scopes,
      ...(lifetimes && { lifetimes }),
      startedAt,
    };
    const pair = await this.#mint(line, { client }, user, startedAt);
    await this.#deps.store.keepPair(line, pair);
    return { pair, line, user };
  }

  /** Checks that an access token is live and the caller's. */
  async access(accessToken: string, caller: Caller): Promise<Ending<Access>> {
    const found = await this.#deps.store.findAccessToken(accessToken);
    const user = found && this.#deps.findUser(found.line.userId);
    if (found === undefined || user === undefined) return refuseAccessToken(accessToken, 'unknown');
    const { token, line } = found;
    if (line.wallet !== this.#deps.wallet) return foreign('access-token-unknown', 'accessToken', accessToken, line.wallet);
    const now = this.#deps.now();
    const ending = accessEnding(token, line, caller, now);
    if (ending !== undefined) return refuseAccessToken(accessToken, ending, { token, line, caller: caller.client.clientId, now });
    return { outcome: 'done', user, line };
  }

  /** How an access token stands, whether it still works or not. */
  async inspect(
    accessToken: string,
    caller: Caller,
  ): Promise<Ending<IssuedTokens & { status: 'ACTIVE' | 'EXPIRED' | 'REVOKED' }>> {
    const access = await this.access(accessToken, caller);
    const pair = await this.pairOf(accessToken);
    const found = await this.#deps.store.findAccessToken(accessToken);
    const user = found && this.#deps.findUser(found.line.userId);
    const known = access.outcome === 'done' || access.outcome === 'access-token-expired' || access.revoked === true;
    if (!known || pair === undefined || found === undefined || user === undefined) return access as Refusal;
    const status = found.line.revokedAt !== undefined ? 'REVOKED' : access.outcome === 'done' ? 'ACTIVE' : 'EXPIRED';
    return { outcome: 'done', pair, line: found.line, user, status };
  }

  /** What an access token lets a server read of its user. */
  async readUser(accessToken: string, caller: Caller): Promise<Ending<Access & { userInfo: Record<string, unknown> }>> {
    const access = await this.access(accessToken, caller);
    if (access.outcome !== 'done') return access;
    const { user, line } = access;
    if (!readsAnything(line.scopes, this.#deps.scopes)) return readsNothing(line.scopes);
    const userInfo = readUser(user, line.scopes, this.#deps.scopes);
    return {
      outcome: 'done',
      user,
      line,
      userInfo,
      reason: `the user ${user.userId} granted ${line.scopes.join(', ')}, which read ${Object.keys(userInfo).join(', ')}`,
    };
  }

  /** The pair that an access token came with. */
  async pairOf(accessToken: string): Promise<TokenPair | undefined> {
    const access = (await this.#deps.store.findAccessToken(accessToken))?.token;
    const refresh = access && (await this.#deps.store.findRefreshToken(access.refreshToken))?.token;
    return access && refresh && { access, refresh };
  }

  /** Ends the token's line, and forgets the consent behind it. */
  async revoke(accessToken: string, caller: Caller): Promise<Ending<{ line: TokenLine }>> {
    const access = await this.access(accessToken, caller);
    if (access.outcome !== 'done') return access;
    await this.revokeLine(access.line, `the client ${caller.client.clientId}`);
    return {
      outcome: 'done',
      line: access.line,
      reason: `accessToken ${shorten(accessToken)} and all tokens of its line were revoked, and the consent to ${access.line.scopes.join(', ')} is forgotten`,
    };
  }

  /** @param by who ends it, for the journal. @returns false where it had ended before */
  async revokeLine(line: TokenLine, by: string): Promise<boolean> {
    const pair = await this.#deps.store.latestPair(line.lineId);
    const revoked = await this.#deps.store.revokeLine(line.lineId, this.#deps.now(), by);
    if (revoked) this.#deps.tell?.({ name: 'token-canceled', line, accessToken: pair?.access.accessToken, by });
    await this.#deps.store.forgetConsent(line.userId, line.appId ?? line.clientId, line.scopes);
    return revoked;
  }

  async #mint(line: TokenLine, caller: Caller, user: User, issuedAt: number): Promise<TokenPair> {
    const lifetimes = this.#deps.lifetimes(caller.client, user, { ...line.lifetimes, ...caller.lifetimes });
    const about = {
      clientId: line.clientId,
      ...(line.appId !== undefined && { appId: line.appId }),
      userId: line.userId,
      scopes: line.scopes,
      issuedAt,
    };
    const accessExpiresAt = issuedAt + lifetimes.accessToken;
    const refreshExpiresAt = issuedAt + lifetimes.refreshToken;
    const accessToken = await this.#deps.mint.accessToken({ ...about, expiresAt: accessExpiresAt });
    const refreshToken = await this.#deps.mint.refreshToken({ ...about, expiresAt: refreshExpiresAt });
    const common = { lineId: line.lineId, accessToken, refreshToken, issuedAt };
    return { access: { ...common, expiresAt: accessExpiresAt }, refresh: { ...common, expiresAt: refreshExpiresAt } };
  }
}

function taker({ client, app }: Caller, instant: number) {
  return { clientId: client.clientId, ...(app && { appId: app.appId }), at: instant };
}

/** Whether a code or refresh token is the caller's and live: what is not, is refused for that before all else. */
function isTakeable(
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

function accessEnding(token: AccessToken, line: TokenLine, { client, app }: Caller, now: number) {
  if (line.clientId !== client.clientId) return 'other-client';
  if (isOtherApp(line.appId, app)) return 'other-app';
  if (line.revokedAt !== undefined) return 'revoked';
  return token.expiresAt <= now ? 'expired' : undefined;
}
