import assert from 'node:assert/strict';
import { constants, createPrivateKey, createPublicKey, type KeyObject, sign, verify } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { Agent, type IncomingMessage, request } from 'node:http';
import { join } from 'node:path';

const keys = join(import.meta.dirname, '..', '..', 'fixtures', 'keys');
const padding = constants.RSA_PKCS1_PADDING;
const agent = new Agent({ keepAlive: true, maxSockets: 100 });

/** A key of the fixtures, such as `demo-merchant.private.pem`. */
export function privateKey(file: string): KeyObject {
  return createPrivateKey(readFileSync(join(keys, file)));
}

export const platformPublicKey = createPublicKey(readFileSync(join(keys, 'platform-development.public.pem')));

export type Written = 'percent' | 'plain' | 'base64url';

/** The differences from a valid call. An undefined header is left out. A list is sent as several headers. */
export interface CallOptions {
  method?: string;
  headers?: Record<string, string | string[] | undefined>;
  written?: Written;
  time?: string;
  key?: KeyObject;
  /** Bytes that are signed in place of the right ones. */
  content?: (right: { method: string; path: string; clientId: string; time: string; body: Buffer }) => string | Buffer;
  /** The value that is sent, made from the right one. */
  value?: (right: string) => string;
  unsigned?: boolean;
  /** The path that the answer signs, where it is not the one that is called. */
  answerPath?: string;
}

/** The platform's answer. Fields that an operation does not give are absent, whatever the type says. */
export interface PlatformAnswer {
  result: { resultStatus: string; resultCode: string; resultMessage: string };
  accessToken: string;
  accessTokenExpiryTime: string;
  refreshToken: string;
  refreshTokenExpiryTime: string;
  customerId: string;
  userInfo: Record<string, unknown>;
  messageId: string;
  extendInfo: unknown;
}

export interface Received {
  body: PlatformAnswer;
  raw: Buffer;
  code: string;
  message: string;
  headers: IncomingMessage['headers'];
  /** Names and values by turns, as on the wire. */
  rawHeaders: string[];
  written: Written;
}

/** A merchant's server: the protocol told a second time, from its documents and not from the emulator's code. */
export class Merchant {
  constructor(
    readonly url: string,
    readonly clientId: string,
    readonly key: KeyObject,
    readonly headers: Record<string, string> = {},
  ) {}

  /** Calls, signs, and holds the answer against what every answer must be: HTTP 200, JSON, signed, nothing empty in it. */
  async call(path: string, body: object | string | Buffer, options: CallOptions = {}): Promise<Received> {
    const bytes = Buffer.isBuffer(body) ? body : Buffer.from(typeof body === 'string' ? body : JSON.stringify(body));
    const { method = 'POST', time = new Date().toISOString().replace('Z', '+00:00'), written = 'percent' } = options;
    const headers: Record<string, string | string[] | undefined> = {
      'Content-Type': 'application/json; charset=UTF-8',
      'Client-Id': this.clientId,
      'Request-Time': time,
      ...this.headers,
      ...options.headers,
    };
    if (!options.unsigned && !('Signature' in headers)) {
      headers.Signature = `algorithm=RSA256, keyVersion=1, signature=${this.signature(path, bytes, { ...options, time, written })}`;
    }
    const sent = Object.fromEntries(Object.entries(headers).filter(([, value]) => value !== undefined)) as Record<
      string,
      string | string[]
    >;
    const { message, raw } = await exchangeBytes(this.url, method, path, sent, bytes);
    return readAnswer(message, raw, options.answerPath ?? withoutHost(path), method);
  }

  signature(path: string, body: Buffer, options: CallOptions): string {
    const { time = '', key = this.key, written = 'percent', value = (right: string) => right } = options;
    const right = { method: 'POST', path: withoutHost(path), clientId: this.clientId, time, body };
    const content =
      options.content?.(right) ?? Buffer.concat([Buffer.from(`POST ${right.path}\n${this.clientId}.${time}.`), body]);
    return value(write(sign('sha256', Buffer.from(content), { key, padding }), written));
  }
}

/** Signature bytes in one of the three ways that clients write them. */
export function write(bytes: Buffer, written: Written): string {
  const base64 = bytes.toString('base64');
  if (written === 'plain') return base64;
  return written === 'percent'
    ? base64.replaceAll('+', '%2B').replaceAll('/', '%2F').replaceAll('=', '%3D')
    : base64.replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '');
}

function withoutHost(target: string): string {
  return (target.replace(/^\w+:\/\/[^/]*/, '').split('?')[0] as string) || '/';
}

/** One HTTP call, byte for byte. */
export function exchangeBytes(
  url: string,
  method: string,
  path: string,
  headers: Record<string, string | string[]>,
  body: Buffer,
) {
  const { hostname, port } = new URL(url);
  return new Promise<{ message: IncomingMessage; raw: Buffer }>((resolve, reject) => {
    const sent = { ...headers, ...(body.length > 0 && { 'Content-Length': String(body.length) }) };
    const outgoing = request({ hostname, port, method, path, headers: sent, agent }, async (message) => {
      const chunks: Buffer[] = [];
      for await (const chunk of message) chunks.push(chunk as Buffer);
      resolve({ message, raw: Buffer.concat(chunks) });
    });
    outgoing.on('error', reject);
    outgoing.end(body);
  });
}

function readAnswer(message: IncomingMessage, raw: Buffer, path: string, method: string): Received {
  const { headers, rawHeaders } = message;
  assert.equal(message.statusCode, 200, raw.toString());
  assert.equal(headers['content-type'], 'application/json; charset=UTF-8');
  const value = /^algorithm=RSA256, keyVersion=1, signature=([^, ]+)$/.exec(String(headers.signature))?.[1] ?? '';
  const written: Written = value.includes('%') ? 'percent' : value.endsWith('=') ? 'plain' : 'base64url';
  const head = { headers, rawHeaders, written, raw };
  if (method === 'HEAD') return { ...head, body: {} as PlatformAnswer, code: '', message: '' };
  const clientId = Buffer.from((headers['client-id'] as string | undefined) ?? '');
  const content = Buffer.concat([Buffer.from(`POST ${path}\n`), clientId, Buffer.from(`.${headers['response-time']}.`), raw]);
  const bytes = Buffer.from(decodeURIComponent(value), 'base64');
  assert.ok(
    verify('sha256', content, { key: platformPublicKey, padding }, bytes),
    `the answer's signature does not verify: ${raw}`,
  );
  const body = JSON.parse(raw.toString(), (key, part: unknown) => {
    assert.ok(part !== null && part !== '', `the answer's ${key} is ${JSON.stringify(part)}`);
    return part;
  }) as PlatformAnswer;
  return { ...head, body, code: body.result.resultCode, message: body.result.resultMessage };
}
