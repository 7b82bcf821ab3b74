import type { AppEntry, ClientEntry } from '../records/entries.js';
import type { Tenant } from '../tenants/tenant.js';
import { text } from '../texts/text.js';
import { notPermitted } from './jsapi-failure.js';

/** A mini program, and the client that it belongs to. */
export interface MiniProgram {
  app: AppEntry;
  client: ClientEntry;
}

/** The origin becomes part of the header that says who may frame the screen, so it must not end a value there. */
const originForm = /^[a-z][a-z0-9+.-]*:\/\/[^\s/;,'"*]+$/;

/**
 * Finds the mini program that calls.
 * @param appId absent: the mini program whose `callbackOrigins` has the page's origin, else the first one
 * @param origin of the page; absent if no page calls
 * @param found is called with the mini program before its client is looked at: a call that is refused then belongs to it too
 * @throws JsapiFailure if there is no such mini program, if that origin may not use it, or if its client is not active
 */
export function findMiniProgram(
  tenant: Tenant,
  appId: string | undefined,
  origin: string | undefined,
  found: (app: AppEntry) => void,
): MiniProgram {
  if (origin !== undefined && !originForm.test(origin)) {
    throw notPermitted(text('origin-wrong', { origin }));
  }
  const app = findApp(tenant, appId, origin);
  checkOrigin(app, origin);
  found(app);
  return { app, client: findClient(tenant, app) };
}

function findApp(tenant: Tenant, appId: string | undefined, origin: string | undefined): AppEntry {
  const app = appId === undefined ? appOfOrigin(tenant, origin) : tenant.apps.get(appId);
  if (app !== undefined) return app;
  throw notPermitted(appId === undefined ? text('no-mini-program') : text('mini-program-unknown', { appId }));
}

function appOfOrigin(tenant: Tenant, origin: string | undefined): AppEntry | undefined {
  let first: AppEntry | undefined;
  for (const app of tenant.apps.all()) {
    if (origin !== undefined && app.callbackOrigins?.has(origin)) return app;
    first ??= app;
  }
  return first;
}

function checkOrigin({ appId, callbackOrigins }: AppEntry, origin: string | undefined): void {
  if (callbackOrigins === undefined || origin === undefined || callbackOrigins.has(origin)) return;
  throw notPermitted(text('origin-not-allowed', { origin, appId, origins: [...callbackOrigins] }));
}

function findClient(tenant: Tenant, { appId, clientId }: AppEntry): ClientEntry {
  const client = tenant.clients.get(clientId);
  if (client === undefined) throw notPermitted(text('mini-program-without-client', { appId, clientId }));
  if (client.status !== 'ACTIVE') throw notPermitted(text('client-may-not-ask', { clientId }));
  return client;
}
