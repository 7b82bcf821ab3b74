import type { FastifyInstance } from 'fastify';

/**
 * Collects the paths that routes answer to GET, without those that end in a wildcard.
 * @param app an app without routes. Every route that is registered later is collected.
 * @returns a function that says if a path has such a route
 */
export function collectPages(app: FastifyInstance): (path: string) => boolean {
  const paths = new Set<string>();
  const patterns: RegExp[] = [];
  app.addHook('onRoute', ({ method, url }) => {
    if (![method].flat().includes('GET') || url.endsWith('*')) return;
    if (url.includes(':')) patterns.push(new RegExp(`^${url.replaceAll('.', '\\.').replace(/:\w+/g, '[^/]+')}$`));
    else paths.add(url);
  });
  return (path) => paths.has(path) || patterns.some((pattern) => pattern.test(path));
}
