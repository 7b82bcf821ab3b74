import type { AppEntry, ClientEntry, UserEntry } from '../records/entries.js';
import type { Tenant } from '../tenants/tenant.js';
import { type Text, text } from '../texts/text.js';
import { invalid } from './control-error.js';

/** The maximum number of known ids in a message. */
const maxListed = 5;

/** The client with the id that a body names. @throws ControlError 400 */
export function resolveClient({ clients }: Tenant, clientId: string): ClientEntry {
  const client = clients.get(clientId);
  if (client === undefined) throw unknownId('clientId', text('noun-client'), clientId, clients.all());
  return client;
}

/** The user with the id that a body names. @throws ControlError 400 */
export function resolveUser({ users }: Tenant, userId: string): UserEntry {
  const user = users.get(userId);
  if (user === undefined) throw unknownId('userId', text('noun-user'), userId, users.all());
  return user;
}

/** The mini program with the id that a body names. @throws ControlError 400 */
export function resolveApp({ apps }: Tenant, appId: string): AppEntry {
  const app = apps.get(appId);
  if (app === undefined) throw unknownId('appId', text('noun-app'), appId, apps.all());
  return app;
}

/**
 * A mini program of a client.
 * @param appId undefined: the client's first mini program
 * @returns undefined if the client has no mini program
 * @throws ControlError 400
 */
export function resolveClientApp(tenant: Tenant, { clientId }: ClientEntry, appId: string | undefined): AppEntry | undefined {
  const own = tenant.appsOf(clientId);
  if (appId === undefined) return own[0];
  const app = resolveApp(tenant, appId);
  if (app.clientId !== clientId)
    throw invalid(text('app-of-other-client', { appId, owner: app.clientId, clientId, known: listIds('appId', own) }));
  return app;
}

/** The scopes that a body names, each once. @throws ControlError 400 if the wallet has no such scope */
export function resolveScopes({ profile }: Tenant, scopes: readonly string[]): string[] {
  const unknown = scopes.find((scope) => profile.scopes.get(scope) === undefined);
  if (unknown !== undefined)
    throw invalid(
      text('scopes-not-of-wallet', {
        wallet: profile.name,
        scope: JSON.stringify(unknown.slice(0, 80)),
        known: profile.scopes.names(),
      }),
    );
  return [...new Set(scopes)];
}

function unknownId<Field extends string>(field: Field, noun: Text, id: string, known: Iterable<{ [Key in Field]: string }>) {
  return invalid(text('id-unknown', { field, noun, id: JSON.stringify(id.slice(0, 80)), known: listIds(field, known) }));
}

function listIds<Field extends string>(field: Field, records: Iterable<{ [Key in Field]: string }>): Text | string[] {
  const ids = Array.from(records, (record) => record[field]);
  if (ids.length === 0) return text('none');
  return [...ids.slice(0, maxListed), ...(ids.length > maxListed ? ['…'] : [])];
}
