import type { Header } from './exchange.js';

/** The first line of a request: `POST /v2/… HTTP/1.1`. The version may be missing. */
export const requestLine = /^([A-Za-z]+)[ \t]+((?:\/|[a-z][a-z0-9+.-]*:\/\/)\S*)(?:[ \t]+HTTP\/[\d.]+)?[ \t]*$/i;
/** RFC 9110, 5.1. */
const fieldName = /^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/;

/**
 * Reads headers, one in each line.
 * @param from the index of the first header's line
 * @returns the headers, and the index of the first line that is no header: a blank one, a wrong one, or the end
 */
export function readHeaderLines(lines: readonly string[], from: number): { headers: Header[]; end: number } {
  const headers: Header[] = [];
  for (let at = from; at < lines.length; at++) {
    const line = lines[at] as string;
    const colon = line.indexOf(':');
    const name = line.slice(0, Math.max(colon, 0)).trim();
    if (!fieldName.test(name)) return { headers, end: at };
    headers.push([name, line.slice(colon + 1).trim()]);
  }
  return { headers, end: lines.length };
}

/**
 * Undoes changes of line ends, which happen if a text is copied: Content-Length tells the ends that the body had.
 * @param body with line feeds only
 * @param contentLength the value of the header
 * @param encoding of the body
 */
export function withItsLength(
  body: string,
  contentLength: string | undefined,
  encoding: 'utf8' | 'latin1' = 'utf8',
): string | undefined {
  const length = Number(contentLength);
  const forms = [body, `${body}\n`, body.replaceAll('\n', '\r\n'), `${body.replaceAll('\n', '\r\n')}\r\n`];
  return forms.find((form) => Buffer.byteLength(form, encoding) === length);
}
