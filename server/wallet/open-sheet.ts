import type { FastifyRequest } from 'fastify';
import type { FindingCode } from '../engine/finding-codes.js';
import type { Lifetimes } from '../engine/parties.js';
import type { Ticket } from '../engine/store.js';
import { tenantBase } from '../http/address.js';
import { pageFiles } from '../pages/asset-links.js';
import type { AppEntry } from '../records/entries.js';
import type { Tenant } from '../tenants/tenant.js';
import { randomText } from '../tenants/token-factory.js';
import { text } from '../texts/text.js';
import type { MiniProgram } from './find-mini-program.js';
import { invalidParameters, notPermitted } from './jsapi-failure.js';
import type { LocatedTicket } from './locate-ticket.js';

/** The facts about a page's call that a sheet needs. */
export interface SheetRequest extends MiniProgram {
  /** The JSAPI. */
  name: string;
  scopes: readonly string[];
  /** The authorization that the call started; absent for payments. */
  authorizationId?: string;
  /** The page's origin; absent if no page calls. */
  origin: string | undefined;
  /** The origins of the pages around it. */
  ancestors: readonly string[];
  /** The purpose of the data, as the mini program says it. */
  purpose?: string;
  /** The locale of the page's browser. */
  lang?: string;
  findings: readonly FindingCode[];
  /** The id of the scenario that acts on the call. */
  scenario?: string;
  /** The lifetimes that the scenario sets. */
  lifetimes?: Partial<Lifetimes>;
}

/** A sheet for the bridge to show. */
export interface Sheet {
  sheet: string;
  id: string;
  /** The addresses of its styles and scripts. The bridge loads them while the sheet itself is on its way. Empty if that does not help. */
  files: string[];
}

/** A sheet that was opened, and the tenant that has its ticket. */
export interface OpenedSheet {
  sheet: Sheet;
  tenant: Tenant;
  /** Milliseconds since the epoch, by the emulator's clock. */
  expiresAt: number;
}

/** A sheet can be answered for this long, by the emulator's clock. */
const sheetTimeoutMs = 10 * 60 * 1000;

/**
 * Opens a sheet over the page that asks.
 * @throws JsapiFailure if that page cannot show it
 */
export async function openSheet(
  request: FastifyRequest,
  { app, client, name, scopes, authorizationId, origin, ancestors, findings, lang, purpose, scenario, lifetimes }: SheetRequest,
  screen: Ticket['screen'],
): Promise<OpenedSheet> {
  const { tenant } = request;
  checkFraming(request, app, origin, ancestors);
  const ticketId = randomText(32);
  const issuedAt = tenant.clock.now();
  await tenant.store.saveTicket({
    ticketId,
    screen,
    wallet: tenant.profile.name,
    ...(authorizationId !== undefined && { authorizationId }),
    name,
    clientId: client.clientId,
    appId: app.appId,
    scopes,
    origin,
    ancestors: distinct(ancestors),
    findings,
    ...(scenario !== undefined && { scenario }),
    ...(lifetimes && { lifetimes }),
    ...(lang !== undefined && { lang }),
    ...(purpose !== undefined && { purpose }),
    issuedAt,
    expiresAt: issuedAt + sheetTimeoutMs,
  });
  return { sheet: sheetOf(request.base, screen, ticketId, origin), tenant, expiresAt: issuedAt + sheetTimeoutMs };
}

/**
 * Opens a prepared authorization as the sheet of the page that asks. From then on, no other origin can open it.
 * @throws JsapiFailure if the ticket is not for this page, or if the page cannot show it
 */
export async function openPreparedSheet(
  request: FastifyRequest,
  located: LocatedTicket | undefined,
  { app, client, name, origin, ancestors, findings }: SheetRequest,
): Promise<OpenedSheet> {
  if (located === undefined) throw invalidParameters(text('auth-url-unknown', { tenant: request.tenant.name }));
  const { ticket, tenant, base } = located;
  checkFraming(request, app, origin, ancestors);
  checkSameWallet(request.tenant, tenant);
  if (ticket.clientId !== client.clientId)
    throw notPermitted(text('auth-url-of-other-client', { clientId: ticket.clientId, appId: app.appId, owner: client.clientId }));
  const bound = await tenant.store.bindTicket(ticket.ticketId, {
    name,
    origin,
    ancestors: distinct(ancestors),
    findings: [...ticket.findings, ...findings],
  });
  if (!bound) throw notPermitted(text('auth-url-opened'));
  return { sheet: sheetOf(base, 'consent', ticket.ticketId, origin), tenant, expiresAt: ticket.expiresAt };
}

function sheetOf(base: string, screen: Ticket['screen'], id: string, origin: string): Sheet {
  // Browsers cache for each site separately, so a page on another host cannot load files for the sheet.
  const isSameSite = URL.canParse(origin) && new URL(base).hostname === new URL(origin).hostname;
  const files = isSameSite ? pageFiles(screen).map((file) => `${base}/assets/${file}`) : [];
  return { sheet: `${base}/wallet/${screen}?id=${id}`, id, files };
}

/** The page's JSAPI is its wallet's, so the ticket's tenant must have the same wallet. */
function checkSameWallet(pages: Tenant, tickets: Tenant): void {
  if (pages.profile.name === tickets.profile.name) return;
  throw notPermitted(
    text('auth-url-of-other-wallet', {
      tenant: tickets.name,
      wallet: tickets.profile.name,
      pageTenant: pages.name,
      pageWallet: pages.profile.name,
      base: tenantBase(pages.name) || '/',
    }),
  );
}

const loopbackOrigin = /^https?:\/\/(localhost|[a-z0-9-]+\.localhost|127(\.\d{1,3}){3}|\[::1\])(:\d{1,5})?$/;

/**
 * Checks that a page asks, and that all pages around it may frame the screen too: those of the app's `callbackOrigins`, or of this
 * machine if the app has none. Browsers check every ancestor of a frame. If one is not allowed, the screen would never show, and the
 * page would wait forever.
 */
function checkFraming(
  request: FastifyRequest,
  { appId, callbackOrigins }: AppEntry,
  origin: string | undefined,
  ancestors: readonly string[],
): asserts origin is string {
  if (origin === undefined) throw notPermitted(text('needs-page'));
  const mayFrame = (ancestor: string) =>
    request.isOwnOrigin(ancestor) || (callbackOrigins?.has(ancestor) ?? loopbackOrigin.test(ancestor));
  const stranger = distinct(ancestors).find((ancestor) => !mayFrame(ancestor));
  if (stranger === undefined) return;
  throw notPermitted(
    callbackOrigins === undefined
      ? text('framed-by-stranger', { origin: stranger })
      : text('framed-by-stranger-origins', { origin: stranger, appId }),
  );
}

/** Origins in the form that browsers compare, each once. */
function distinct(origins: readonly string[]): string[] {
  return [...new Set(origins.map((origin) => origin.toLowerCase()))];
}
