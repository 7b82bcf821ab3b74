import { aurora, users } from '../emulator.js';
import { type Caller, paths, type Reply } from './caller.js';
import { ask, askAndAllow } from './consent.js';
import { faultStep } from './fault-step.js';
import { JournaledCalls } from './journaled-calls.js';
import type { Random } from './random.js';
import { blurMs, checkGone, checkSession, pairOf, type Session } from './session.js';
import type { Tally } from './tally.js';

const scopes = ['USER_ID', 'USER_NAME', 'USER_CONTACTINFO'];
const minute = 60_000;

/**
 * A tenant from its first call to its reset, with a clock that only this life moves. It knows from the answers what is true of each code
 * and token, and checks that every later answer agrees.
 */
export class TenantLife {
  readonly #caller: Caller;
  readonly #random: Random;
  readonly #tally: Tally;
  readonly #calls: JournaledCalls;
  readonly #check = (holds: boolean, violation: () => string): void =>
    this.#tally.check(holds, () => `${this.#caller.tenant}: ${violation()}`);
  #now = 0;
  #latest = 0;
  #sessions: Session[] = [];
  /** Codes and tokens that a reset or a restored snapshot removed. */
  #gone: Session[] = [];

  constructor(caller: Caller) {
    this.#caller = caller;
    this.#random = caller.random;
    this.#tally = caller.tally;
    this.#calls = new JournaledCalls(caller);
  }

  /** @param isOver ends the life before its steps are done */
  async run(steps: number, isOver: () => boolean): Promise<void> {
    await this.#begin();
    await this.#logIn();
    for (let step = 0; step < steps && !isOver(); step++) await this.#step();
    await this.#calls.check();
    await this.#reset();
    this.#tally.add('tenant lives');
  }

  async #begin(): Promise<void> {
    this.#sessions = [];
    this.#calls.forget();
    this.#latest = 0;
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
    const call = () => this.#calls.send(paths.applyToken, { grantType: 'AUTHORIZATION_CODE', authCode });
    const replies = await this.#race(call);
    const [winner] = this.#winners(replies, 'USED_AUTHCODE', authCode);
    if (winner !== undefined) this.#sessions.push({ authCode, usedAt: this.#now, pairs: [pairOf(winner)], isRevoked: false });
  }

  async #refresh(): Promise<void> {
    const session = this.#anySession();
    const pair = session?.pairs.at(-1);
    if (session === undefined || pair === undefined || Math.abs(pair.refreshEndsAt - this.#now) < blurMs) return;
    const isLive = !session.isRevoked && pair.refreshEndsAt > this.#now;
    const { refreshToken } = pair;
    const replies = await this.#race(() => this.#calls.send(paths.applyToken, { grantType: 'REFRESH_TOKEN', refreshToken }));
    if (isLive) {
      const [winner] = this.#winners(replies, 'USED_REFRESH_TOKEN', refreshToken);
      if (winner !== undefined) session.pairs.push(pairOf(winner));
      return;
    }
    for (const { code } of replies)
      this.#check(
        code === 'INVALID_REFRESH_TOKEN' || code === 'EXPIRED_REFRESH_TOKEN',
        () => `a refresh token that was revoked or expired got ${code}`,
      );
  }

  /** Reads with a token of each kind: of a session, and of one that is gone. */
  async #read(): Promise<void> {
    const session = this.#anySession();
    if (session !== undefined) await this.#checkSession(session);
    const gone = this.#gone.length > 0 ? this.#random.pick(this.#gone) : undefined;
    if (gone !== undefined) await this.#checkGone(gone);
  }

  #checkSession(session: Session): Promise<void> {
    return checkSession(session, { now: this.#now, latest: this.#latest }, this.#calls, this.#check);
  }

  #checkGone(session: Session): Promise<void> {
    return checkGone(session, this.#calls, this.#check);
  }

  async #revoke(): Promise<void> {
    const session = this.#anySession();
    const pair = session?.pairs.at(-1);
    if (session === undefined || pair === undefined || session.isRevoked || pair.accessEndsAt < this.#now + blurMs) return;
    const { code } = await this.#calls.send(paths.revoke, { accessToken: pair.accessToken });
    this.#check(code === 'SUCCESS', () => `a revocation got ${code}`);
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
    if (accessToken !== undefined) this.#calls.add(await faultStep(this.#caller, paths.userInfo, { accessToken }));
  }

  /** A client with a limit gets as many calls as it says. Emulators that share a store count by themselves. */
  async #limit(): Promise<void> {
    const max = this.#random.int(1, 6);
    const url = this.#caller.anyUrl;
    await this.#moveClock('POST', 'clock/advance', { by: 'PT5M' });
    await this.#caller.control('PATCH', `clients/${aurora.clientId}`, { rateLimit: { max, per: 'PT1M' } });
    const read = () => this.#calls.send(paths.userInfo, { accessToken: 'none' }, { url });
    const replies = await Promise.all(Array.from({ length: max + 3 }, read));
    const allowed = replies.filter(({ code }) => code !== 'REQUEST_TRAFFIC_EXCEED_LIMIT').length;
    this.#check(allowed === max, () => `a limit of ${max} let ${allowed} calls pass`);
    await this.#caller.control('PATCH', `clients/${aurora.clientId}`, { rateLimit: null });
  }

  async #abandonSheet(): Promise<void> {
    this.#tally.add('abandoned sheets');
    await this.#caller.control('PUT', 'settings', { user: users.lucia });
    const { sheet } = await ask(this.#caller, ['USER_BIRTHDAY']);
    this.#check(sheet !== undefined, () => `a user who decides on the screen was not asked`);
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
    this.#calls.forget();
    const { now } = await this.#caller.control('GET', 'clock');
    this.#check(Date.parse(now) === this.#now, () => `a snapshot had another time`);
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

  async #code(): Promise<string | undefined> {
    const userId = this.#random.pick([users.tomas, users.lucia]);
    if (this.#random.chance(0.6))
      return (await this.#caller.control('POST', 'auth-codes', { ...aurora, userId, scopes })).authCode;
    await this.#caller.control('PUT', 'settings', { user: userId });
    const result = await askAndAllow(this.#caller, scopes);
    this.#check(typeof result.authCode === 'string', () => `who agrees got ${JSON.stringify(result)}`);
    this.#tally.add('consents');
    return result.authCode as string | undefined;
  }

  #race(call: () => Promise<Reply>): Promise<Reply[]> {
    return Promise.all(Array.from({ length: this.#random.int(1, 5) }, call));
  }

  /** Of the callers who raced, exactly one wins. */
  #winners(replies: readonly Reply[], others: string, credential: string): Reply[] {
    this.#tally.add('races');
    const winners = replies.filter(({ code }) => code === 'SUCCESS');
    const losers = replies.filter(({ code }) => code === others);
    this.#check(
      winners.length === 1 && losers.length === replies.length - 1,
      () => `${credential} got ${replies.map(({ code }) => code)}, expected one SUCCESS and else ${others}`,
    );
    return winners;
  }

  #anySession(): Session | undefined {
    return this.#sessions.length === 0 ? undefined : this.#random.pick(this.#sessions);
  }

  async #moveClock(method: string, path: string, change: object): Promise<void> {
    this.#tally.add('clock jumps');
    this.#now = Date.parse((await this.#caller.control(method, path, change)).now);
    this.#latest = Math.max(this.#latest, this.#now);
  }
}
