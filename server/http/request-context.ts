import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Tenant } from '../tenants/tenant.js';
import { defaultTenant } from '../tenants/tenant-name.js';
import type { Tenants } from '../tenants/tenants.js';
import { namedTenant, tenantBase } from './address.js';
import type { ControlToken } from './control-token.js';
import { isCausedByForeignPage, isForeignPage } from './foreign-page.js';
import type { OpenedReport } from './opened-report.js';
import { product, productHeader } from './product-header.js';
import type { CallAddress, PublicAddress } from './public-address.js';
import { sendError } from './send-error.js';
import { addTurns } from './turns.js';
import { sendStorageProblem, waitUntilStored } from './wait-until-stored.js';

/** A tenant, and how its URLs begin. */
export interface TenantContext {
  tenant: Tenant;
  /** The emulator's URL as the caller reaches it, with the tenant's prefix. */
  base: string;
  /** The prefix of the tenant's paths in a browser: the path below which a proxy serves the emulator, then `/t/<tenant>`. */
  prefix: string;
}

declare module 'fastify' {
  /** The context is the one of the request's own tenant. */
  interface FastifyRequest extends TenantContext {
    /** The tenant of this name, if a test or a server has used it before. */
    findTenant(name: string): Promise<TenantContext | undefined>;
    /** The default tenant, then the tenants that were used last. @param limit at most this many */
    recentTenants(limit: number): TenantContext[];
    /** The caller may use the control API and the tester's pages: they have the control token, or none is set. */
    isTester: boolean;
    /** The address by which the request came. */
    callAddress: CallAddress;
    /** The reason if the host of the request is not allowed; else undefined. Only routes for pages of other origins see one. */
    hostProblem: string | undefined;
    /** The path of the request, as the browser knows it. */
    browserPath: string;
    /** The report that the emulator shows; undefined: it runs as usual. */
    openedReport: OpenedReport | undefined;
    /** Returns true if an origin is the emulator's own. */
    isOwnOrigin(origin: string): boolean;
  }
  interface FastifyContextConfig {
    /** Pages of other origins may call this route, on any host name. The bridge needs this. */
    forPages?: boolean;
    /** The route needs no control token. Routes for pages of other origins need none either. */
    open?: boolean;
    /** The route changes nothing, although its method is not GET. An emulator that shows a report answers only such routes. */
    reads?: boolean;
    /** The route uses no state of the tenant. */
    stateless?: boolean;
  }
}

export interface RequestContextOptions {
  tenants: Tenants;
  publicAddress: PublicAddress;
  /** The token that the control API and the pages ask for; absent: they ask for none. */
  controlToken: ControlToken | undefined;
  /** The report that the emulator shows. Absent: it runs as usual. */
  openedReport?: OpenedReport | undefined;
}

/**
 * Protects the pages and the control API, and sets the tenant of each request. It refuses other host names (DNS rebinding) and pages of
 * other origins, except on the bridge's routes. It asks for the control token, except on open routes.
 */
export function addRequestContext(
  app: FastifyInstance,
  { tenants, publicAddress, controlToken, openedReport }: RequestContextOptions,
): void {
  decorateRequests(app, tenants, publicAddress);
  const warnOnce = onceEach();
  addTurns(app, tenants);
  app.decorateRequest('openedReport', { getter: () => openedReport });
  app.addHook('onRequest', async (request, reply) => {
    const { address } = request.raw;
    if (address.path.startsWith('/_emulator/')) reply.header(productHeader, product);
    const call = publicAddress.of(request);
    request.callAddress = call;
    const forPages = request.routeOptions.config.forPages === true;
    request.hostProblem = call.isOurs ? undefined : refusedHostProblem(call, publicAddress);
    if (call.ignored !== undefined) warnOnce(request.log, proxyWarning(call.ignored));
    if (request.hostProblem !== undefined) warnOnce(request.log, request.hostProblem);
    if (!forPages && request.hostProblem !== undefined) return sendError(reply, 421, 'host-not-ours', request.hostProblem);
    const isOwn = (origin: string) => request.isOwnOrigin(origin);
    if (!forPages && isForeignPage(request, isOwn)) {
      return sendError(
        reply,
        403,
        'other-origin',
        `a page of another origin (${request.headers.origin ?? request.headers['sec-fetch-site']}) is not allowed here: call it from a test or a terminal`,
      );
    }
    let name: string;
    try {
      name = namedTenant(request.headers, address) ?? defaultTenant;
    } catch (error) {
      return sendError(reply, 400, 'tenant-name', (error as Error).message);
    }
    request.prefix = call.basePath + tenantBase(name);
    request.browserPath = call.basePath + address.sentPath;
    request.isTester = controlToken === undefined || controlToken.isIn(request);
    if (!request.isTester && !forPages && request.routeOptions.config.open !== true)
      return askForToken(request, reply, address.query);
    if (controlToken !== undefined) hideToken(request);
    if (request.routeOptions.config.stateless !== true) {
      try {
        await request.enterTenant(name);
      } catch (error) {
        return sendStorageProblem(reply, error);
      }
    }
    request.tenant = tenants.get(name, { byPage: isCausedByForeignPage(request, isOwn) });
    request.base = publicAddress.answerTo(call) + tenantBase(name);
  });
  waitUntilStored(app);
}

function decorateRequests(app: FastifyInstance, tenants: Tenants, publicAddress: PublicAddress): void {
  for (const name of ['tenant', 'callAddress', 'hostProblem']) app.decorateRequest(name);
  for (const name of ['base', 'prefix', 'browserPath']) app.decorateRequest(name, '');
  app.decorateRequest('isTester', false);
  app.decorateRequest('isOwnOrigin', function (this: FastifyRequest, origin: string) {
    return publicAddress.isOwnOrigin(origin, this.callAddress);
  });
  app.decorateRequest('findTenant', async function (this: FastifyRequest, name: string) {
    await this.enterTenant(name);
    if (!tenants.isUsedByTests(name)) return undefined;
    const byPage = isCausedByForeignPage(this, (origin) => this.isOwnOrigin(origin));
    return contextOf(tenants.get(name, { byPage }), this, publicAddress);
  });
  app.decorateRequest('recentTenants', function (this: FastifyRequest, limit: number) {
    return tenants.recent(limit).map((tenant) => contextOf(tenant, this, publicAddress));
  });
}

/** A tenant as the caller of a request reaches it. */
function contextOf(tenant: Tenant, { callAddress }: FastifyRequest, publicAddress: PublicAddress): TenantContext {
  const path = tenantBase(tenant.name);
  return { tenant, base: publicAddress.answerTo(callAddress) + path, prefix: callAddress.basePath + path };
}

/** The maximum number of different warnings about hosts, because callers choose them. */
const maxWarnings = 20;

/** A function that logs each text once. */
function onceEach(): (log: FastifyRequest['log'], text: string) => void {
  const logged = new Set<string>();
  return (log, text) => {
    if (logged.size >= maxWarnings || logged.has(text)) return;
    logged.add(text);
    log.warn(text);
  };
}

function proxyWarning({ host, url }: { host: string | undefined; url: string }): string {
  const header = host === undefined ? 'X-Forwarded-Proto: https' : `X-Forwarded-Host: ${host}`;
  return `${header} came, but --trust-proxy is off: start with --public-url ${url}, or with --trust-proxy if only the proxy can reach the emulator`;
}

/** Says how to reach the emulator from a host that is not allowed. */
function refusedHostProblem({ host, hostname, ignored }: CallAddress, publicAddress: PublicAddress): string {
  if (ignored?.url.startsWith('https:'))
    return `host "${host}" is not allowed; use ${publicAddress.default}, or start with --public-url ${ignored.url}`;
  return `host "${host}" is not allowed; use ${publicAddress.default}, or start with --allow-host ${hostname || '<name>'}`;
}

/** The journal shows the headers of requests. With `--show-secrets` it would show the control token too. */
function hideToken({ headers }: FastifyRequest): void {
  if (headers.authorization !== undefined) headers.authorization = 'Bearer …';
}

/** The path of the page where a person signs in. */
export const signInPath = '/sign-in';

/** Shows the sign-in page to a browser, and answers programs with 401. */
function askForToken(request: FastifyRequest, reply: FastifyReply, query: string): FastifyReply {
  const { method, headers, prefix, browserPath } = request;
  reply.header('cache-control', 'no-store');
  const shows = method === 'GET' && headers.accept?.includes('text/html') === true;
  if (shows) return reply.redirect(`${prefix}${signInPath}?to=${encodeURIComponent(browserPath + query)}`, 303);
  const problem = headers.authorization === undefined ? 'the control token is missing' : 'the control token is wrong';
  return sendError(
    reply.header('www-authenticate', 'Bearer'),
    401,
    'unauthorized',
    `${problem}: send the header "Authorization: Bearer <token>" with the token that the emulator was started with (--control-token); people sign in at ${prefix}${signInPath}`,
  );
}
