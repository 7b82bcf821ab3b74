import Type, { type Static } from 'typebox';
import { parseJson } from '../files/parse-json.js';
import { findProblem } from '../schemas/problem.js';
import { text } from '../texts/text.js';
import { TextError, textOf } from '../texts/text-error.js';
import { decodeBody } from './decode-body.js';
import { type Exchange, type ExchangeResponse, headerOf } from './exchange.js';
import { type HarEntry, harEntries, harHeaders, harRequestBody, harText } from './har-entries.js';

const Finding = Type.Object({
  verified: Type.Union([Type.Boolean(), Type.Null()]),
  encoding: Type.Optional(Type.String()),
  algorithm: Type.Optional(Type.String()),
  content: Type.Optional(Type.String()),
});

/** The recorder's additions to an entry, in its field `_billetera`. */
export const RecordedFacts = Type.Object({
  notification: Type.Optional(Type.Boolean({ description: 'true: the platform called the merchant' })),
  masked: Type.Optional(Type.Boolean({ description: 'true: values were replaced by others of the same form' })),
  signatures: Type.Optional(Type.Object({ request: Finding, response: Finding })),
});
export type RecordedFacts = Static<typeof RecordedFacts>;

/**
 * Reads the calls of a HAR file: the recorder's own, or that of a browser, mitmproxy or Charles. Entries that are no HTTP calls, such as
 * `data:` addresses, are left out.
 * @param written the file's content
 * @returns the calls, in the order in which they were sent
 * @throws TextError if it is not HAR, or has no calls
 */
export function readHar(written: string): Exchange[] {
  const entries = harEntries(parse(written));
  if (entries === undefined) throw new TextError(text('har-without-entries'));
  const exchanges = entries.filter(({ request }) => isHttp(request.url)).map(exchangeOf);
  if (exchanges.length === 0) throw new TextError(text('recording-empty'));
  // Some tools list the calls in the order of their ends.
  const areTimesKnown = exchanges.every(({ at }) => at > 0);
  return areTimesKnown ? exchanges.sort((one, other) => one.at - other.at) : exchanges;
}

function parse(written: string): unknown {
  try {
    return parseJson(written);
  } catch (error) {
    throw new TextError(text('har-not-json', { problem: textOf(error) }), { cause: error });
  }
}

function isHttp(url: string): boolean {
  return URL.canParse(url) && /^https?:$/.test(new URL(url).protocol);
}

function exchangeOf({ startedDateTime, time, request, response: answer, _billetera }: HarEntry): Exchange {
  const { method, url } = request;
  const headers = harHeaders(request.headers);
  const response = responseOf(answer);
  const facts = findProblem(RecordedFacts, _billetera) === undefined ? (_billetera as RecordedFacts) : {};
  return {
    at: startOf(startedDateTime, response),
    durationMs: typeof time === 'number' && time > 0 ? time : 0,
    request: { method, url, headers, body: decodeBody(headers, harRequestBody(request.postData)) },
    response,
    notification: facts.notification ?? false,
    ...(facts.masked && { isMasked: true }),
    ...(facts.signatures && { signatures: facts.signatures }),
  };
}

/** Browsers write the status 0 if there was no answer. */
function responseOf(response: unknown): ExchangeResponse | undefined {
  const { status, headers: written, content } = Object(response);
  if (!Number.isInteger(status) || status < 100) return undefined;
  const headers = harHeaders(written);
  return { status, headers, body: decodeBody(headers, harText(content)) };
}

function startOf(startedDateTime: unknown, response: ExchangeResponse | undefined): number {
  const written = typeof startedDateTime === 'string' ? Date.parse(startedDateTime) : Number.NaN;
  return Number.isNaN(written) ? dateOf(response) : written;
}

/** The time in the header Date of an answer, in milliseconds since the epoch; 0 if it has none. */
export function dateOf(response: ExchangeResponse | undefined): number {
  const date = Date.parse(headerOf(response?.headers ?? [], 'date') ?? '');
  return Number.isNaN(date) ? 0 : date;
}
