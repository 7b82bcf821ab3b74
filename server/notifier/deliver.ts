import type { KeyObject } from 'node:crypto';
import type { Readable } from 'node:stream';
import { formatHeaderTime } from '../clock/time.js';
import { sendRequest } from '../http/send-request.js';
import { decodeSignature, encodeSignature } from '../signing/encodings.js';
import { signContent, verifyContent } from '../signing/rsa.js';
import { formatSignatureHeader, parseSignatureHeader } from '../signing/signature-header.js';
import type { Tenant } from '../tenants/tenant.js';
import { type Text, text } from '../texts/text.js';
import { textOf } from '../texts/text-error.js';
import type { Notification } from './notification.js';

/** The result of one try. */
export interface Delivery {
  /** True if the merchant answered S. */
  accepted: boolean;
  /** The reason, in a sentence. */
  reason: Text;
  /** The HTTP status; 0 if there was no response. */
  status: number;
  requestHeaders: Record<string, string>;
  response: MerchantResponse;
  /** True if the response's signature verified; null if there was nothing to verify. */
  verified: boolean | null;
}

interface MerchantResponse {
  headers: Record<string, string>;
  body: string;
}

/** A merchant must answer within this time, in milliseconds of the machine's time. */
const deliveryTimeoutMs = 10_000;
const maxResponseBytes = 64 * 1024;
/** An answer that counts. */
const acceptedAnswer = '{ "result": { "resultStatus": "S", … } }';

/**
 * Sends a signed notification once, and checks the merchant's answer. Follows no redirect, and never rejects: a failure is a
 * delivery that was not accepted.
 *
 * @param stop aborts the call
 */
export async function deliver(
  tenant: Tenant,
  notification: Notification,
  privateKey: KeyObject,
  stop: AbortSignal,
): Promise<Delivery> {
  const requestHeaders = await signedHeaders(tenant, notification, privateKey);
  const failed = (reason: Text, status = 0): Delivery => {
    return { accepted: false, reason, status, requestHeaders, response: { headers: {}, body: '' }, verified: null };
  };
  const limit = timeLimit(stop);
  try {
    const response = await sendRequest(notification.url, {
      method: 'POST',
      headers: requestHeaders,
      body: notification.body,
      signal: limit.signal,
    });
    const { status, headers } = response;
    const body = await readBody(response.body);
    if (body === undefined) return failed(text('answer-too-long', { max: maxResponseBytes / 1024 }), status);
    const verified = verifyResponse(tenant, notification, headers, body);
    const problem = problemOf(status, body.toString());
    const result = problem ?? text('notification-accepted');
    return {
      accepted: problem === undefined,
      reason: verified === false ? text('notification-signature-wrong', { result }) : result,
      status,
      requestHeaders,
      response: { headers, body: body.toString() },
      verified,
    };
  } catch (error) {
    if (limit.timedOut()) return failed(text('no-answer-in-time', { seconds: deliveryTimeoutMs / 1000 }));
    return failed(text('unreachable', { problem: textOf(error) }));
  } finally {
    limit.clear();
  }
}

async function signedHeaders(
  { profile, clock }: Tenant,
  { url, clientId, body }: Notification,
  privateKey: KeyObject,
): Promise<Record<string, string>> {
  const { headers, timeOffset, signature } = profile.source;
  const time = formatHeaderTime(clock.now(), headers.time, timeOffset);
  const content = profile.signedRequest(signedParts(url, clientId, time), Buffer.from(body));
  const value = encodeSignature(await signContent(content, privateKey), signature.encoding);
  return {
    'content-type': 'application/json; charset=UTF-8',
    'client-id': clientId,
    'request-time': time,
    signature: formatSignatureHeader(signature.algorithm, value),
  };
}

/** The signature covers the path and the query, as they are sent. */
function signedParts(url: string, clientId: string, time: string) {
  return { method: 'POST', path: sentTarget(url), clientId, time, requestId: '' };
}

function sentTarget(url: string): string {
  const { pathname, search } = new URL(url);
  return pathname + search;
}

/** A signal that aborts after the timeout or with `stop`. Node 20 can collect the signals that AbortSignal.any and .timeout return. */
function timeLimit(stop: AbortSignal) {
  const controller = new AbortController();
  let timedOut = false;
  const abort = () => controller.abort();
  const timer = setTimeout(() => {
    timedOut = true;
    abort();
  }, deliveryTimeoutMs);
  stop.addEventListener('abort', abort);
  if (stop.aborted) abort();
  return {
    signal: controller.signal,
    timedOut: () => timedOut,
    clear: () => {
      clearTimeout(timer);
      stop.removeEventListener('abort', abort);
    },
  };
}

/** @returns undefined for a body that is too long */
async function readBody(response: Readable): Promise<Buffer | undefined> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of response) {
    length += chunk.length;
    if (length > maxResponseBytes) return undefined;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

/**
 * Verifies the response over the path and the query, or over the path alone.
 * @returns null if there is nothing to verify: no signature, no key of the client, or a client whose signatures are off
 */
function verifyResponse(
  { profile, clients }: Tenant,
  { url, clientId }: Notification,
  headers: Record<string, string>,
  body: Buffer,
): boolean | null {
  const client = clients.get(clientId);
  if (client?.publicKey === undefined || client.signature === 'off' || headers.signature === undefined) return null;
  const parsed = parseSignatureHeader(headers.signature, profile.source.signature.algorithm);
  const signature = 'signature' in parsed ? decodeSignature(parsed.signature) : undefined;
  if (signature === undefined) return false;
  const parts = signedParts(url, clientId, headers['response-time'] ?? '');
  for (const path of new Set([parts.path, new URL(url).pathname])) {
    if (verifyContent(profile.signedResponse({ ...parts, path }, body), signature, client.publicKey)) return true;
  }
  return false;
}

/**
 * The reason why the merchant's answer does not count; undefined if it does. The documentation says that a merchant need not sign its answer, so
 * a missing or wrong signature is no reason.
 */
function problemOf(status: number, body: string): Text | undefined {
  if (status !== 200) return text('answer-status', { status });
  const resultStatus = resultStatusOf(body);
  if (resultStatus === 'S') return undefined;
  const expected = acceptedAnswer;
  return resultStatus === undefined
    ? text('answer-without-status', { expected })
    : text('answer-other-status', { status: resultStatus, expected });
}

function resultStatusOf(body: string): string | undefined {
  try {
    const { resultStatus } = JSON.parse(body).result;
    return typeof resultStatus === 'string' ? resultStatus : undefined;
  } catch {
    return undefined;
  }
}
