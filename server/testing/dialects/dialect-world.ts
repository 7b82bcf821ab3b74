import assert from 'node:assert/strict';
import { constants, type KeyObject, randomUUID, sign, verify } from 'node:crypto';
import type { Emulator } from '../../emulator/emulator.js';
import type { UserRecord } from '../../records/schema.js';
import { faro } from '../emulator.js';
import { encodeSignature, exchangeBytes, platformPublicKey, privateKey, type SignatureEncoding } from '../merchant.js';
import { MiniProgram } from '../mini-program.js';
import type { Dialect } from './dialect.js';

const padding = constants.RSA_PKCS1_PADDING;
const faroKey = privateKey('demo-merchant-2.private.pem');

/** The time of these tests. The clock is frozen. */
export const noon = Date.parse('2026-03-01T12:00:00Z');

/** The differences from a valid call. An undefined header is left out. */
export interface Wrong {
  clientId?: string;
  key?: KeyObject;
  headers?: Record<string, string | undefined>;
  method?: string;
  unsigned?: boolean;
  encoding?: SignatureEncoding;
  body?: string;
  requestId?: string;
  /** The request target, if it differs from the signed path. It names the tenant itself. */
  target?: string;
}

export interface DialectAnswer {
  // biome-ignore lint/suspicious/noExplicitAny: any JSON
  body: any;
  text: string;
  /** `CODE`, or `CODE U` if the status is unusual. S is usual for `done`, F for the others. */
  code: string;
  message: string;
  headers: Record<string, string>;
  /** `name: value`, as on the wire. */
  lines: string[];
  encoding: SignatureEncoding;
  sent: { path: string; headers: Record<string, string>; body: string; content: string };
}

let worlds = 0;

/** A tenant with one wallet, a clock that is frozen at noon, and a merchant that must sign. */
export class DialectWorld {
  constructor(
    readonly emulator: Emulator,
    readonly dialect: Dialect,
    readonly tenant = `dialect-${++worlds}`,
  ) {}

  static async open(emulator: Emulator, dialect: Dialect): Promise<DialectWorld> {
    const world = new DialectWorld(emulator, dialect);
    await world.control('PUT', 'settings', { wallet: dialect.wallet });
    await world.control('PUT', 'settings', { user: dialect.userId });
    await world.control('PUT', 'clock', { now: new Date(noon).toISOString(), frozen: true });
    return world;
  }

  /** A call of the control API. */
  // biome-ignore lint/suspicious/noExplicitAny: any JSON
  async control(method: string, path: string, body?: object): Promise<any> {
    const answer = await fetch(`${this.emulator.url}/_emulator/${path}`, {
      method,
      headers: { 'X-Emulator-Tenant': this.tenant, ...(body && { 'Content-Type': 'application/json' }) },
      ...(body && { body: JSON.stringify(body) }),
    });
    const text = await answer.text();
    assert.ok(answer.ok, `${method} ${path}: ${text}`);
    return text === '' ? undefined : JSON.parse(text);
  }

  /** A page of one of its mini programs. */
  miniProgram(appId = faro.appId): MiniProgram {
    return new MiniProgram(this.emulator.url, this.tenant, appId);
  }

  advance(by: string): Promise<unknown> {
    return this.control('POST', 'clock/advance', { by });
  }

  async code(scopes = ['USER_ID'], more: { clientId?: string; appId?: string; userId?: string } = {}): Promise<string> {
    const { authCode, errorMessage } = await this.control('POST', 'auth-codes', { ...faro, ...more, scopes });
    assert.ok(authCode, errorMessage);
    return authCode;
  }

  /** A user of the fixtures. */
  user(userId = this.dialect.userId): Promise<UserRecord> {
    return this.control('GET', `users/${userId}`);
  }

  /** Makes a call as the wallet's documentation says, and checks that the response follows the documentation too. */
  async call(path: string, fields: object, wrong: Wrong = {}): Promise<DialectAnswer> {
    const { signs, requestId: hasRequestId } = this.dialect;
    const { clientId = faro.clientId, key = faroKey, method = 'POST', encoding = signs.encoding } = wrong;
    const body = wrong.body ?? JSON.stringify(fields);
    const requestId = hasRequestId ? (wrong.requestId ?? randomUUID()) : '';
    const time = this.time(noon);
    const content = signs.request({ path, clientId, time, requestId }) + body;
    const value = encodeSignature(sign('sha256', Buffer.from(content), { key, padding }), encoding);
    const all: Record<string, string | undefined> = {
      'Content-Type': 'application/json; charset=UTF-8',
      'Client-Id': clientId,
      'Request-Time': time,
      'Request-Id': hasRequestId ? requestId : undefined,
      Signature: wrong.unsigned ? undefined : `algorithm=${signs.algorithm}, keyVersion=1, signature=${value}`,
      ...wrong.headers,
    };
    const headers = Object.fromEntries(Object.entries(all).filter((entry): entry is [string, string] => entry[1] !== undefined));
    const { message, raw } = await exchangeBytes(
      this.emulator.url,
      method,
      wrong.target ?? path,
      { ...headers, ...(wrong.target === undefined && { 'X-Emulator-Tenant': this.tenant }) },
      Buffer.from(body),
    );
    assert.equal(message.statusCode, 200, raw.toString());
    const lines = message.rawHeaders.flatMap((name, index, parts) => (index % 2 === 0 ? [`${name}: ${parts[index + 1]}`] : []));
    const answer = this.#read(path, raw, message.headers as Record<string, string>);
    return { ...answer, lines, sent: { path, headers, body, content } };
  }

  /** Exchanges a code with a valid call, unless `wrong` changes it. */
  exchange(authCode: string, wrong: Wrong & { path?: string; more?: object } = {}): Promise<DialectAnswer> {
    const { dialect } = this;
    const fields = {
      ...this.#client(),
      appId: faro.appId,
      grantType: 'AUTHORIZATION_CODE',
      authCode,
      ...dialect.always,
      ...wrong.more,
    };
    return this.call(wrong.path ?? (dialect.paths.applyToken[0] as string), fields, wrong);
  }

  refresh(refreshToken: string): Promise<DialectAnswer> {
    const { paths, always } = this.dialect;
    return this.call(paths.applyToken[0] as string, {
      ...this.#client(),
      appId: faro.appId,
      grantType: 'REFRESH_TOKEN',
      refreshToken,
      ...always,
    });
  }

  userInfo(accessToken: string, path = this.dialect.paths.userInfo[0] as string): Promise<DialectAnswer> {
    return this.call(path, { ...this.#client(), appId: faro.appId, accessToken });
  }

  revoke(accessToken: string, path = this.dialect.paths.revoke[0] as string): Promise<DialectAnswer> {
    return this.call(path, { ...this.#client(), appId: faro.appId, accessToken });
  }

  /** Issues a code for these scopes and exchanges it. */
  async tokens(scopes?: string[]): Promise<{ accessToken: string; refreshToken: string }> {
    const { body, code, message } = await this.exchange(await this.code(scopes));
    assert.equal(code, this.dialect.codes.done, message);
    return body;
  }

  /** A time in the wallet's format. */
  time(at: number): string {
    const { time, offset } = this.dialect;
    if (time === 'epoch-ms') return String(at);
    const minutes = Number(`${offset[0]}1`) * (Number(offset.slice(1, 3)) * 60 + Number(offset.slice(4)));
    return new Date(at + minutes * 60_000).toISOString().slice(0, 19) + offset;
  }

  #client(): Record<string, string> {
    const { authClient } = this.dialect;
    return authClient === undefined ? {} : { [authClient]: faro.clientId };
  }

  #read(path: string, raw: Buffer, headers: Record<string, string>): Omit<DialectAnswer, 'sent' | 'lines'> {
    const { signs } = this.dialect;
    assert.equal(headers['content-type'], 'application/json; charset=UTF-8');
    const [, algorithm, value = ''] = /^algorithm=(\w+), keyVersion=1, signature=([^, ]+)$/.exec(headers.signature ?? '') ?? [];
    assert.equal(algorithm, signs.algorithm);
    const head = signs.answer({
      path,
      clientId: headers['client-id'] ?? '',
      time: headers['response-time'] ?? '',
      requestId: '',
    });
    const signed = Buffer.concat([Buffer.from(head), raw]);
    const bytes = Buffer.from(decodeURIComponent(value), value.includes('-') || value.includes('_') ? 'base64url' : 'base64');
    assert.ok(
      verify('sha256', signed, { key: platformPublicKey, padding }, bytes),
      `the answer's signature does not verify: ${raw}`,
    );
    const body = JSON.parse(raw.toString(), (key, part: unknown) => {
      assert.ok(part !== null && part !== '', `the answer's ${key} is ${JSON.stringify(part)}`);
      return part;
    });
    const { resultCode, resultStatus, resultMessage } = body.result;
    const isDone = resultCode === this.dialect.codes.done;
    const usual = isDone ? 'S' : 'F';
    const encoding: SignatureEncoding = value.includes('%') ? 'percent' : value.endsWith('=') ? 'plain' : 'base64url';
    return {
      body,
      text: raw.toString(),
      code: resultStatus === usual ? resultCode : `${resultCode} ${resultStatus}`,
      message: resultMessage,
      headers,
      encoding,
    };
  }
}
