import { parseJson } from '../files/parse-json.js';
import { type HarEntry, harEntries, harHeaders, harRequestBody } from '../recordings/har-entries.js';
import { text } from '../texts/text.js';
import { TextError, textOf } from '../texts/text-error.js';
import type { WrittenRequest } from './written-request.js';

/** Each request is verified, and a wrong signature takes milliseconds. */
const maxRequests = 200;

/** Reads the requests of a HAR file that have a Signature header. One entry alone is taken too. @throws TextError */
export function readHar(written: string): readonly WrittenRequest[] {
  const entries = harEntries(parse(written));
  if (entries === undefined) throw new TextError(text('request-json-not-har'));
  const requests = entries.map(requestOf).filter(({ headers }) => Object.keys(headers).some((name) => /^signature$/i.test(name)));
  if (requests.length === 0) throw new TextError(text('har-without-signature', { count: entries.length }));
  if (requests.length > maxRequests) throw new TextError(text('har-too-long', { count: requests.length, max: maxRequests }));
  return requests;
}

function parse(written: string): unknown {
  try {
    return parseJson(written);
  } catch (error) {
    throw new TextError(text('request-json-broken', { problem: textOf(error) }));
  }
}

function requestOf({ request: { method, url, headers, postData } }: HarEntry): WrittenRequest {
  return {
    method,
    target: url,
    headers: Object.fromEntries(harHeaders(headers)),
    body: harRequestBody(postData).toString(),
  };
}
