import type { FastifyReply, FastifyRequest } from 'fastify';
import type { RawAnswer, RawRequest } from '../http/forwarder.js';
import { decodeBody } from '../recordings/decode-body.js';
import type { Exchange, Header } from '../recordings/exchange.js';
import type { IncomingCall } from './incoming-call.js';

/** Headers that are for the emulator. Nobody else gets them. */
const ownHeaders = /^x-emulator-/i;

/** The request of a call as it came, with the path as the wallet knows it. */
export function rawRequest({ raw }: FastifyRequest, { method, body }: IncomingCall): RawRequest {
  const { path, query } = raw.address;
  const headers: Header[] = [];
  for (let at = 0; at < raw.rawHeaders.length; at += 2) {
    const [name = '', value = ''] = raw.rawHeaders.slice(at, at + 2);
    if (!ownHeaders.test(name)) headers.push([name, value]);
  }
  return { method, target: path + query, headers, body };
}

/** An exchange to keep. @param answer undefined if there was none */
export function exchangeOf(
  { at, durationMs, url, notification }: Pick<Exchange, 'at' | 'durationMs' | 'notification'> & { url: string },
  { method, headers, body }: RawRequest,
  answer: RawAnswer | undefined,
): Exchange {
  return {
    at,
    durationMs,
    request: { method, url, headers: [...headers], body: decodeBody(headers, body) },
    response: answer && { status: answer.status, headers: answer.headers, body: decodeBody(answer.headers, answer.body) },
    notification,
  };
}

/** Sends an answer as it came. Fastify would change the names of headers. @param more further headers */
export function sendRaw(
  reply: FastifyReply,
  { status, statusText, headers, body }: RawAnswer,
  more: Record<string, string> = {},
): FastifyReply {
  reply.hijack();
  const { raw } = reply;
  // The Date of the answer is passed on, or none.
  raw.sendDate = false;
  raw.writeHead(status, statusText, [...headers, ...Object.entries(more)].flat());
  raw.end(body);
  return reply;
}

/** Headers for the journal: names in their case, and a list for a repeated one. */
export function headerObject(headers: readonly Header[]): Record<string, string | string[]> {
  const object: Record<string, string | string[]> = {};
  for (const [name, value] of headers) {
    const earlier = Object.hasOwn(object, name) ? object[name] : undefined;
    object[name] = earlier === undefined ? value : [earlier, value].flat();
  }
  return object;
}

/** The codes and tokens in a body. The emulator did not issue them, so only the names of their fields tell. */
export function credentialsIn(body: Buffer): string[] {
  const found: string[] = [];
  const collect = (name: string, value: unknown) => {
    if (typeof value === 'string' && value.length >= 8 && /(?:token|authcode)$/i.test(name)) found.push(value);
    return value;
  };
  try {
    JSON.parse(body.toString(), collect);
  } catch {
    // A body that is no JSON has no fields.
  }
  return found;
}
