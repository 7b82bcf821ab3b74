import type { Header } from '../recordings/exchange.js';

/** Headers that belong to one connection (RFC 9110, 7.6.1). The next connection has its own. */
const hopByHop = new Set([
  'connection',
  'keep-alive',
  'proxy-authenticate',
  'proxy-authorization',
  'proxy-connection',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
]);

/** The headers that are sent on: all but those of the connection, and those that the header Connection names. */
export function endToEndHeaders(headers: readonly Header[]): Header[] {
  const named = headers
    .filter(([name]) => name.toLowerCase() === 'connection')
    .flatMap(([, value]) => value.toLowerCase().split(','));
  const dropped = new Set([...hopByHop, ...named.map((name) => name.trim())]);
  return headers.filter(([name]) => !dropped.has(name.toLowerCase()));
}

/** The headers of a list of names and values in turn, as Node gives them. */
export function headersOf(rawHeaders: readonly string[]): Header[] {
  const headers: Header[] = [];
  for (let at = 0; at + 1 < rawHeaders.length; at += 2) headers.push([rawHeaders[at] as string, rawHeaders[at + 1] as string]);
  return headers;
}
