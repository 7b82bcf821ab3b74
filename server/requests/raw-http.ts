import { headerOf } from '../recordings/exchange.js';
import { readHeaderLines, requestLine, withItsLength } from '../recordings/raw-head.js';
import { text } from '../texts/text.js';
import { TextError } from '../texts/text-error.js';
import type { WrittenRequest } from './written-request.js';

/**
 * Reads a raw HTTP request, or headers and a body alone. The first line may be missing.
 * @param written with line feeds only
 * @throws TextError with the line, or that the text is no request, if its first line is neither a request line nor a header
 */
export function readRawHttp(written: string): WrittenRequest {
  const lines = written.split('\n');
  const [, method = 'POST', target] = requestLine.exec(lines[0] ?? '') ?? [];
  const { headers, end } = readHeaderLines(lines, target === undefined ? 0 : 1);
  const body = lines.slice(bodyStart(lines, end)).join('\n');
  return {
    method: method.toUpperCase(),
    ...(target !== undefined && { target }),
    headers: Object.fromEntries(headers),
    body: withItsLength(body, headerOf(headers, 'content-length')) ?? body,
  };
}

/** The line after the blank line. In a copy without the blank line, the body begins at once. @param end of the headers */
function bodyStart(lines: readonly string[], end: number): number {
  const line = lines[end] ?? '';
  if (line.trim() === '') return end + 1;
  if (end === 0) throw new TextError(text('request-form-unknown'));
  if (!/^[{[]/.test(line.trimStart()))
    throw new TextError(text('header-line-wrong', { line: end + 1, found: line.slice(0, 80) }));
  return end;
}
