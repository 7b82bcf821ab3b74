import type { AppEntry, ClientEntry } from '../records/entries.js';
import type { Tenant } from '../tenants/tenant.js';
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
 * @throws JsapiFailure if there is no such mini program, if that origin may not use it, or if its client is not active
 */
export function findMiniProgram(tenant: Tenant, appId: string | undefined, origin: string | undefined): MiniProgram {
  if (origin !== undefined && !originForm.test(origin)) {
    throw notPermitted(`the Origin header is ${origin}: expected a page's origin, such as http://localhost:3000`);
  }
  const app = findApp(tenant, appId, origin);
  checkOrigin(app, origin);
  return { app, client: findClient(tenant, app) };
}

function findApp(tenant: Tenant, appId: string | undefined, origin: string | undefined): AppEntry {
  const app = appId === undefined ? appOfOrigin(tenant, origin) : tenant.apps.get(appId);
  if (app !== undefined) return app;
  throw notPermitted(
    appId === undefined
      ? 'this wallet has no mini program: add one to apps.json'
      : `there is no mini program ${appId} here: check the appId of my.js, or add it to apps.json`,
  );
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
  throw notPermitted(
    `pages of ${origin} may not ask for the mini program ${appId}: its callbackOrigins are ${[...callbackOrigins].join(', ')}`,
  );
}

function findClient(tenant: Tenant, { appId, clientId }: AppEntry): ClientEntry {
  const client = tenant.clients.get(clientId);
  if (client === undefined)
    throw notPermitted(`the mini program ${appId} belongs to the client ${clientId}, and there is no such client here`);
  if (client.status !== 'ACTIVE') throw notPermitted(`the client ${clientId} is suspended: its mini programs may not ask`);
  return client;
}
