import { STATUS_CODES } from 'node:http';
import Type, { type Static } from 'typebox';
import { type Header, headerOf } from './exchange.js';

const NameAndValue = Type.Object({ name: Type.String(), value: Type.String() });
const Message = {
  httpVersion: Type.String(),
  cookies: Type.Array(Type.Unknown()),
  headers: Type.Array(NameAndValue),
  headersSize: Type.Integer(),
  bodySize: Type.Integer(),
};
const base64 = Type.Optional(
  Type.Literal('base64', { description: 'the text is the bytes in Base64, because they are not UTF-8' }),
);

/** An entry of HAR 1.2 (http://www.softwareishard.com/blog/har-12-spec/), without fields of billetera's own. */
export const HarCall = Type.Object({
  startedDateTime: Type.String(),
  time: Type.Number({ description: 'milliseconds' }),
  request: Type.Object({
    method: Type.String(),
    url: Type.String(),
    queryString: Type.Array(NameAndValue),
    postData: Type.Optional(Type.Object({ mimeType: Type.String(), text: Type.String(), encoding: base64 })),
    ...Message,
  }),
  response: Type.Object({
    status: Type.Integer({ description: '0: there was no answer' }),
    statusText: Type.String(),
    content: Type.Object({ size: Type.Integer(), mimeType: Type.String(), text: Type.String(), encoding: base64 }),
    redirectURL: Type.String(),
    ...Message,
  }),
  cache: Type.Object({}),
  timings: Type.Object({ send: Type.Number(), wait: Type.Number(), receive: Type.Number() }),
});
export type HarCall = Static<typeof HarCall>;

interface WrittenMessage {
  headers: readonly Header[];
  body: string | Buffer;
}

/** A call to write as an entry. `at` is an ISO 8601 time. */
export interface CallToWrite {
  at: string;
  durationMs: number;
  request: WrittenMessage & { method: string; url: string };
  response: (WrittenMessage & { status: number }) | undefined;
}

/** Writes a call as an entry. */
export function harCall({ at, durationMs, request, response = noAnswer }: CallToWrite): HarCall {
  const { method, url } = request;
  const queryString = Array.from(new URL(url).searchParams, ([name, value]) => ({ name, value }));
  const isEmpty = request.body.length === 0;
  return {
    startedDateTime: at,
    time: durationMs,
    request: {
      method,
      url,
      queryString,
      ...(!isEmpty && { postData: { mimeType: typeOf(request), ...textOf(request.body) } }),
      ...messageOf(request),
    },
    response: {
      status: response.status,
      statusText: STATUS_CODES[response.status] ?? '',
      content: { size: Buffer.byteLength(response.body), mimeType: typeOf(response), ...textOf(response.body) },
      redirectURL: headerOf(response.headers, 'location') ?? '',
      ...messageOf(response),
    },
    cache: {},
    timings: { send: 0, wait: durationMs, receive: 0 },
  };
}

const noAnswer = { status: 0, headers: [], body: '' } as const;

function typeOf({ headers }: WrittenMessage): string {
  return headerOf(headers, 'content-type') ?? '';
}

function textOf(body: string | Buffer): { text: string; encoding?: 'base64' } {
  if (typeof body === 'string') return { text: body };
  const text = body.toString();
  return Buffer.from(text).equals(body) ? { text } : { text: body.toString('base64'), encoding: 'base64' };
}

function messageOf({ headers, body }: WrittenMessage) {
  return {
    httpVersion: 'HTTP/1.1',
    cookies: [],
    headers: headers.map(([name, value]) => ({ name, value })),
    headersSize: -1,
    bodySize: Buffer.byteLength(body),
  };
}
