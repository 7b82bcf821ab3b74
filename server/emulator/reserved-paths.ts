import type { FastifyInstance } from 'fastify';
import { strayControlCall } from '../gateway/gateway.js';
import type { FindReserved } from '../profiles/check-paths.js';
import { tenantSegment } from '../tenants/tenant.js';

/**
 * Finds the paths that the emulator answers itself, so that no wallet profile can have them. A path is reserved if a route has the
 * same first segment, or if it addresses a tenant or the control API.
 *
 * @param app an app without routes. Every route that is registered later becomes reserved.
 */
export function collectReservedPaths(app: FastifyInstance): FindReserved {
  const segments = new Set([tenantSegment]);
  app.addHook('onRoute', ({ url }) => {
    const [, first = ''] = url.split('/');
    if (first.startsWith(':')) throw new Error(`the route ${url} would answer the paths of every wallet`);
    // The dashboard is "/", and the gateway's "/*" takes the paths of the wallets.
    if (first !== '' && first !== '*') segments.add(first);
  });
  return (path) => {
    const [, first = ''] = path.split('/');
    if (segments.has(first)) return `/${first}`;
    return strayControlCall.exec(path)?.[0];
  };
}
