import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Tenant } from '../tenants/tenant.js';
import { defaultTenant, type Tenants } from '../tenants/tenants.js';
import { type Address, namedTenant, readAddress, tenantBase } from './address.js';
import type { ControlToken } from './control-token.js';
import { sendError } from './send-error.js';
import { waitUntilStored } from './wait-until-stored.js';

/** A tenant, and how its URLs begin. */
export interface TenantContext {
  tenant: Tenant;
  /** The emulator's URL as the caller reaches it, with the tenant's prefix. */
  base: string;
  /** The prefix of the tenant's paths: empty, or `/t/<tenant>`. */
  prefix: string;
}

declare module 'fastify' {
  /** The context is the one of the request's own tenant. */
  interface FastifyRequest extends TenantContext {
    /** The tenant of this name, if a test or a server has used it before. */
    findTenant(name: string): TenantContext | undefined;
    /** The caller may use the control API and the tester's pages: they have the control token, or none is set. */
    isTester: boolean;
  }
  interface FastifyContextConfig {
    /** Pages of other origins may call this route, on any host name. The bridge needs this. */
    forPages?: boolean;
    /** The route needs no control token. Routes for pages of other origins need none either. */
    open?: boolean;
  }
}

export interface RequestContextOptions {
  tenants: Tenants;
  /** Further host names of the emulator, in lower case. They may change while it runs. */
  ownHosts: ReadonlySet<string>;
  /** The token that the control API and the pages ask for; absent: they ask for none. */
  controlToken: ControlToken | undefined;
  baseUrl(): string;
}

/**
 * Protects the pages and the control API, and sets the tenant of each request. It refuses other host names (DNS rebinding) and pages of
 * other origins, except on the bridge's routes. It asks for the control token, except on open routes.
 */
export function addRequestContext(
  app: FastifyInstance,
  { tenants, ownHosts, controlToken, baseUrl }: RequestContextOptions,
): void {
  app.decorateRequest('tenant');
  app.decorateRequest('base', '');
  app.decorateRequest('prefix', '');
  app.decorateRequest('isTester', false);
  app.decorateRequest('findTenant', function (this: FastifyRequest, name: string) {
    if (!tenants.isUsedByTests(name)) return undefined;
    const prefix = tenantBase(name);
    const base = this.base.slice(0, this.base.length - this.prefix.length) + prefix;
    return { tenant: tenants.get(name, { byPage: isCausedByForeignPage(this) }), base, prefix };
  });

  app.addHook('onRequest', async (request, reply) => {
    const forPages = request.routeOptions.config.forPages === true;
    const known = isOurs(request, ownHosts);
    if (!forPages && !known) {
      return sendError(
        reply,
        421,
        'host-not-ours',
        `host "${request.host}" is not allowed; use ${baseUrl()}, or start with --allow-host ${request.hostname}`,
      );
    }
    if (!forPages && isForeignPage(request)) {
      return sendError(
        reply,
        403,
        'other-origin',
        `a page of another origin (${request.headers.origin ?? request.headers['sec-fetch-site']}) is not allowed here: call it from a test or a terminal`,
      );
    }
    const address = readAddress(request.originalUrl);
    let name: string;
    try {
      name = namedTenant(request.headers, address) ?? defaultTenant;
    } catch (error) {
      return sendError(reply, 400, 'tenant-name', (error as Error).message);
    }
    request.prefix = tenantBase(name);
    request.isTester = controlToken === undefined || controlToken.isIn(request);
    if (!request.isTester && !forPages && request.routeOptions.config.open !== true) return askForToken(request, reply, address);
    if (controlToken !== undefined) hideToken(request);
    request.tenant = tenants.get(name, { byPage: isCausedByForeignPage(request) });
    request.base = (known ? `${request.protocol}://${request.host}` : baseUrl()) + request.prefix;
  });
  waitUntilStored(app);
}

/** The journal shows the headers of requests. With `--show-secrets` it would show the control token too. */
function hideToken({ headers }: FastifyRequest): void {
  if (headers.authorization !== undefined) headers.authorization = 'Bearer …';
}

/** The path of the page where a person signs in. */
export const signInPath = '/sign-in';

/** Shows the sign-in page to a browser, and answers programs with 401. */
function askForToken(request: FastifyRequest, reply: FastifyReply, { sentPath, query }: Address): FastifyReply {
  const { method, headers, prefix } = request;
  reply.header('cache-control', 'no-store');
  const shows = method === 'GET' && headers.accept?.includes('text/html') === true;
  if (shows) return reply.redirect(`${prefix}${signInPath}?to=${encodeURIComponent(sentPath + query)}`, 303);
  const problem = headers.authorization === undefined ? 'the control token is missing' : 'the control token is wrong';
  return sendError(
    reply.header('www-authenticate', 'Bearer'),
    401,
    'unauthorized',
    `${problem}: send the header "Authorization: Bearer <token>" with the token that the emulator was started with (--control-token); people sign in at ${prefix}${signInPath}`,
  );
}

/** Returns true if a request came to a host name of this machine, or an allowed one. */
export function isOurs(request: FastifyRequest, ours: ReadonlySet<string>): boolean {
  const name = request.hostname.toLowerCase().replace(/^\[|\]$/g, '');
  return (
    name === 'localhost' ||
    name.endsWith('.localhost') ||
    name === '::1' ||
    /^127(\.\d{1,3}){3}$/.test(name) ||
    ours.has(name) ||
    // A server that listens on :: has IPv4 connections too. Their addresses are mapped to IPv6 (RFC 4291, 2.5.5.2).
    name === request.socket.localAddress?.replace('::ffff:', '')
  );
}

/** Returns true if a page of another origin sent the request. Browsers send Origin or Sec-Fetch-Site; other tools do not. Links are allowed. */
export function isForeignPage(request: FastifyRequest): boolean {
  const { origin, 'sec-fetch-site': site, 'sec-fetch-mode': mode } = request.headers;
  const reads = request.method === 'GET' || request.method === 'HEAD';
  if (reads && (mode === 'navigate' || mode === undefined)) return false;
  if (origin !== undefined) return origin !== `${request.protocol}://${request.host}`;
  return site !== undefined && site !== 'same-origin' && site !== 'none';
}

/**
 * Returns true if a page of another origin caused the request: by a script, a frame, a picture, a form or a link. Such a request
 * does not count as a use of its tenant by a test.
 */
export function isCausedByForeignPage(request: FastifyRequest): boolean {
  const { origin, referer, 'sec-fetch-site': site } = request.headers;
  // Browsers send Sec-Fetch-Site to secure addresses and loopback only.
  if (site !== undefined) return site !== 'same-origin' && site !== 'none';
  const source = origin ?? (referer !== undefined && URL.canParse(referer) ? new URL(referer).origin : undefined);
  return source !== undefined && source !== `${request.protocol}://${request.host}`;
}
