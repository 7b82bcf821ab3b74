import { text } from '../texts/text.js';
import { TextError } from '../texts/text-error.js';
import { readCurl } from './curl.js';
import { readHar } from './har.js';
import { readRawHttp } from './raw-http.js';
import type { WrittenRequest } from './written-request.js';

/**
 * Reads requests from a text: a curl command, a raw HTTP request, headers with a body, or a HAR file.
 * @returns one or more
 * @throws TextError with the line, if the text has another form, or if it needs something that it does not contain, such as a file
 */
export function readRequests(written: string): readonly WrittenRequest[] {
  const trimmed = written
    .replace(/^\ufeff/, '')
    .replaceAll('\r\n', '\n')
    .trim();
  if (trimmed === '') throw new TextError(text('request-empty'));
  if (trimmed.startsWith('{')) return readHar(trimmed);
  if (/^(#.*\n|\s)*(\$\s+)?curl(\.exe)?\s/.test(trimmed)) return [readCurl(trimmed)];
  return [readRawHttp(trimmed)];
}
