import { text } from '../texts/text.js';
import { TextError } from '../texts/text-error.js';
import { decodeBody } from './decode-body.js';
import { type Exchange, type ExchangeResponse, type Header, headerOf } from './exchange.js';
import { readHeaderLines, requestLine, withItsLength } from './raw-head.js';
import { dateOf } from './read-har.js';

/** A line that separates exchanges in one file, as editors' HTTP clients have it. */
const separator = /^###.*$/m;
const statusLine = /^HTTP\/\d(?:\.\d)? (\d{3})/;
const anyStatusLine = /^HTTP\/\d(?:\.\d)? \d{3}/m;

/**
 * Reads raw exchanges: a request, a blank line and its body, then the answer from `HTTP/1.1 200 OK` on. A line that begins with `###`
 * separates two exchanges.
 * @param bytes of the file
 * @throws TextError that says what was expected
 */
export function readHttpFile(bytes: Buffer): Exchange[] {
  const written = bytes.toString('latin1').replace(/^\xef\xbb\xbf/, '');
  const exchanges: Exchange[] = [];
  let line = 0;
  for (const section of written.split(separator)) {
    if (section.trim() !== '') exchanges.push(readExchange(section, line));
    line += section.split('\n').length - 1;
  }
  if (exchanges.length === 0) throw new TextError(text('recording-empty'));
  return exchanges;
}

/** @param before the number of lines before the section */
function readExchange(section: string, before: number): Exchange {
  const lineAt = (index: number) => before + section.slice(0, index).split('\n').length;
  const start = requestStart(section);
  const { first, headers, bodyAt } = readHead(section, start, lineAt);
  const [, method = '', target] = requestLine.exec(first) ?? [];
  if (target === undefined) throw new TextError(text('exchange-without-request', { found: first.slice(0, 80) }));
  const answerAt = bodyAt + answerStart(section.slice(bodyAt), headerOf(headers, 'content-length'));
  const body = bodyOf(section.slice(bodyAt, answerAt), headers);
  const response = answerAt < section.length ? readAnswer(section, answerAt, lineAt) : undefined;
  return {
    at: dateOf(response),
    durationMs: 0,
    request: { method: method.toUpperCase(), url: urlOf(target, headers), headers, body },
    response,
    notification: false,
  };
}

/** Skips blank lines and comments before the request line. */
function requestStart(section: string): number {
  let at = 0;
  for (const line of section.split('\n')) {
    if (line.trim() !== '' && !/^(#|\/\/)/.test(line)) break;
    at += line.length + 1;
  }
  return at;
}

function readAnswer(section: string, start: number, lineAt: (index: number) => number): ExchangeResponse {
  const { first, headers, bodyAt } = readHead(section, start, lineAt);
  const [, status] = statusLine.exec(first) ?? [];
  return { status: Number(status), headers, body: bodyOf(section.slice(bodyAt), headers) };
}

interface Head {
  /** The first line. */
  first: string;
  headers: Header[];
  /** The index after the blank line. */
  bodyAt: number;
}

/** Reads the first line and the headers from an index on. */
function readHead(section: string, start: number, lineAt: (index: number) => number): Head {
  const written = section.slice(start);
  const blank = /\r?\n[ \t]*\r?\n/.exec(written);
  const end = blank?.index ?? written.length;
  const lines = written.slice(0, end).trimEnd().split(/\r?\n/);
  const { headers, end: wrong } = readHeaderLines(lines, 1);
  const line = lines[wrong];
  if (line !== undefined)
    throw new TextError(text('exchange-line-wrong', { line: lineAt(start) + wrong, found: line.slice(0, 80) }));
  return { first: lines[0] ?? '', headers, bodyAt: start + end + (blank?.[0].length ?? 0) };
}

/** The index of the answer's first line. The body of the request may have such a line too, so its length counts first. */
function answerStart(rest: string, contentLength: string | undefined): number {
  const length = Number(contentLength);
  if (contentLength !== undefined && /^\s*HTTP\/\d/.test(rest.slice(length))) return rest.indexOf('HTTP/', length);
  return anyStatusLine.exec(rest)?.index ?? rest.length;
}

function urlOf(target: string, headers: readonly Header[]): string {
  const host = headerOf(headers, 'host');
  const url = target.startsWith('/') ? `https://${host}${target}` : target;
  if ((target.startsWith('/') && !host) || !URL.canParse(url)) throw new TextError(text('exchange-without-host'));
  return url;
}

/** The body in a text: its length tells which line ends belong to it. */
function bodyOf(written: string, headers: readonly Header[]): Buffer {
  const contentLength = headerOf(headers, 'content-length');
  const length = Number(contentLength);
  const exact = contentLength !== undefined && length <= written.length && written.slice(length).trim() === '';
  const plain = withoutLastLineEnds(written.replaceAll('\r\n', '\n'));
  const body = exact ? written.slice(0, length) : (withItsLength(plain, contentLength, 'latin1') ?? withoutLastLineEnds(written));
  const isChunked = /\bchunked\b/i.test(headerOf(headers, 'transfer-encoding') ?? '');
  return decodeBody(headers, Buffer.from((isChunked && joinChunks(body)) || body, 'latin1'));
}

function withoutLastLineEnds(written: string): string {
  let end = written.length;
  while (end > 0 && /[\r\n]/.test(written[end - 1] as string)) end--;
  return written.slice(0, end);
}

/** The content of a chunked body (RFC 9112, 7.1). @returns undefined if the text has no chunks: a tool may have joined them */
function joinChunks(body: string): string | undefined {
  const size = /([0-9A-Fa-f]{1,8})(?:;[^\r\n]*)?(?:\r?\n|$)/y;
  let joined = '';
  for (let at = 0; ; ) {
    size.lastIndex = at;
    const head = size.exec(body);
    if (head === null) return undefined;
    const length = Number.parseInt(head[1] as string, 16);
    if (length === 0) return joined;
    joined += body.slice(size.lastIndex, size.lastIndex + length);
    at = size.lastIndex + length;
    if (body[at] === '\r') at++;
    if (body[at] === '\n') at++;
  }
}
