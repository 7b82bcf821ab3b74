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

export type SignatureEncoding = 'percent' | 'plain' | 'base64url';

/** The differences from a valid call. An undefined header is left out. A list is sent as several headers. */
export interface CallOptions {
  method?: string;
  headers?: Record<string, string | string[] | undefined>;
  encoding?: SignatureEncoding;
  time?: string;
  key?: KeyObject;
  /** Makes the signed content from the right content. */
  content?: (right: { method: string; path: string; clientId: string; time: string; body: Buffer }) => string | Buffer;
  /** Signs in another way than RSASSA-PKCS1-v1_5 with SHA-256. */
  sign?: (content: Buffer, key: KeyObject) => Buffer;
  /** Makes the value of the header from the right value. */
  value?: (right: string) => string;
  unsigned?: boolean;
  /** The path that the answer's signature covers, if it is not the called path. */
  answerPath?: string;
}

/** The platform's answer. Fields that an operation does not have are absent. */
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
  /** Names and values in turn, as on the wire. */
  rawHeaders: string[];
  encoding: SignatureEncoding;
}

/** A merchant's server. It implements the protocol from its documentation, without the emulator's code. */
export class Merchant {
  constructor(
    readonly url: string,
    readonly clientId: string,
    readonly key: KeyObject,
    readonly headers: Record<string, string> = {},
  ) {}

  /** Sends a signed call, and checks that the answer is HTTP 200, JSON and signed, and has no null and no "". */
  async call(path: string, body: object | string | Buffer, options: CallOptions = {}): Promise<Received> {
    const bytes = Buffer.isBuffer(body) ? body : Buffer.from(typeof body === 'string' ? body : JSON.stringify(body));
    const { method = 'POST', time = new Date().toISOString().replace('Z', '+00:00'), encoding = 'percent' } = options;
    const headers: Record<string, string | string[] | undefined> = {
      'Content-Type': 'application/json; charset=UTF-8',
      'Client-Id': this.clientId,
      'Request-Time': time,
      ...this.headers,
      ...options.headers,
    };
    if (!options.unsigned && !('Signature' in headers)) {
      headers.Signature = `algorithm=RSA256, keyVersion=1, signature=${this.signature(path, bytes, { ...options, time, encoding })}`;
    }
    const sent = Object.fromEntries(Object.entries(headers).filter(([, value]) => value !== undefined)) as Record<
      string,
      string | string[]
    >;
    const { message, raw } = await exchangeBytes(this.url, method, path, sent, bytes);
    return readAnswer(message, raw, options.answerPath ?? withoutHost(path), method);
  }

  signature(path: string, body: Buffer, options: CallOptions): string {
    const {
      time = '',
      key = this.key,
      encoding = 'percent',
      sign: signBytes = signRsa,
      value = (right: string) => right,
    } = options;
    const right = { method: 'POST', path: withoutHost(path), clientId: this.clientId, time, body };
    const content =
      options.content?.(right) ?? Buffer.concat([Buffer.from(`POST ${right.path}\n${this.clientId}.${time}.`), body]);
    return value(encodeSignature(signBytes(Buffer.from(content), key), encoding));
  }
}

/** Signs with RSASSA-PKCS1-v1_5 and SHA-256. */
function signRsa(content: Buffer, key: KeyObject): Buffer {
  return sign('sha256', content, { key, padding });
}

/** Encodes the bytes of a signature in one of the three ways that clients use. */
export function encodeSignature(bytes: Buffer, encoding: SignatureEncoding): string {
  const base64 = bytes.toString('base64');
  if (encoding === 'plain') return base64;
  return encoding === 'percent'
    ? base64.replaceAll('+', '%2B').replaceAll('/', '%2F').replaceAll('=', '%3D')
    : base64.replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '');
}

function withoutHost(target: string): string {
  return (target.replace(/^\w+:\/\/[^/]*/, '').split('?')[0] as string) || '/';
}

/** Makes an HTTP call, and returns the body as bytes. */
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
    const outgoing = request({ hostname, port, method, path, headers: sent, agent }, (message) => {
      readAll(message).then((raw) => resolve({ message, raw }), reject);
    });
    outgoing.on('error', reject);
    outgoing.end(body);
  });
}

async function readAll(message: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of message) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

function readAnswer(message: IncomingMessage, raw: Buffer, path: string, method: string): Received {
  const { headers, rawHeaders } = message;
  assert.equal(message.statusCode, 200, raw.toString());
  assert.equal(headers['content-type'], 'application/json; charset=UTF-8');
  const value = /^algorithm=RSA256, keyVersion=1, signature=([^, ]+)$/.exec(String(headers.signature))?.[1] ?? '';
  const encoding: SignatureEncoding = value.includes('%') ? 'percent' : value.endsWith('=') ? 'plain' : 'base64url';
  const head = { headers, rawHeaders, encoding, raw };
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
