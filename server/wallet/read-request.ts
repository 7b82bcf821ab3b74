import { jsapiError } from '../engine/jsapi-errors.js';
import type { AppEntry, ClientEntry } from '../records/entries.js';
import type { Tenant } from '../tenants/tenant.js';

/** What a page asks for, as far as it can be made out. */
export interface Asking {
  client: ClientEntry;
  app: AppEntry;
  scopes: string[];
}

/** Why a call cannot even begin: an error number of the JSAPI, and what to do. */
export interface Impossible {
  error: number;
  errorMessage: string;
}

const mostScopes = 50;
/** It goes into the header that says who may frame a screen. */
const originForm = /^[a-z][a-z0-9+.-]*:\/\/[^\s/;,'"*]+$/;

/**
 * Makes out which mini program asks, whether its page may, and for what.
 * @param allowed the only scopes that the JSAPI takes; absent: all of the wallet
 */
export function readAsking(
  tenant: Tenant,
  params: Record<string, unknown>,
  appId: string | undefined,
  origin: string | undefined,
  allowed?: readonly string[],
): Asking | Impossible {
  if (origin !== undefined && !originForm.test(origin)) {
    return {
      error: jsapiError.notPermitted,
      errorMessage: `the Origin header is ${origin}: expected a page's origin, such as http://localhost:3000`,
    };
  }
  const app = appId === undefined ? appByOrigin(tenant, origin) : tenant.apps.get(appId);
  if (app === undefined) {
    const message =
      appId === undefined
        ? 'this wallet has no mini program: add one to apps.json'
        : `there is no mini program ${appId} here: check the appId of my.js, or add it to apps.json`;
    return { error: jsapiError.notPermitted, errorMessage: message };
  }
  if (app.callbackOrigins !== undefined && origin !== undefined && !app.callbackOrigins.has(origin)) {
    return {
      error: jsapiError.notPermitted,
      errorMessage: `pages of ${origin} may not ask for the mini program ${app.appId}: its callbackOrigins are ${[...app.callbackOrigins].join(', ')}`,
    };
  }
  const client = tenant.clients.get(app.clientId);
  if (client === undefined)
    return {
      error: jsapiError.notPermitted,
      errorMessage: `the mini program ${app.appId} belongs to the client ${app.clientId}, and there is no such client here`,
    };
  if (client.status !== 'ACTIVE')
    return {
      error: jsapiError.notPermitted,
      errorMessage: `the client ${client.clientId} is suspended: its mini programs may not ask`,
    };
  const scopes = readScopes(params.scopes ?? params.scopeNicks, allowed === undefined ? ['auth_base'] : undefined);
  if (scopes === undefined)
    return {
      error: jsapiError.invalidParameters,
      errorMessage: `scopes: expected a scope's name, or a list of up to ${mostScopes} of them`,
    };
  const stray = allowed && scopes.find((scope) => !allowed.includes(scope));
  if (stray !== undefined)
    return { error: jsapiError.invalidParameters, errorMessage: `scopes has ${stray}: this JSAPI takes ${allowed?.join(', ')}` };
  return { client, app, scopes };
}

function appByOrigin(tenant: Tenant, origin: string | undefined): AppEntry | undefined {
  let first: AppEntry | undefined;
  for (const app of tenant.apps.all()) {
    if (origin !== undefined && app.callbackOrigins?.has(origin)) return app;
    first ??= app;
  }
  return first;
}

function readScopes(scopes: unknown, otherwise: string[] | undefined): string[] | undefined {
  if (scopes === undefined || scopes === null) return otherwise;
  const list = typeof scopes === 'string' ? scopes.split(',').map((scope) => scope.trim()) : scopes;
  if (!Array.isArray(list) || list.length === 0 || list.length > mostScopes) return undefined;
  return list.every((scope) => typeof scope === 'string' && scope.length > 0 && scope.length <= 64) ? list : undefined;
}
