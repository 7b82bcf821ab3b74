import { parseTime } from '../clock/time.js';
import type { Listing } from '../records/listing.js';
import type { ScenarioRecord } from '../scenarios/schema.js';
import { problemText } from '../schemas/problem.js';
import { consentKey } from '../store/consents.js';
import { text } from '../texts/text.js';
import { errorAt, inside, TextError } from '../texts/text-error.js';
import { findWalletIndependentProblem } from './check-scenario.js';
import type { Snapshot } from './snapshot-schema.js';
import type { Tenant } from './tenant.js';
import type { Tenants } from './tenants.js';

/** Takes a snapshot of a tenant, without its journal and the tickets of open screens. */
export function takeSnapshot(tenant: Tenant): Snapshot {
  const { settings, clock, clients, apps, users, scenarios, store, currentUser } = tenant;
  return {
    version: 2,
    settings: { ...settings, user: currentUser?.userId ?? settings.user },
    clock: { now: new Date(clock.now()).toISOString(), frozen: clock.frozen },
    clients: differences(clients),
    apps: differences(apps),
    users: differences(users),
    scenarios: scenarios.all().map(({ record, calls, hits, asked }) => ({ ...record, calls, hits, asked })),
    ...(store.entries() as Pick<Snapshot, 'consents' | 'authCodes' | 'grants' | 'accessTokens' | 'refreshTokens'>),
  };
}

/**
 * Replaces a tenant's state by a snapshot, and tells those who follow its journal.
 * @returns the new tenant
 * @throws TextError that starts with the field and says what was expected; then nothing is replaced
 */
export async function restoreSnapshot(tenants: Tenants, name: string, snapshot: Snapshot): Promise<Tenant> {
  const tenant = await tenants.replace(name, (empty) => fillFromSnapshot(empty, snapshot));
  tenants.replacements.announce(name, () => tenant);
  return tenant;
}

/**
 * Fills a new tenant from a snapshot. Its clock continues from the snapshot's time, so live tokens stay live.
 * @throws TextError that starts with the field and says what was expected; the tenant is filled in part then
 */
export function fillFromSnapshot(tenant: Tenant, snapshot: Snapshot): void {
  fillParties(tenant, snapshot);
  const { user, ...settings } = snapshot.settings;
  inside('settings', () => tenant.changeSettings(tenant.currentUser === undefined ? settings : { ...settings, user }));
  fillClock(tenant, snapshot.clock);
  fillScenarios(tenant, snapshot.scenarios);
  fillStore(tenant, snapshot);
}

function differences<Stored>(listing: Listing<{ record: Stored }>): { changed: Stored[]; removed: string[] } {
  const differing = { changed: [] as Stored[], removed: [] as string[] };
  for (const [id, entry] of listing.changes()) {
    if (entry === undefined) differing.removed.push(id);
    else differing.changed.push(entry.record);
  }
  return differing;
}

function fillParties(tenant: Tenant, { clients, apps, users }: Snapshot): void {
  const each = <Stored>({ changed }: { changed: Stored[] }, at: string, put: (record: Stored) => void) => {
    for (const [index, record] of changed.entries()) inside(`${at}.changed.${index}`, () => put(record));
  };
  each(clients, 'clients', (record) => tenant.put('client', record.clientId, record));
  for (const id of clients.removed) tenant.put('client', id, undefined);
  each(apps, 'apps', (record) => {
    if (tenant.clients.get(record.clientId) === undefined)
      throw errorAt('clientId', text('expected-client-id', { value: record.clientId }));
    tenant.put('app', record.appId, record);
  });
  for (const id of apps.removed) tenant.put('app', id, undefined);
  each(users, 'users', (record) => tenant.put('user', record.userId, record));
  for (const id of users.removed) tenant.put('user', id, undefined);
}

function fillClock(tenant: Tenant, { now, frozen }: Snapshot['clock']): void {
  const time = parseTime(now);
  if (time === undefined) throw errorAt('clock.now', text('expected-time-with-offset', { value: now.slice(0, 60) }));
  if (frozen) tenant.clock.freeze();
  tenant.clock.set(time.at);
  tenant.clockChanged();
}

/** The scenarios need not fit the wallet, because it may have changed after they were added. */
function fillScenarios({ scenarios }: Tenant, written: Snapshot['scenarios']): void {
  scenarios.clear();
  for (const [index, { calls, hits, asked = 0, ...record }] of written.entries()) {
    if (asked > hits || hits > calls) throw errorAt(`scenarios.${index}.hits`, text('expected-hits'));
    const problem = findWalletIndependentProblem(record as ScenarioRecord);
    if (problem !== undefined)
      throw new TextError(problemText({ ...problem, path: `scenarios.${index}.${problem.path}` }, 'the-file'));
    if (scenarios.add(record as ScenarioRecord, { calls, hits, asked }) === undefined)
      throw errorAt(`scenarios.${index}.id`, text('id-twice', { id: String(record.id) }));
  }
}

function fillStore({ store }: Tenant, snapshot: Snapshot): void {
  const { consents, authCodes, grants, accessTokens, refreshTokens } = snapshot;
  const grantIds = new Set(grants.map(({ grantId }) => grantId));
  for (const [name, tokens] of Object.entries({ accessTokens, refreshTokens })) {
    const orphan = tokens.findIndex(({ grantId }) => !grantIds.has(grantId));
    if (orphan >= 0) throw errorAt(`${name}.${orphan}.grantId`, text('expected-grant-id'));
  }
  for (const code of authCodes) store.adopt('auth-codes', code.authCode, code);
  for (const grant of grants) store.adopt('grants', grant.grantId, grant);
  for (const token of accessTokens) store.adopt('access-tokens', token.accessToken, token);
  for (const token of refreshTokens) store.adopt('refresh-tokens', token.refreshToken, token);
  for (const consent of consents) store.adopt('consents', consentKey(consent.userId, consent.appId ?? consent.clientId), consent);
}
