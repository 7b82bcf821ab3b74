import type { TObject } from 'typebox';
import { App, type AppRecord, Client, type ClientRecord, User, type UserRecord } from '../records/schema.js';
import { findProblem, problemText } from '../schemas/problem.js';
import { type Text, text } from '../texts/text.js';
import { TextError, textOf } from '../texts/text-error.js';
import type { Tenant } from './tenant.js';

/** A kind of record that a tester can change while the emulator runs. */
export type RecordName = 'client' | 'app' | 'user';

export const recordSchemas: Readonly<Record<RecordName, TObject>> = { client: Client, app: App, user: User };

/**
 * Adds or replaces a record, if it is valid.
 * @returns the problem, beginning with the field; undefined if the record was saved
 */
export function saveRecord(tenant: Tenant, kind: RecordName, id: string, record: object): Text | undefined {
  const problem = findProblem(recordSchemas[kind], record);
  if (problem !== undefined) return problemText(problem, 'the-record');
  try {
    if (kind === 'client') tenant.put('client', id, record as ClientRecord);
    else if (kind === 'user') tenant.put('user', id, record as UserRecord);
    else putApp(tenant, id, record as AppRecord);
    return undefined;
  } catch (error) {
    return textOf(error);
  }
}

function putApp(tenant: Tenant, appId: string, record: AppRecord): void {
  if (tenant.clients.get(record.clientId) === undefined)
    throw new TextError(text('client-to-add', { id: JSON.stringify(record.clientId) }));
  tenant.put('app', appId, record);
}

/** Removes a record, with everything that depends on it: codes, tokens, consents, and a client's mini programs. */
export async function removeRecord(tenant: Tenant, kind: RecordName, id: string): Promise<void> {
  if (kind === 'client') await removeClient(tenant, id);
  else if (kind === 'user') await removeUser(tenant, id);
  else await removeApp(tenant, id);
}

async function removeClient(tenant: Tenant, clientId: string): Promise<void> {
  tenant.put('client', clientId, undefined);
  for (const { appId } of tenant.appsOf(clientId)) tenant.put('app', appId, undefined);
  await tenant.store.forgetOwner({ clientId });
}

async function removeUser(tenant: Tenant, userId: string): Promise<void> {
  tenant.put('user', userId, undefined);
  const { currentUser, settings } = tenant;
  if (settings.user === userId && currentUser !== undefined) tenant.changeSettings({ user: currentUser.userId });
  await tenant.store.forgetOwner({ userId });
}

async function removeApp(tenant: Tenant, appId: string): Promise<void> {
  tenant.put('app', appId, undefined);
  await tenant.tokens.withdraw({ appOrClientId: appId }, 'revoker-removed-app');
}
