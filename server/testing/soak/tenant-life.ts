import { aurora, users } from '../emulator.js';
import type { Caller, Reply } from './caller.js';
import { ask, askAndAllow } from './consent.js';
import { faultStep } from './fault-step.js';
import type { Random } from './random.js';
import type { Tally } from './tally.js';

export const paths = {
  applyToken: '/v2/authorizations/applyToken',
  userInfo: '/v2/users/inquiryUserInfo',
  revoke: '/v2/authorizations/revoke',
};
const scopes = ['USER_ID', 'USER_NAME', 'USER_CONTACTINFO'];
const minute = 60_000;
/** Answers tell times to the second, so a time this close to an expiry is on no side of it, in milliseconds. */
const blurMs = 2000;

/** A pair of tokens, as its answer told it. */
interface Pair {
  accessToken: string;
  accessEndsAt: number;
  refreshToken: string;
  refreshEndsAt: number;
}

/** One authorization: the pairs that came from its code. */
interface Session {
  authCode: string;
  pairs: Pair[];
  isRevoked: boolean;
}

/**
 * A tenant from its first call to its reset, with a clock that only this life moves. It knows from the answers what is true of each code
 * and token, and checks that every later answer agrees.
 */
export class TenantLife {
  readonly #caller: Caller;
  readonly #random: Random;
  readonly #tally: Tally;
  #now = 0;
  #sessions: Session[] = [];
  /** Codes and tokens that a reset or a restored snapshot removed. */
  #gone: Session[] = [];
  /** Calls of the OpenAPI that the journal must have. */
  #journaled = 0;

  constructor(caller: Caller) {
    this.#caller = caller;
    this.#random = caller.random;
    this.#tally = caller.tally;
  }

  /** @param isOver ends the life before its steps are done */
  async run(steps: number, isOver: () => boolean): Promise<void> {
    await this.#begin();
    await this.#logIn();
    for (let step = 0; step < steps && !isOver(); step++) await this.#step();
    await this.#checkJournal();
    await this.#reset();
    this.#tally.add('tenant lives');
  }

  async #begin(): Promise<void> {
    this.#sessions = [];
    this.#journaled = 0;
    const now = new Date(Date.UTC(this.#random.int(2024, 2090), this.#random.int(0, 11), 1)).toISOString();
    await this.#moveClock('PUT', 'clock', { now, frozen: true });
  }

  #step(): Promise<void> {
    const steps: [weight: number, act: () => Promise<void>][] = [
      [30, () => this.#logIn()],
      [12, () => this.#refresh()],
      [20, () => this.#read()],
      [6, () => this.#revoke()],
      [2, () => this.#revokeAll()],
      [8, () => this.#jumpInTime()],
      [8, () => this.#fault()],
      [4, () => this.#limit()],
      [3, () => this.#abandonSheet()],
      [3, () => this.#restore()],
      [1, () => this.#resetAndBegin()],
    ];
    let left = this.#random.next() * steps.reduce((sum, [weight]) => sum + weight, 0);
    for (const [weight, act] of steps) {
      left -= weight;
      if (left < 0) return act();
    }
    return Promise.resolve();
  }

  /** Gets a code in one of three ways, and lets several callers race for it. */
  async #logIn(): Promise<void> {
    const authCode = await this.#code();
    if (authCode === undefined) return;
    const call = () => this.#platform(paths.applyToken, { grantType: 'AUTHORIZATION_CODE', authCode });
    const replies = await this.#race(call);
    const [winner] = this.#winners(replies, 'USED_AUTHCODE', authCode);
    if (winner !== undefined) this.#sessions.push({ authCode, pairs: [pairOf(winner)], isRevoked: false });
  }

  async #refresh(): Promise<void> {
    const session = this.#anySession();
    const pair = session?.pairs.at(-1);
    if (session === undefined || pair === undefined || Math.abs(pair.refreshEndsAt - this.#now) < blurMs) return;
    const isLive = !session.isRevoked && pair.refreshEndsAt > this.#now;
    const { refreshToken } = pair;
    const replies = await this.#race(() => this.#platform(paths.applyToken, { grantType: 'REFRESH_TOKEN', refreshToken }));
    if (isLive) {
      const [winner] = this.#winners(replies, 'USED_REFRESH_TOKEN', refreshToken);
      if (winner !== undefined) session.pairs.push(pairOf(winner));
      return;
    }
    for (const { code } of replies)
      this.#tally.check(
        code === 'INVALID_REFRESH_TOKEN' || code === 'EXPIRED_REFRESH_TOKEN',
        () => `${this.#caller.tenant}: a refresh token that was revoked or expired got ${code}`,
      );
  }

  /** Reads with a token of each kind: of a session, and of one that is gone. */
  async #read(): Promise<void> {
    const session = this.#anySession();
    if (session !== undefined) await this.#checkSession(session);
    const gone = this.#gone.length > 0 ? this.#random.pick(this.#gone) : undefined;
    if (gone !== undefined) await this.#checkGone(gone);
  }

  async #checkSession({ authCode, pairs, isRevoked }: Session): Promise<void> {
    for (const { accessToken, accessEndsAt } of pairs) {
      if (Math.abs(accessEndsAt - this.#now) < blurMs) continue;
      const { code } = await this.#platform(paths.userInfo, { accessToken });
      const expected = isRevoked
        ? ['INVALID_ACCESS_TOKEN', 'EXPIRED_ACCESS_TOKEN']
        : [accessEndsAt > this.#now ? 'SUCCESS' : 'EXPIRED_ACCESS_TOKEN'];
      this.#tally.check(
        expected.includes(code ?? ''),
        () => `${this.#caller.tenant}: a token that is ${expected} got ${code}${isRevoked ? ' after its revocation' : ''}`,
      );
    }
    const again = await this.#platform(paths.applyToken, { grantType: 'AUTHORIZATION_CODE', authCode });
    this.#tally.check(again.code === 'USED_AUTHCODE', () => `${this.#caller.tenant}: a used code got ${again.code}`);
  }

  async #checkGone({ authCode, pairs }: Session): Promise<void> {
    const replies = [await this.#platform(paths.applyToken, { grantType: 'AUTHORIZATION_CODE', authCode })];
    for (const { accessToken, refreshToken } of pairs) {
      replies.push(await this.#platform(paths.userInfo, { accessToken }));
      replies.push(await this.#platform(paths.applyToken, { grantType: 'REFRESH_TOKEN', refreshToken }));
    }
    for (const { code } of replies)
      this.#tally.check(
        code?.startsWith('INVALID_') === true,
        () => `${this.#caller.tenant}: what a reset or a snapshot removed got ${code}`,
      );
  }

  async #revoke(): Promise<void> {
    const session = this.#anySession();
    const pair = session?.pairs.at(-1);
    if (session === undefined || pair === undefined || session.isRevoked || pair.accessEndsAt < this.#now + blurMs) return;
    const { code } = await this.#platform(paths.revoke, { accessToken: pair.accessToken });
    this.#tally.check(code === 'SUCCESS', () => `${this.#caller.tenant}: a revocation got ${code}`);
    session.isRevoked = true;
    await this.#checkSession(session);
  }

  async #revokeAll(): Promise<void> {
    for (const userId of [users.tomas, users.lucia])
      await this.#caller.control('POST', 'tokens/revoke', { clientId: aurora.clientId, userId });
    for (const session of this.#sessions) session.isRevoked = true;
  }

  async #jumpInTime(): Promise<void> {
    const jump = this.#random.int(0, 3);
    if (jump === 0) {
      const to = this.#now + this.#random.int(-120, 240) * minute;
      await this.#moveClock('PUT', 'clock', { now: new Date(to).toISOString() });
    } else if (jump === 1) {
      await this.#moveClock('PUT', 'clock', { frozen: false });
      await this.#moveClock('PUT', 'clock', { frozen: true });
    } else await this.#moveClock('POST', 'clock/advance', { by: this.#random.pick(['PT1S', 'PT10M', 'PT2H', 'P1D', 'P20D']) });
  }

  /** A scenario acts on as many calls as it says, and on no other. */
  async #fault(): Promise<void> {
    const session = this.#sessions.find(
      ({ isRevoked, pairs }) => !isRevoked && (pairs.at(-1)?.accessEndsAt ?? 0) > this.#now + blurMs,
    );
    const accessToken = session?.pairs.at(-1)?.accessToken;
    if (accessToken !== undefined) this.#journaled += await faultStep(this.#caller, paths.userInfo, { accessToken });
  }

  /** A client with a limit gets as many calls as it says. Emulators that share a store count by themselves. */
  async #limit(): Promise<void> {
    const max = this.#random.int(1, 6);
    const url = this.#caller.anyUrl;
    await this.#moveClock('POST', 'clock/advance', { by: 'PT5M' });
    await this.#caller.control('PATCH', `clients/${aurora.clientId}`, { rateLimit: { max, per: 'PT1M' } });
    const read = () => this.#platform(paths.userInfo, { accessToken: 'none' }, { url });
    const replies = await Promise.all(Array.from({ length: max + 3 }, read));
    const allowed = replies.filter(({ code }) => code !== 'REQUEST_TRAFFIC_EXCEED_LIMIT').length;
    this.#tally.check(allowed === max, () => `${this.#caller.tenant}: a limit of ${max} let ${allowed} calls pass`);
    await this.#caller.control('PATCH', `clients/${aurora.clientId}`, { rateLimit: null });
  }

  async #abandonSheet(): Promise<void> {
    this.#tally.add('abandoned sheets');
    await this.#caller.control('PUT', 'settings', { user: users.lucia });
    const { sheet } = await ask(this.#caller, ['USER_BIRTHDAY']);
    this.#tally.check(sheet !== undefined, () => `${this.#caller.tenant}: a user who decides on the screen was not asked`);
    if (sheet !== undefined && this.#random.chance(0.5)) await this.#caller.page('GET', sheet);
  }

  /** Goes back to a snapshot. What happened since then is gone. */
  async #restore(): Promise<void> {
    this.#tally.add('snapshots restored');
    const snapshot = await this.#caller.control('GET', 'snapshot');
    const before = structuredClone(this.#sessions);
    await this.#logIn();
    await this.#refresh();
    const later = this.#sessions.filter(({ authCode }) => before.every((known) => known.authCode !== authCode));
    await this.#caller.control('PUT', 'snapshot', snapshot);
    this.#gone.push(...later);
    this.#sessions = before;
    this.#journaled = 0;
    const { now } = await this.#caller.control('GET', 'clock');
    this.#tally.check(Date.parse(now) === this.#now, () => `${this.#caller.tenant}: a snapshot had another time`);
    for (const session of this.#gone.slice(-1)) await this.#checkGone(session);
  }

  async #resetAndBegin(): Promise<void> {
    await this.#reset();
    await this.#begin();
    for (const session of this.#gone.slice(-1)) await this.#checkGone(session);
  }

  async #reset(): Promise<void> {
    await this.#caller.control('POST', 'reset');
    this.#tally.add('resets');
    this.#gone = [...this.#gone, ...this.#sessions].slice(-20);
  }

  /** The journal has each call once. */
  async #checkJournal(): Promise<void> {
    const expected = this.#journaled;
    if (expected > 0 && this.#caller.urls.length > 1)
      // Emulators that share a store tell each other of calls within milliseconds.
      await this.#caller.control('POST', 'journal/wait', {
        match: { kind: 'openapi', clientId: aurora.clientId },
        count: Math.min(expected, 2000),
      });
    const { entries } = await this.#caller.control('GET', `journal?kind=openapi&clientId=${aurora.clientId}&limit=2000`);
    this.#tally.check(
      entries.length === Math.min(expected, 2000),
      () => `${this.#caller.tenant}: the journal has ${entries.length} of ${expected} calls`,
    );
  }

  async #code(): Promise<string | undefined> {
    const userId = this.#random.pick([users.tomas, users.lucia]);
    if (this.#random.chance(0.6))
      return (await this.#caller.control('POST', 'auth-codes', { ...aurora, userId, scopes })).authCode;
    await this.#caller.control('PUT', 'settings', { user: userId });
    const result = await askAndAllow(this.#caller, scopes);
    this.#tally.check(
      typeof result.authCode === 'string',
      () => `${this.#caller.tenant}: who agrees got ${JSON.stringify(result)}`,
    );
    this.#tally.add('consents');
    return result.authCode as string | undefined;
  }

  #platform(path: string, fields: object, options: Parameters<Caller['platform']>[2] = {}): Promise<Reply> {
    this.#journaled++;
    return this.#caller.platform(path, fields, options);
  }

  #race(call: () => Promise<Reply>): Promise<Reply[]> {
    return Promise.all(Array.from({ length: this.#random.int(1, 5) }, call));
  }

  /** Of the callers who raced, exactly one wins. */
  #winners(replies: readonly Reply[], others: string, credential: string): Reply[] {
    this.#tally.add('races');
    const winners = replies.filter(({ code }) => code === 'SUCCESS');
    const losers = replies.filter(({ code }) => code === others);
    this.#tally.check(
      winners.length === 1 && losers.length === replies.length - 1,
      () =>
        `${this.#caller.tenant}: ${credential} got ${replies.map(({ code }) => code)}, expected one SUCCESS and else ${others}`,
    );
    return winners;
  }

  #anySession(): Session | undefined {
    return this.#sessions.length === 0 ? undefined : this.#random.pick(this.#sessions);
  }

  async #moveClock(method: string, path: string, change: object): Promise<void> {
    this.#tally.add('clock jumps');
    this.#now = Date.parse((await this.#caller.control(method, path, change)).now);
  }
}

function pairOf({ body }: Reply): Pair {
  const { accessToken, accessTokenExpiryTime, refreshToken, refreshTokenExpiryTime } = body;
  return {
    ...{ accessToken, refreshToken },
    accessEndsAt: Date.parse(accessTokenExpiryTime),
    refreshEndsAt: Date.parse(refreshTokenExpiryTime),
  };
}
