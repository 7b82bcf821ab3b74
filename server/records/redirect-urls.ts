/** A browser does not follow a redirect to these, or it would run a script. */
const unsafeSchemes = new Set(['javascript:', 'vbscript:', 'data:', 'blob:', 'file:', 'about:']);

/** Returns true if a user can be sent to an address: an absolute one on the web, or one that opens an app (`shop://paid`). */
export function isRedirectUrl(url: string): boolean {
  return URL.canParse(url) && !unsafeSchemes.has(new URL(url).protocol);
}

/** Returns true if text can be an entry of `redirectUrls`: an address, or a prefix of addresses that ends in `*`. */
export function isRedirectUrlEntry(entry: string): boolean {
  const star = entry.indexOf('*');
  if (star < 0) return isRedirectUrl(entry);
  return star === entry.length - 1 && /^[a-z][a-z0-9+.-]*:/i.test(entry) && !unsafeSchemes.has(schemeOf(entry));
}

/**
 * True if a client's `redirectUrls` allow an address. Without a list, they allow any. An entry that ends in `*` is a prefix. The query
 * of the address is compared only if the entry has one.
 *
 * @param url an address for which `isRedirectUrl` is true
 */
export function allowsRedirect(redirectUrls: readonly string[] | undefined, url: string): boolean {
  return redirectUrls === undefined || redirectUrls.some((entry) => matches(entry, url));
}

/** Returns the address for a user if the merchant names none: the first entry that is an address and not a prefix. */
export function defaultRedirect(redirectUrls: readonly string[] | undefined): string | undefined {
  return redirectUrls?.find((entry) => !entry.endsWith('*'));
}

function matches(entry: string, url: string): boolean {
  const address = new URL(url);
  address.hash = '';
  if (!entry.includes('?')) address.search = '';
  return entry.endsWith('*') ? address.href.startsWith(prefixOf(entry)) : address.href === new URL(entry).href;
}

/** The beginning of the address, in the form of `URL.href`. A prefix that ends inside of the host or port stays as it is. */
function prefixOf(entry: string): string {
  const prefix = entry.slice(0, -1);
  const hasPath = /^[a-z][a-z0-9+.-]*:\/\/[^/]+\//i.test(prefix);
  return hasPath && URL.canParse(prefix) ? new URL(prefix).href : prefix;
}

function schemeOf(entry: string): string {
  return entry.slice(0, entry.indexOf(':') + 1).toLowerCase();
}
