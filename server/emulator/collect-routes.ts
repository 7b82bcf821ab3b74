import type { FastifyInstance } from 'fastify';

/**
 * Collects the paths that routes answer. The route of the merchants' API, which takes all paths, does not count.
 * @param app an app without routes. Every route that is registered later is collected.
 * @param method collect only the routes of this method, without those that end in a wildcard
 * @returns a function that says if a path has a route
 */
export function collectRoutes(app: FastifyInstance, method?: string): (path: string) => boolean {
  const paths = new Set<string>();
  const patterns: RegExp[] = [];
  app.addHook('onRoute', ({ method: methods, url }) => {
    if (url === '/*' || (method !== undefined && (![methods].flat().includes(method) || url.endsWith('*')))) return;
    if (!/[:*]/.test(url)) paths.add(url);
    else patterns.push(new RegExp(`^${url.replaceAll('.', '\\.').replace(/:\w+/g, '[^/]+').replace('*', '.*')}$`));
  });
  return (path) => paths.has(path) || patterns.some((pattern) => pattern.test(path));
}
