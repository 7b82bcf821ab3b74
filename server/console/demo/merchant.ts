import { createPublicKey, type KeyObject, randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { buffer as readBytes } from 'node:stream/consumers';
import { formatHeaderTime } from '../../clock/time.js';
import { sendRequest } from '../../http/send-request.js';
import type { Operation, Profile } from '../../profiles/profile.js';
import { builtInFixtures } from '../../records/fixtures.js';
import { encodeSignature } from '../../signing/encodings.js';
import { readPrivateKey } from '../../signing/keys.js';
import { signContent } from '../../signing/rsa.js';
import { formatSignatureHeader } from '../../signing/signature-header.js';
import { text } from '../../texts/text.js';
import { TextError } from '../../texts/text-error.js';

/** The built-in client. Its key pair ships with the package. */
export const demoClientId = '202016726873874774774000';
export const demoAppId = '3333010071465913000';

/** A call and its answer, as sent over HTTP. */
export interface Exchange {
  request: { path: string; headers: Record<string, string>; body: Record<string, unknown> };
  response: {
    status: number;
    headers: Record<string, string>;
    /** The body as it was sent: the signature covers these bytes. */
    bytes: Buffer;
    body: { result: { resultStatus: string; resultCode: string; resultMessage: string }; [field: string]: unknown };
  };
}

/** The platform's answer has no `result`, so it is not an answer of the OpenAPI. */
export class NoResult extends TextError {
  constructor(
    readonly request: Exchange['request'],
    readonly response: { status: number; body: unknown },
  ) {
    const { status, body } = response;
    const sent = (typeof body === 'string' ? body : JSON.stringify(body)).slice(0, 200);
    super(text('demo-no-result', { path: request.path, status, body: sent || text('demo-empty-body') }));
  }
}

/** The demo merchant gives up after this time, by the machine's clock. A scenario can let the platform never answer. */
export const timeoutMs = 15_000;

let demoKey: Promise<KeyObject> | undefined;

function readDemoKey(): Promise<KeyObject> {
  demoKey ??= readFile(join(builtInFixtures, 'keys', 'demo-merchant.private.pem'), 'utf8').then(readPrivateKey);
  return demoKey;
}

/** Returns true if a client's public key is the demo key's. */
export async function hasDemoKey(publicKey: KeyObject | undefined): Promise<boolean> {
  return publicKey !== undefined && createPublicKey(await readDemoKey()).equals(publicKey);
}

/** The client must sign, and its key is not the demo key. */
export class NotDemoKey extends TextError {}

/**
 * Returns true if the demo merchant signs its calls for a client. It does only if the client has the demo key: another signature would be
 * reported as the integration's mistake.
 * @throws NotDemoKey if the client must sign with another key
 */
export async function demoMerchantSigns(client: {
  clientId: string;
  publicKey?: KeyObject | undefined;
  signature: 'required' | 'optional' | 'off';
}): Promise<boolean> {
  const { clientId, publicKey, signature } = client;
  if (await hasDemoKey(publicKey)) return true;
  if (signature !== 'required') return false;
  throw new NotDemoKey(text('demo-key-unknown', { clientId }));
}

/** The facts that the headers of a call depend on. */
export interface MerchantCall {
  method: string;
  clientId: string;
  path: string;
  body: string;
  /** Milliseconds since the epoch, by the emulator's clock. */
  now: number;
  /** True if the call is signed. */
  signs: boolean;
  /** The key that signs. Default: the demo key. */
  key?: KeyObject | undefined;
}

/** The headers of a merchant's call, signed as the wallet's profile says. */
export async function merchantHeaders(
  { signedRequest, source }: Profile,
  { method, clientId, path, body, now, signs, key }: MerchantCall,
): Promise<Record<string, string>> {
  const time = formatHeaderTime(now, source.headers.time, '+00:00');
  const requestId = randomUUID();
  const content = signedRequest({ method, path, clientId, time, requestId }, Buffer.from(body));
  const { encoding, algorithm } = source.signature;
  return {
    'Content-Type': 'application/json; charset=UTF-8',
    'Client-Id': clientId,
    'Request-Time': time,
    'Request-Id': requestId,
    ...(signs && {
      Signature: formatSignatureHeader(
        algorithm,
        encodeSignature(await signContent(content, key ?? (await readDemoKey())), encoding),
      ),
    }),
  };
}

/**
 * Calls the OpenAPI over HTTP as a merchant's server does, signed with the demo key as the wallet's profile says.
 *
 * @param clientId who calls
 * @param base the emulator's address, with a possible `/t/<tenant>`
 * @param now milliseconds since the epoch, by the emulator's clock
 * @param signs the result of `demoMerchantSigns`
 * @throws NoResult, or an error if there is no whole answer
 */
export async function callAsDemoMerchant(
  base: string,
  profile: Profile,
  clientId: string,
  path: string,
  body: Record<string, unknown>,
  now: number,
  signs: boolean,
): Promise<Exchange> {
  const sent = JSON.stringify(body);
  const headers = await merchantHeaders(profile, { method: 'POST', clientId, path, body: sent, now, signs });
  const request = { path, headers, body };
  const { status, headers: received, bytes } = await send(base + path, headers, sent);
  const answered = parse(bytes.toString());
  if (!hasResult(answered)) throw new NoResult(request, { status, body: answered });
  return { request, response: { status, headers: received, bytes, body: answered } };
}

/** @throws Error if there is no whole answer: it has the reason, in a sentence if the answer is late */
async function send(url: string, headers: Record<string, string>, body: string) {
  const signal = AbortSignal.timeout(timeoutMs);
  try {
    const response = await sendRequest(url, { method: 'POST', headers, body, signal });
    return { ...response, bytes: await readBytes(response.body) };
  } catch (error) {
    throw signal.aborted ? new TextError(text('network-silent', { seconds: timeoutMs / 1000 }), { cause: error }) : error;
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

function hasResult(body: unknown): body is Exchange['response']['body'] {
  return typeof (body as { result?: { resultStatus?: unknown } } | null)?.result?.resultStatus === 'string';
}

/** The path of the wallet's first operation with this verb; undefined if it has none. */
export function pathOf({ operations }: Profile, verb: Operation['verb']): string | undefined {
  return [...operations.values()].find((operation) => operation.verb === verb)?.paths[0];
}
