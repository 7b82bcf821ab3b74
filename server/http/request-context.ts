import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Tenant } from '../tenants/tenant.js';
import { defaultTenant, type Tenants } from '../tenants/tenants.js';
import { namedTenant, readAddress, tenantBase } from './address.js';
import { sendError } from './send-error.js';

declare module 'fastify' {
  interface FastifyRequest {
    /** Whose world the request is about. */
    tenant: Tenant;
    /** The emulator's address as this visitor reaches it, with a possible `/t/<tenant>` behind. */
    base: string;
    /** What this tenant's paths begin with: empty, or `/t/<tenant>`. */
    prefix: string;
  }
  interface FastifyContextConfig {
    /** Pages of other origins may call it, on whatever host name: the bridge's own routes. */
    forPages?: boolean;
  }
}

export interface RequestContextOptions {
  tenants: Tenants;
  /** More host names that are ours. */
  allowHosts: readonly string[];
  baseUrl(): string;
}

/**
 * Who may come to the pages and the control API: whoever asks on a host name that is ours (a name of somebody else's that leads
 * here is DNS rebinding), and no page of another origin, but for the bridge's requests. Tells each request its tenant.
 */
export function addRequestContext(app: FastifyInstance, { tenants, allowHosts, baseUrl }: RequestContextOptions): void {
  app.decorateRequest('tenant');
  app.decorateRequest('base', '');
  app.decorateRequest('prefix', '');
  const ours = new Set(allowHosts.map((host) => host.toLowerCase()));

  app.addHook('onRequest', async (request, reply) => {
    const forPages = request.routeOptions.config.forPages === true;
    const known = isOurs(request, ours);
    if (!forPages && !known) {
      return sendError(
        reply,
        421,
        'host-not-ours',
        `the host name "${request.host}" is not this emulator's: come by ${baseUrl()}, or start it with --allow-host ${request.hostname}`,
      );
    }
    if (!forPages && isForeignPage(request)) {
      return sendError(
        reply,
        403,
        'other-origin',
        `a page of another origin (${request.headers.origin ?? request.headers['sec-fetch-site']}) may not use this: call it from a test or a terminal`,
      );
    }
    const address = readAddress(request.originalUrl);
    let name: string;
    try {
      name = namedTenant(request.headers, address) ?? defaultTenant;
    } catch (error) {
      return sendError(reply, 400, 'tenant-name', (error as Error).message);
    }
    request.tenant = tenants.get(name, { byPage: isForeignPage(request) });
    request.prefix = tenantBase(name);
    request.base = (known ? `${request.protocol}://${request.host}` : baseUrl()) + request.prefix;
  });
}

/** Whether a request came by a host name that is this machine's, or one of ours. */
export function isOurs(request: FastifyRequest, ours: ReadonlySet<string>): boolean {
  const name = request.hostname.toLowerCase().replace(/^\[|\]$/g, '');
  return (
    name === 'localhost' ||
    name.endsWith('.localhost') ||
    name === '::1' ||
    /^127(\.\d{1,3}){3}$/.test(name) ||
    ours.has(name) ||
    name === request.socket.localAddress
  );
}

/** Browsers tell where a request comes from; tools that tell nothing are no pages. Following a link here is fine. */
export function isForeignPage(request: FastifyRequest): boolean {
  const { origin, 'sec-fetch-site': site, 'sec-fetch-mode': mode } = request.headers;
  const reads = request.method === 'GET' || request.method === 'HEAD';
  if (reads && (mode === 'navigate' || mode === undefined)) return false;
  if (origin !== undefined) return origin !== `${request.protocol}://${request.host}`;
  return site !== undefined && site !== 'same-origin' && site !== 'none';
}
