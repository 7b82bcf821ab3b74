import { isIPv6 } from 'node:net';

/**
 * Reads an allowed host: a name or an address, with or without a port, or a URL without a path (`https://wallet.test:5308`).
 * @returns the host as `isOurs` compares it: in lower case, without a port
 * @throws Error that says what was expected
 */
export function readAllowedHost(text: string): string {
  if (text.includes('*'))
    throw new Error(`expected a whole host name, such as wallet.test, because "*" has no meaning here, got ${text}`);
  const url = /^https?:\/\//i.test(text) ? text : `http://${isIPv6(text) ? `[${text}]` : text}`;
  const { host = '', hostname = '', origin } = URL.canParse(url) ? new URL(url) : { origin: undefined };
  const isOnlyHost = origin !== undefined && new URL(url).href === `${origin}/`;
  if (!isOnlyHost || host === '') throw new Error(`expected a host name, such as wallet.test, got ${text}`);
  return hostname.replace(/^\[|\]$/g, '');
}
