// biome-ignore-all lint/suspicious/noThenProperty: `then` is the users' word for it (contract), in data that nobody awaits

import { type ClientRequest, get, request } from 'node:http';
import { connect, type Socket } from 'node:net';
import { aurora } from '../emulator.js';
import type { Caller } from './caller.js';
import type { Random } from './random.js';
import type { Tally } from './tally.js';

/** The connections that stay open at the same time. The oldest ends when there are more. */
const maxOpen = 40;
const maxAnswerMs = 10_000;
/** A call asks for one of these by its name. Its client hangs up long before the answer. */
const slowScenarios = { late: { delay: 'PT1H' }, never: { fault: 'hang' } };

/** Clients that behave badly: they do not read, do not wait for their answer, hang up in the middle, or send no HTTP. */
export class Disturbances {
  readonly #caller: Caller;
  readonly #random: Random;
  readonly #tally: Tally;
  /** Tenants in which something happens. */
  readonly #tenants: readonly string[];
  readonly #open: (Socket | ClientRequest)[] = [];

  /** @param caller calls for a tenant of its own */
  constructor(caller: Caller, tenants: readonly string[]) {
    this.#caller = caller;
    this.#tenants = tenants;
    this.#random = caller.random;
    this.#tally = caller.tally;
  }

  async run(isOver: () => boolean): Promise<void> {
    for (const [id, then] of Object.entries(slowScenarios))
      await this.#caller.control('POST', 'scenarios', { id, enabled: false, then });
    const acts = [() => this.#follow(), () => this.#waitInVain(), () => this.#hangUp(), () => this.#breakFraming()];
    for (const act of acts) await act();
    while (!isOver()) await this.#random.pick(acts)();
    for (const connection of this.#open.splice(0)) connection.destroy();
    await this.#caller.control('POST', 'reset');
  }

  get #url(): string {
    return this.#caller.anyUrl;
  }

  /** Follows a stream, and does not read it. */
  #follow(): Promise<void> {
    this.#tally.add('followers that do not read');
    const tenant = this.#random.pick(this.#tenants);
    const path = this.#random.pick([
      `/t/${tenant}/_emulator/journal/stream`,
      `/t/${tenant}/journal/stream?parts=calls+panels+scenarios`,
      `/t/${tenant}/journal/stream?parts=calls&tenant=*`,
    ]);
    return new Promise((resolve) => {
      const after = this.#random.chance(0.3) ? { 'last-event-id': String(this.#random.int(0, 1000)) } : {};
      const sent = get(`${this.#url}${path}`, { agent: false, headers: { accept: 'text/event-stream', ...after } }, (answer) => {
        answer.pause();
        resolve();
      });
      sent.on('error', () => resolve());
      this.#keep(sent);
    });
  }

  /** Waits for a call that never comes. */
  async #waitInVain(): Promise<void> {
    this.#tally.add('waits that nobody answers');
    const body = JSON.stringify({ match: { operation: 'never' }, timeout: 'PT1H' });
    const headers = { 'content-type': 'application/json', 'x-emulator-tenant': this.#random.pick(this.#tenants) };
    const sent = request(`${this.#url}/_emulator/journal/wait`, { method: 'POST', agent: false, headers });
    sent.on('error', () => {}).end(body);
    this.#keep(sent);
    await this.#caller.control('GET', 'health');
  }

  /** Ends a connection in the middle of a request, or before the answer. */
  async #hangUp(): Promise<void> {
    this.#tally.add('clients that hang up');
    const body = JSON.stringify({
      grantType: 'AUTHORIZATION_CODE',
      authCode: 'none',
      more: 'x'.repeat(this.#random.int(0, 100_000)),
    });
    const head = [
      `POST ${this.#random.pick(['/v2/authorizations/applyToken', '/_emulator/auth-codes', '/wallet/jsapi'])} HTTP/1.1`,
      ...['Host: localhost', 'Content-Type: application/json', `Client-Id: ${aurora.clientId}`],
      `X-Emulator-Tenant: ${this.#caller.tenant}`,
      ...(this.#random.chance(0.5) ? [`X-Emulator-Scenario: ${this.#random.pick(Object.keys(slowScenarios))}`] : []),
      `Content-Length: ${body.length}`,
    ];
    const bytes = `${head.join('\r\n')}\r\n\r\n${body}`;
    const socket = this.#dial();
    socket.write(bytes.slice(0, this.#random.chance(0.5) ? bytes.length : this.#random.int(1, bytes.length)));
    await this.#caller.control('GET', 'health');
    socket.destroy();
  }

  /** Sends what is no HTTP. It must be answered with 4xx, or not at all. */
  async #breakFraming(): Promise<void> {
    this.#tally.add('broken requests');
    const noise = this.#random.bytes(this.#random.int(1, 200)).toString('latin1');
    const bytes = this.#random.pick([
      noise,
      `GET /${noise} HTTP/1.1\r\nHost: localhost\r\n\r\n`,
      `POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: -1\r\n\r\n${noise}`,
      `POST / HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n${noise}`,
      `POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n`,
      `GET / HTTP/1.1\r\nHost: localhost\r\nX: ${'y'.repeat(20_000)}\r\n\r\n`,
      `GET / HTTP/9.9\r\n\r\n`,
    ]);
    const socket = this.#dial();
    let answer = '';
    socket.setEncoding('latin1').on('data', (text) => {
      answer += text;
    });
    socket.end(bytes, 'latin1');
    await new Promise((resolve) => socket.setTimeout(maxAnswerMs, () => socket.destroy()).once('close', resolve));
    const status = Number(/^HTTP\/1\.1 (\d+)/.exec(answer)?.[1] ?? 0);
    this.#tally.check(status < 500, () => `${JSON.stringify(bytes.slice(0, 100))} got ${answer.slice(0, 300)}`);
  }

  #dial(): Socket {
    const { hostname, port } = new URL(this.#url);
    return connect(Number(port), hostname).on('error', () => {});
  }

  #keep(connection: ClientRequest): void {
    this.#open.push(connection);
    if (this.#open.length > maxOpen) this.#open.splice(this.#random.int(0, maxOpen), 1)[0]?.destroy();
  }
}
