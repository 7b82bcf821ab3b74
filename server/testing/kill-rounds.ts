import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { extname, join } from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { aurora, users } from './emulator.js';

const main = join(import.meta.dirname, '..', 'cli', `main${extname(import.meta.filename)}`);
const userIds = Object.values(users);

/** The emulator as a process of its own, which a test can kill. */
export class EmulatorProcess {
  readonly #child: ChildProcess;

  private constructor(
    child: ChildProcess,
    readonly url: string,
  ) {
    this.#child = child;
  }

  /** @param state where the state is: a data folder, or the address of a store */
  static start(state: string): Promise<EmulatorProcess> {
    const flags = ['--port', '0', URL.canParse(state) ? '--store' : '--data', state, '--log-level', 'silent'];
    const child = spawn(process.execPath, [...process.execArgv, main, ...flags], { stdio: ['ignore', 'pipe', 'inherit'] });
    return new Promise((resolve, reject) => {
      let out = '';
      child.stdout?.on('data', (chunk) => {
        out += chunk;
        const url = /billetera ready at (http:\S+)/.exec(out)?.[1];
        if (url !== undefined) resolve(new EmulatorProcess(child, url));
      });
      child.once('exit', (code) => reject(new Error(`it ended with ${code}: ${out}`)));
    });
  }

  /** kill -9 */
  async kill(): Promise<void> {
    if (this.#child.exitCode !== null || this.#child.signalCode !== null) return;
    this.#child.kill('SIGKILL');
    await once(this.#child, 'exit');
  }

  /** Stops it for a while, as a machine that sleeps does. */
  suspend(): void {
    this.#child.kill('SIGSTOP');
  }

  resume(): void {
    this.#child.kill('SIGCONT');
  }

  /** Sends JSON, or reads without a body. @throws if there is no whole answer */
  async call(tenant: string, method: string, path: string, body?: object) {
    const response = await fetch(this.url + path, {
      method,
      redirect: 'manual',
      headers: { 'content-type': 'application/json', 'client-id': aurora.clientId, 'x-emulator-tenant': tenant },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    // biome-ignore lint/suspicious/noExplicitAny: any JSON
    return { status: response.status, body: (text.startsWith('{') ? JSON.parse(text) : {}) as any };
  }

  /** Posts a form of a page. */
  async submit(tenant: string, path: string, form: Record<string, string>): Promise<number> {
    const headers = { 'x-emulator-tenant': tenant };
    const response = await fetch(this.url + path, {
      method: 'POST',
      redirect: 'manual',
      headers,
      body: new URLSearchParams(form),
    });
    await response.arrayBuffer();
    return response.status;
  }

  async codeOf(tenant: string, path: string, body: object): Promise<string> {
    return (await this.call(tenant, 'POST', path, body)).body.result?.resultCode;
  }
}

/** The times at which something was asked and answered, as numbers in the order of these events. No end: it was not answered. */
interface Span {
  start: number;
  end?: number;
}

interface Exchange extends Span {
  authCode: string;
  accessToken: string;
  /** True if its revocation was asked for, and answered. */
  revoked?: 'asked' | 'answered';
}

/** The answers that a tenant got in one round. */
class TenantRound {
  readonly exchanges: Exchange[] = [];
  readonly wipes: (Span & { kind: 'reset' | 'restore' })[] = [];
  snapshot: object = {};
  inSnapshot = '';
  user: string = users.lucia;
  /** An action that was not answered when the emulator was killed. */
  inFlight: string | undefined;
  #events = 0;

  constructor(
    readonly name: string,
    readonly emulator: EmulatorProcess,
  ) {}

  /** Takes the snapshot that the round restores. It has one token. */
  async prepare(): Promise<void> {
    this.inSnapshot = (await this.#exchange(await this.#issue())).accessToken;
    this.snapshot = (await this.emulator.call(this.name, 'GET', '/_emulator/snapshot')).body;
    this.wipes.push({ kind: 'restore', start: 0, end: 0 });
  }

  /** Exchanges codes and revokes some of the tokens, until the emulator is killed. */
  async load(): Promise<void> {
    for (;;) {
      const exchange: Exchange = { start: ++this.#events, authCode: await this.#issue(), accessToken: '' };
      const { resultCode, accessToken } = await this.#exchange(exchange.authCode);
      // A reset or restore may have come first.
      if (resultCode === 'INVALID_AUTHCODE') continue;
      assert.equal(resultCode, 'SUCCESS');
      this.exchanges.push(Object.assign(exchange, { accessToken, end: ++this.#events }));
      if (this.exchanges.length % 4 !== 0) continue;
      exchange.revoked = 'asked';
      await this.emulator.call(this.name, 'POST', '/v2/authorizations/revoke', { accessToken });
      exchange.revoked = 'answered';
    }
  }

  /** Resets, restores, and changes the user on a page, until the emulator is killed. */
  async act(steps: number): Promise<void> {
    for (let step = 0; step < steps; step++) {
      const kind = step % 5 === 4 ? 'reset' : step % 5 === 2 ? 'restore' : 'page';
      this.inFlight = kind;
      if (kind === 'page') {
        const userId = userIds[step % userIds.length] as string;
        assert.equal(await this.emulator.submit(this.name, '/wallet/apps', { chosenUser: userId }), 303);
        this.user = userId;
      } else {
        const wipe: Span & { kind: 'reset' | 'restore' } = { kind, start: ++this.#events };
        this.wipes.push(wipe);
        const { status } = await (kind === 'reset'
          ? this.emulator.call(this.name, 'POST', '/_emulator/reset', {})
          : this.emulator.call(this.name, 'PUT', '/_emulator/snapshot', this.snapshot));
        assert.equal(status, 204);
        wipe.end = ++this.#events;
        this.user = users.lucia;
      }
      this.inFlight = undefined;
    }
  }

  /** Checks on the next emulator that everything is as the answers said. @returns the number of checks */
  async verify(next: EmulatorProcess): Promise<number> {
    let checks = 0;
    const userInfo = (accessToken: string) => next.codeOf(this.name, '/v2/users/inquiryUserInfo', { accessToken });
    for (const exchange of this.exchanges) {
      const { start, end = 0, authCode, accessToken, revoked } = exchange;
      const isGone = this.wipes.some((wipe) => wipe.end !== undefined && wipe.start > end);
      const mayBeGone = this.wipes.some((wipe) => (wipe.end ?? Number.POSITIVE_INFINITY) > start);
      const told = `${accessToken}, ${JSON.stringify({ ...exchange, wipes: this.wipes.slice(-3) })}`;
      if (isGone || revoked === 'answered') assert.equal(await userInfo(accessToken), 'INVALID_ACCESS_TOKEN', told);
      else if (!mayBeGone && revoked === undefined) assert.equal(await userInfo(accessToken), 'SUCCESS', told);
      else continue;
      checks++;
      if (mayBeGone) continue;
      const again = { grantType: 'AUTHORIZATION_CODE', authCode };
      assert.equal(await next.codeOf(this.name, '/v2/authorizations/applyToken', again), 'USED_AUTHCODE', told);
    }
    if (this.inFlight === 'reset' || this.inFlight === 'restore') return checks;
    const isRestored = this.wipes.at(-1)?.kind === 'restore';
    assert.equal(await userInfo(this.inSnapshot), isRestored ? 'SUCCESS' : 'INVALID_ACCESS_TOKEN', this.name);
    if (this.inFlight === undefined) {
      const { body } = await next.call(this.name, 'GET', '/_emulator/settings');
      assert.equal(body.user, this.user, `the user of ${this.name}`);
    }
    return checks + 2;
  }

  async #issue(): Promise<string> {
    const wanted = { clientId: aurora.clientId, userId: users.tomas, scopes: ['USER_ID'] };
    return (await this.emulator.call(this.name, 'POST', '/_emulator/auth-codes', wanted)).body.authCode;
  }

  async #exchange(authCode: string): Promise<{ resultCode: string; accessToken: string }> {
    const request = { grantType: 'AUTHORIZATION_CODE', authCode };
    const { body } = await this.emulator.call(this.name, 'POST', '/v2/authorizations/applyToken', request);
    return { resultCode: body.result.resultCode, accessToken: body.accessToken };
  }
}

/**
 * Kills emulators during load, resets, restores and page actions. After each kill, the next emulator must know everything that was
 * answered, and nothing that was reset.
 * @param data the data folder, which all emulators share
 * @returns the number of checks
 */
export async function killRounds(data: string, rounds: number): Promise<number> {
  let checks = 0;
  let emulator = await EmulatorProcess.start(data);
  try {
    for (let round = 0; round < rounds; round++) {
      const tenants = ['default', 'a', 'b'].map((name) => new TenantRound(name, emulator));
      for (const tenant of tenants) await tenant.prepare();
      // In every second round, the last action is answered before the kill.
      const steps = round % 2 === 0 ? Number.POSITIVE_INFINITY : 2 + (round % 6);
      const work = tenants.flatMap((tenant) => [tenant.act(steps), ...Array.from({ length: 4 }, () => tenant.load())]);
      let isOver = false;
      const ended = Promise.allSettled(work).finally(() => {
        isOver = true;
      });
      // Different for each round, so that the kills hit different steps.
      const enough = 20 + ((round * 37) % 100);
      while (sum(tenants.map(({ exchanges }) => exchanges.length)) < enough && !isOver) await nextTurn();
      await emulator.kill();
      for (const result of await ended)
        if (result.status === 'rejected' && result.reason instanceof assert.AssertionError) throw result.reason;
      emulator = await EmulatorProcess.start(data);
      for (const tenant of tenants) checks += await tenant.verify(emulator);
      for (const { name } of tenants) await emulator.call(name, 'POST', '/_emulator/reset', {});
    }
  } finally {
    await emulator.kill();
  }
  return checks;
}

function sum(numbers: number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
