import { isUtf8 } from 'node:buffer';
import { parseTime } from '../clock/time.js';
import { type Refusal, refuse } from '../engine/outcomes.js';
import { type CallFindings, header, type IncomingCall } from './call.js';

/** More than this between Request-Time and the clock is worth a finding (milliseconds). */
const timeTolerance = 5 * 60 * 1000;
const jsonMediaType = /^application\/([\w.-]+\+)?json\s*(;|,|$)/i;

/** Path, method, media type, Client-Id and time: what is checked before the signature. */
export function checkEnvelope(call: IncomingCall, found: CallFindings): Refusal | undefined {
  const { tenant } = call;
  const operation = tenant.profile.operations.get(call.path);
  if (operation === undefined) return refuse('path-unknown', unknownPathText(call));
  found.operation = operation;
  if (call.method !== 'POST') return refuse('method-not-supported', `${call.method} ${call.path}: expected POST`);
  if (!jsonMediaType.test(call.mediaType ?? '')) {
    const got = call.mediaType ? `is ${call.mediaType.slice(0, 80)}` : 'is missing';
    return refuse('media-type-not-acceptable', `the header Content-Type ${got}: expected application/json; charset=UTF-8`);
  }
  if (call.tenantProblem !== undefined) return refuse('parameter-illegal', call.tenantProblem);
  return checkClient(call, found) ?? checkHeaders(call, found);
}

function checkClient(call: IncomingCall, found: CallFindings): Refusal | undefined {
  const clientId = header(call, 'client-id');
  if (clientId === '') return refuse('client-unknown', 'the header Client-Id is missing: send the id of your client');
  const client = call.tenant.clients.get(clientId);
  if (client === undefined) {
    return refuse(
      'client-unknown',
      `there is no client ${clientId.slice(0, 80)} here: add it to clients.json, or by POST /_emulator/clients`,
    );
  }
  found.client = client;
  return undefined;
}

function checkHeaders(call: IncomingCall, found: CallFindings): Refusal | undefined {
  for (const name of call.tenant.profile.source.headers.required) {
    if (header(call, name.toLowerCase()) === '') return refuse('parameter-illegal', `the header ${name} is missing`);
  }
  const text = header(call, 'request-time');
  if (text === '') {
    if (found.client?.signature !== 'required') return undefined;
    return refuse(
      'parameter-illegal',
      'the header Request-Time is missing: send the time of the call, such as 2019-05-28T12:12:12+08:00',
    );
  }
  const time = parseTime(text);
  if (time === undefined) {
    return refuse(
      'parameter-illegal',
      `the header Request-Time is "${text.slice(0, 40)}": expected ISO 8601 with an offset, such as 2019-05-28T12:12:12+08:00, or milliseconds since the epoch`,
    );
  }
  if (Math.abs(time.at - call.tenant.clock.now()) > timeTolerance) found.findings.add('request-time-off');
  return undefined;
}

function unknownPathText({ tenant, path }: IncomingCall): string {
  const { operations, name, prefixes } = tenant.profile;
  const whole = prefixes.map((prefix) => prefix + path).find((candidate) => operations.has(candidate));
  const without =
    whole !== undefined ? `: with its prefix it is ${whole}` : `; it has ${[...operations.keys()].slice(0, 8).join(', ')}`;
  return `the wallet ${name} has no operation at ${path.slice(0, 120)}${without}`;
}

/** A body's text, without the byte order mark that some clients write. */
export function textOf(body: Buffer): string {
  return body.toString().replace(/^\ufeff/, '');
}

/** The body as a JSON object, once its signature is known. */
export function readBody({ body, unreadable }: IncomingCall): { body: Record<string, unknown> } | { refusal: Refusal } {
  const illegal = (message: string) => ({ refusal: refuse('parameter-illegal', message) });
  if (unreadable !== undefined) return illegal(unreadable);
  if (body.length === 0) return illegal('the body is empty: expected a JSON object');
  if (!isUtf8(body)) return illegal('the body is not UTF-8: expected JSON in UTF-8');
  try {
    const value: unknown = JSON.parse(textOf(body));
    if (typeof value !== 'object' || value === null || Array.isArray(value))
      return illegal(`the body is ${Array.isArray(value) ? 'a list' : `a ${typeof value}`}: expected a JSON object`);
    return { body: value as Record<string, unknown> };
  } catch (error) {
    return illegal(`the body is not JSON: ${(error as Error).message.slice(0, 120)}`);
  }
}
