import type { FastifyRequest } from 'fastify';

/** Returns true if an origin is the emulator's own. */
type IsOwnOrigin = (origin: string) => boolean;

/**
 * Returns true if a page of another origin sent the request. Browsers send Origin or Sec-Fetch-Site; other tools do not. Links are
 * allowed. No page can change Sec-Fetch-Site, and the browser knows its own address behind every proxy, so that header counts first.
 */
export function isForeignPage({ method, headers }: FastifyRequest, isOwn: IsOwnOrigin): boolean {
  const { origin, 'sec-fetch-site': site, 'sec-fetch-mode': mode } = headers;
  const reads = method === 'GET' || method === 'HEAD';
  if (reads && (mode === 'navigate' || mode === undefined)) return false;
  if (site !== undefined) return isForeignSite(site);
  return origin !== undefined && !isOwn(origin);
}

/**
 * Returns true if a page of another origin caused the request: by a script, a frame, a picture, a form or a link. Such a request
 * does not count as a use of its tenant by a test.
 */
export function isCausedByForeignPage({ headers }: FastifyRequest, isOwn: IsOwnOrigin): boolean {
  const { origin, referer, 'sec-fetch-site': site } = headers;
  // Browsers send Sec-Fetch-Site to secure addresses and loopback only.
  if (site !== undefined) return isForeignSite(site);
  const source = origin ?? (referer !== undefined && URL.canParse(referer) ? new URL(referer).origin : undefined);
  return source !== undefined && !isOwn(source);
}

function isForeignSite(site: string | string[]): boolean {
  return site !== 'same-origin' && site !== 'none';
}
