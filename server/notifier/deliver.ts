import type { KeyObject } from 'node:crypto';
import { formatTime } from '../clock/time.js';
import { decodeSignature, encodeSignature } from '../signing/encodings.js';
import { signContent, verifyContent } from '../signing/rsa.js';
import { formatSignatureHeader, parseSignatureHeader } from '../signing/signature-header.js';
import type { Tenant } from '../tenants/tenant.js';
import type { Notification } from './notification.js';

/** How a try ended. */
export interface Delivery {
  accepted: boolean;
  /** Why, in a sentence. */
  reason: string;
  status: number;
  request: Record<string, string>;
  response: { headers: Record<string, string>; body: string };
  /** Whether the answer's signature verified; null where there was none to look at. */
  verified: boolean | null;
}

/** How long a merchant may take, in milliseconds of the machine's time. */
const patience = 10_000;
/** How much of an answer is read, in bytes. */
const longestAnswer = 64 * 1024;

/**
 * Sends a notification once, signed as a request is, and looks whether the merchant's signed answer says S. It follows no redirect,
 * waits ten seconds and reads 64 KiB at the most, and never rejects.
 * @param stop ends it before its time
 */
export async function deliver(
  tenant: Tenant,
  notification: Notification,
  privateKey: KeyObject,
  stop: AbortSignal,
): Promise<Delivery> {
  const { profile, clock } = tenant;
  const { source } = profile;
  const path = new URL(notification.url).pathname;
  const body = Buffer.from(notification.body);
  const time = source.headers.time === 'epoch-ms' ? String(clock.now()) : formatTime(clock.now(), source.timeOffset);
  const parts = { method: 'POST', path, clientId: notification.clientId, time, requestId: '' };
  const signature = encodeSignature(await signContent(profile.signedRequest(parts, body), privateKey), source.signature.encoding);
  const request = {
    'content-type': 'application/json; charset=UTF-8',
    'client-id': notification.clientId,
    'request-time': time,
    signature: formatSignatureHeader(source.signature.algorithm, signature),
  };
  const failed = (reason: string, status = 0): Delivery => ({
    accepted: false,
    reason,
    status,
    request,
    response: { headers: {}, body: '' },
    verified: null,
  });
  try {
    const response = await fetch(notification.url, {
      method: 'POST',
      headers: request,
      body,
      redirect: 'manual',
      signal: AbortSignal.any([stop, AbortSignal.timeout(patience)]),
    });
    const answer = await readAnswer(response);
    if (answer === undefined) return failed(`the merchant's answer is longer than ${longestAnswer / 1024} KiB`, response.status);
    const headers = Object.fromEntries(response.headers);
    const verified = await verifyAnswer(tenant, notification, path, headers, answer);
    return {
      ...judge(tenant, notification, response.status, answer.toString(), verified),
      status: response.status,
      request,
      response: { headers, body: answer.toString() },
      verified,
    };
  } catch (error) {
    const { name, message, cause } = error as Error & { cause?: Error };
    return failed(
      name === 'TimeoutError'
        ? `the merchant did not answer within ${patience / 1000} s`
        : `the merchant could not be reached: ${cause?.message ?? message}`,
    );
  }
}

async function readAnswer(response: Response): Promise<Buffer | undefined> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of response.body ?? []) {
    length += chunk.length;
    if (length > longestAnswer) return undefined;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

async function verifyAnswer(
  tenant: Tenant,
  { clientId }: Notification,
  path: string,
  headers: Record<string, string>,
  answer: Buffer,
): Promise<boolean | null> {
  const publicKey = tenant.clients.get(clientId)?.publicKey;
  if (publicKey === undefined || headers.signature === undefined) return null;
  const parsed = parseSignatureHeader(headers.signature, tenant.profile.source.signature.algorithm);
  const bytes = 'signature' in parsed ? decodeSignature(parsed.signature) : undefined;
  const parts = { method: 'POST', path, clientId, time: headers['response-time'] ?? '', requestId: '' };
  return bytes !== undefined && verifyContent(tenant.profile.signedResponse(parts, answer), bytes, publicKey);
}

function judge(
  tenant: Tenant,
  { clientId }: Notification,
  status: number,
  answer: string,
  verified: boolean | null,
): { accepted: boolean; reason: string } {
  if (status !== 200) return { accepted: false, reason: `the merchant answered HTTP ${status}: expected 200` };
  if (verified !== true && tenant.clients.get(clientId)?.signature === 'required') {
    return {
      accepted: false,
      reason: `the merchant's answer ${verified === null ? 'is not signed' : 'has a signature that does not verify'}: sign it with its Response-Time`,
    };
  }
  const resultStatus = statusIn(answer);
  if (resultStatus === 'S') return { accepted: true, reason: 'the merchant took it' };
  return {
    accepted: false,
    reason: `the merchant's answer ${resultStatus === undefined ? 'has no result.resultStatus' : `says ${resultStatus}`}: expected { "result": { "resultStatus": "S", … } }`,
  };
}

function statusIn(answer: string): string | undefined {
  try {
    const { resultStatus } = JSON.parse(answer).result;
    return typeof resultStatus === 'string' ? resultStatus : undefined;
  } catch {
    return undefined;
  }
}
