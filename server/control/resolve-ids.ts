import type { AppEntry, ClientEntry, UserEntry } from '../records/entries.js';
import type { Tenant } from '../tenants/tenant.js';
import { invalid } from './control-error.js';

/** How many of those that there are a message names. */
const named = 5;

/** The client that a body names. @throws ControlError 400 */
export function resolveClient({ clients }: Tenant, clientId: string): ClientEntry {
  const client = clients.get(clientId);
  if (client === undefined)
    throw invalid(`clientId: expected the id of a client (${some(clients.all(), 'clientId')}), got ${clientId.slice(0, 80)}`);
  return client;
}

/** The user that a body names. @throws ControlError 400 */
export function resolveUser({ users }: Tenant, userId: string): UserEntry {
  const user = users.get(userId);
  if (user === undefined)
    throw invalid(`userId: expected the id of a user (${some(users.all(), 'userId')}), got ${userId.slice(0, 80)}`);
  return user;
}

/** The mini program that a body names. @throws ControlError 400 */
export function resolveApp({ apps }: Tenant, appId: string): AppEntry {
  const app = apps.get(appId);
  if (app === undefined)
    throw invalid(`appId: expected the id of a mini program (${some(apps.all(), 'appId')}), got ${appId.slice(0, 80)}`);
  return app;
}

/** A client's mini program: the one that is named, else its first; undefined where it has none. @throws ControlError 400 */
export function resolveClientApp(tenant: Tenant, { clientId }: ClientEntry, appId: string | undefined): AppEntry | undefined {
  const own = tenant.appsOf(clientId);
  if (appId === undefined) return own[0];
  const app = resolveApp(tenant, appId);
  if (app.clientId !== clientId)
    throw invalid(
      `appId: expected a mini program of the client ${clientId} (${some(own, 'appId')}), and ${appId} is the client ${app.clientId}'s`,
    );
  return app;
}

/** The wallet's scopes that a body names. @throws ControlError 400 */
export function resolveScopes({ profile }: Tenant, scopes: readonly string[]): string[] {
  const strange = scopes.find((scope) => profile.scopes.get(scope) === undefined);
  if (strange !== undefined)
    throw invalid(
      `scopes: expected scopes of the wallet ${profile.name} (${profile.scopes.names().join(', ')}), got ${strange.slice(0, 80)}`,
    );
  return [...new Set(scopes)];
}

function some<Id extends string>(things: Iterable<{ [Key in Id]: string }>, id: Id): string {
  const ids = Array.from(things, (thing) => thing[id]);
  if (ids.length === 0) return 'there are none';
  return `there ${ids.length === 1 ? 'is' : 'are'} ${ids.slice(0, named).join(', ')}${ids.length > named ? ', …' : ''}`;
}
