import type { FastifyRequest } from 'fastify';
import type { FindingCode } from '../engine/finding-codes.js';
import { jsapiError } from '../engine/jsapi-errors.js';
import type { Lifetimes } from '../engine/parties.js';
import type { Ticket } from '../engine/store.js';
import { randomText } from '../tenants/token-factory.js';
import type { Asking, Impossible } from './read-request.js';

/** The page that calls, as far as a sheet needs to know it. */
export interface PageCall {
  /** The JSAPI. */
  name: string;
  origin: string | undefined;
  /** The origins of the pages around it. */
  ancestors: readonly string[];
  lang?: string;
  findings: FindingCode[];
  /** The scenario that acts on the call, and the lifetimes that it gives to what comes of it. */
  scenario?: string;
  lifetimes?: Partial<Lifetimes>;
}

/** A sheet for the bridge to show. */
export interface Sheet {
  sheet: string;
  id: string;
}

/** How long a screen waits for its user, in milliseconds of the emulator's time. */
const patience = 10 * 60 * 1000;

/** Opens a sheet over the page that asks. */
export async function openSheet(
  request: FastifyRequest,
  asking: Asking,
  page: PageCall,
  screen: Ticket['screen'],
): Promise<Sheet | Impossible> {
  const { tenant } = request;
  const { client, app, scopes } = asking;
  const impossible = checkPage(asking, page, request);
  if (impossible !== undefined) return impossible;
  const ticketId = randomText(32);
  const issuedAt = tenant.clock.now();
  await tenant.store.saveTicket({
    ticketId,
    screen,
    wallet: tenant.profile.name,
    name: page.name,
    clientId: client.clientId,
    appId: app.appId,
    scopes: screen === 'payment' ? [] : scopes,
    ...(page.origin !== undefined && { origin: page.origin }),
    ancestors: origins(page.ancestors),
    findings: page.findings,
    ...(page.scenario !== undefined && { scenario: page.scenario }),
    ...(page.lifetimes && { lifetimes: page.lifetimes }),
    ...(page.lang !== undefined && { lang: page.lang }),
    issuedAt,
    expiresAt: issuedAt + patience,
  });
  return { sheet: `${request.base}/wallet/${screen}?id=${ticketId}`, id: ticketId };
}

/** The ticket of an address that the server's side prepared. */
export async function ticketOfAddress({ tenant }: FastifyRequest, authUrl: unknown): Promise<Ticket | undefined> {
  const ticketId = URL.canParse(String(authUrl)) ? new URL(String(authUrl)).searchParams.get('id') : null;
  return ticketId === null ? undefined : tenant.store.findTicket(ticketId);
}

/** Makes the screen of an address that the server's side prepared the sheet of the page that calls with it, and of no other. */
export async function takeOverAddress(
  request: FastifyRequest,
  ticket: Ticket | undefined,
  asking: Asking,
  page: PageCall,
): Promise<Sheet | Impossible> {
  const { tenant } = request;
  const { client, app } = asking;
  if (ticket === undefined)
    return {
      error: jsapiError.invalidParameters,
      errorMessage: 'authUrl: expected an address that this wallet gave for a prepared authorization',
    };
  const impossible = checkPage(asking, page, request);
  if (impossible !== undefined || page.origin === undefined) return impossible ?? noPage;
  if (ticket.clientId !== client.clientId)
    return {
      error: jsapiError.notPermitted,
      errorMessage: `authUrl was prepared for the client ${ticket.clientId}, and the mini program ${app.appId} is ${client.clientId}'s`,
    };
  const { name, origin, ancestors, findings } = page;
  const by = { name, origin, ancestors: origins(ancestors), findings: [...ticket.findings, ...findings] };
  const bound = await tenant.store.bindTicket(ticket.ticketId, by);
  if (!bound)
    return {
      error: jsapiError.notPermitted,
      errorMessage: 'authUrl was opened by a page of another origin before: prepare another one',
    };
  return { sheet: `${request.base}/wallet/consent?id=${ticket.ticketId}`, id: ticket.ticketId };
}

const loopbackOrigin = /^https?:\/\/(localhost|[a-z0-9-]+\.localhost|127(\.\d{1,3}){3}|\[::1\])(:\d{1,5})?$/;

const noPage = {
  error: jsapiError.notPermitted,
  errorMessage:
    'the user must be asked, and only a page can show the screen: choose a user who grants, or the setting consent: grant',
};

/**
 * Only a page can show a screen, and the pages around the one that asks must be allowed to frame the screen too: the app's own, or without such a list this machine's.
 * A browser looks at all of them, so that one that is not allowed would leave the page waiting for a screen that never shows.
 */
function checkPage(
  { app }: Asking,
  { origin: asker, ancestors }: PageCall,
  { protocol, host }: FastifyRequest,
): Impossible | undefined {
  if (asker === undefined) return noPage;
  const own = `${protocol}://${host}`;
  const stranger = origins(ancestors).find(
    (origin) =>
      origin !== own && !(app.callbackOrigins === undefined ? loopbackOrigin.test(origin) : app.callbackOrigins.has(origin)),
  );
  if (stranger === undefined) return undefined;
  const allowed =
    app.callbackOrigins === undefined ? 'pages of this machine' : `the callbackOrigins of the mini program ${app.appId}`;
  return {
    error: jsapiError.notPermitted,
    errorMessage: `the page is in a frame of ${stranger}, which may not show the screen: expected ${allowed}`,
  };
}

function origins(ancestors: readonly string[]): string[] {
  return [...new Set(ancestors.map((origin) => origin.toLowerCase()))];
}
