import { text } from '../texts/text.js';
import { TextError } from '../texts/text-error.js';
import type { WrittenRequest } from './written-request.js';

const requestLine = /^([A-Za-z]+)[ \t]+((?:\/|[a-z][a-z0-9+.-]*:\/\/)\S*)(?:[ \t]+HTTP\/[\d.]+)?[ \t]*$/i;
/** RFC 9110, 5.1. */
const fieldName = /^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/;

/**
 * Reads a raw HTTP request, or headers and a body alone. The first line may be missing.
 * @param written with line feeds only
 * @throws TextError with the line, or that the text is no request, if its first line is neither a request line nor a header
 */
export function readRawHttp(written: string): WrittenRequest {
  const lines = written.split('\n');
  const [, method = 'POST', target] = requestLine.exec(lines[0] ?? '') ?? [];
  const headers: Record<string, string> = {};
  let at = target === undefined ? 0 : 1;
  for (; at < lines.length && lines[at]?.trim() !== ''; at++) {
    const line = lines[at] as string;
    const colon = line.indexOf(':');
    const name = line.slice(0, Math.max(colon, 0)).trim();
    if (fieldName.test(name)) {
      headers[name] = line.slice(colon + 1).trim();
      continue;
    }
    // A copy without the blank line: the body begins at once.
    const startsBody = at > 0 && /^[{[]/.test(line.trimStart());
    if (at === 0) throw new TextError(text('request-form-unknown'));
    if (!startsBody) throw new TextError(text('header-line-wrong', { line: at + 1, found: line.slice(0, 80) }));
    at--;
    break;
  }
  const body = lines.slice(at + 1).join('\n');
  return { method: method.toUpperCase(), ...(target !== undefined && { target }), headers, body: withItsLength(body, headers) };
}

/** Line ends change if a text is copied. Content-Length tells the ends that the body had. */
function withItsLength(body: string, headers: Readonly<Record<string, string>>): string {
  const [, given] = Object.entries(headers).find(([name]) => name.toLowerCase() === 'content-length') ?? [];
  const length = Number(given);
  const forms = [body, `${body}\n`, body.replaceAll('\n', '\r\n'), `${body.replaceAll('\n', '\r\n')}\r\n`];
  return forms.find((form) => Buffer.byteLength(form) === length) ?? body;
}
