import { STATUS_CODES } from 'node:http';
import Type, { type Static } from 'typebox';
import { OptionalText } from '../schemas/common.js';
import type { PresentedEntry, PresentedMessage } from './entry.js';

const NameAndValue = Type.Object({ name: Type.String(), value: Type.String() });
const Message = {
  httpVersion: Type.String(),
  cookies: Type.Array(Type.Unknown()),
  headers: Type.Array(NameAndValue),
  headersSize: Type.Integer(),
  bodySize: Type.Integer(),
};
const HarEntry = Type.Object({
  startedDateTime: Type.String(),
  time: Type.Number({ description: 'milliseconds' }),
  request: Type.Object({
    method: Type.String(),
    url: Type.String(),
    queryString: Type.Array(NameAndValue),
    postData: Type.Optional(Type.Object({ mimeType: Type.String(), text: Type.String() })),
    ...Message,
  }),
  response: Type.Object({
    status: Type.Integer(),
    statusText: Type.String(),
    content: Type.Object({ size: Type.Integer(), mimeType: Type.String(), text: Type.String() }),
    redirectURL: Type.String(),
    ...Message,
  }),
  cache: Type.Object({}),
  timings: Type.Object({ send: Type.Number(), wait: Type.Number(), receive: Type.Number() }),
  comment: Type.String({ description: 'why it ended as it did, in a sentence' }),
  _id: Type.String({ description: 'the id of the journal entry' }),
  _kind: Type.String(),
  _operation: OptionalText,
  _resultCode: OptionalText,
  _scenario: OptionalText,
  _traceparent: OptionalText,
  _findings: Type.Array(Type.String()),
});
type HarEntry = Static<typeof HarEntry>;

export const Har = Type.Object(
  {
    log: Type.Object({
      version: Type.Literal('1.2'),
      creator: Type.Object({ name: Type.String(), version: Type.String() }),
      entries: Type.Array(HarEntry),
    }),
  },
  { description: 'HAR 1.2, oldest entry first. Fields that begin with _ are billetera’s own' },
);
export type Har = Static<typeof Har>;

/**
 * Journal entries as HAR 1.2 (http://www.softwareishard.com/blog/har-12-spec/).
 * @param entries newest first
 * @param origin what the entries' paths follow, such as `http://127.0.0.1:4010`
 * @param version of the emulator
 */
export function harOf(entries: readonly PresentedEntry[], origin: string, version: string): Har {
  return {
    log: {
      version: '1.2',
      creator: { name: 'billetera', version },
      entries: entries.map((entry) => harEntry(entry, origin)).reverse(),
    },
  };
}

function harEntry(entry: PresentedEntry, origin: string): HarEntry {
  const { id, kind, at, operation, method, path, status, resultCode, reason, durationMs, scenario, findings, traceparent } =
    entry;
  const { request, response } = entry;
  const url = urlOf(path, origin);
  return {
    startedDateTime: at,
    time: durationMs,
    request: {
      method,
      url: url.href,
      queryString: Array.from(url.searchParams, ([name, value]) => ({ name, value })),
      ...(request.body !== '' && { postData: { mimeType: headerOf(request, 'content-type'), text: request.body } }),
      ...messageOf(request),
    },
    response: {
      status,
      statusText: STATUS_CODES[status] ?? '',
      content: {
        size: Buffer.byteLength(response.body),
        mimeType: headerOf(response, 'content-type'),
        text: response.body,
      },
      redirectURL: headerOf(response, 'location'),
      ...messageOf(response),
    },
    cache: {},
    timings: { send: 0, wait: durationMs, receive: 0 },
    comment: reason,
    _id: id,
    _kind: kind,
    ...(operation !== undefined && { _operation: operation }),
    ...(resultCode !== undefined && { _resultCode: resultCode }),
    ...(scenario !== undefined && { _scenario: scenario }),
    ...(traceparent !== undefined && { _traceparent: traceparent }),
    _findings: findings,
  };
}

/** The address of an entry. A notification has a whole one; the others have a path, which can be anything that a caller sends. */
function urlOf(path: string, origin: string): URL {
  if (/^https?:\/\//.test(path) && URL.canParse(path)) return new URL(path);
  const escaped = path.replace(/%(?![0-9A-Fa-f]{2})/g, '%25');
  const address = `${origin}${escaped.startsWith('/') ? '' : '/'}${escaped}`;
  return new URL(URL.canParse(address) ? address : origin);
}

function messageOf({ headers, body }: PresentedMessage) {
  return {
    httpVersion: 'HTTP/1.1',
    cookies: [],
    headers: Object.entries(headers).flatMap(([name, value]) =>
      [value].flat().flatMap((one) => (one === undefined ? [] : [{ name, value: String(one) }])),
    ),
    headersSize: -1,
    bodySize: Buffer.byteLength(body),
  };
}

function headerOf({ headers }: PresentedMessage, name: string): string {
  const found = Object.entries(headers).find(([known]) => known.toLowerCase() === name);
  return String(found?.[1] ?? '');
}
