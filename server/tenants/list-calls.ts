import type { JournalEntry } from '../journal/entry.js';
import { type EntryFilter, entryMatcher } from '../journal/entry-filter.js';
import { type EntryRange, journalCapacity } from '../journal/journal.js';
import type { Tenant } from './tenant.js';
import type { Tenants } from './tenants.js';

/** In place of a tenant's name: all tenants. */
export const allTenants = '*';

/** A journal entry, with its tenant. */
export interface TenantEntry {
  tenant: Tenant;
  entry: JournalEntry;
}

/**
 * The tenants that a name stands for: one, or all. Creates no tenant.
 * @param name absent: the caller's own tenant
 */
export function tenantsNamed(tenants: Tenants, own: Tenant, name: string | undefined): Iterable<Tenant> {
  if (name === undefined || name === own.name) return [own];
  if (name === allTenants) return tenants.all();
  const found = tenants.find(name);
  return found === undefined ? [] : [found];
}

/** The calls of several tenants that run and that the journal does not have yet, newest first. */
export function listUnfinished(tenants: Iterable<Tenant>, filter: EntryFilter): TenantEntry[] {
  const matches = entryMatcher(filter);
  const unfinished = Array.from(tenants, (tenant) =>
    tenant.running.list().flatMap(({ isJournaled, entry }) => (!isJournaled && matches(entry) ? [{ tenant, entry }] : [])),
  );
  return unfinished.flat().sort((one, other) => other.entry.at - one.entry.at);
}

/** The entries of several tenants, newest first. @param limit at most this many */
export function listCalls(
  tenants: Iterable<Tenant>,
  filter: EntryFilter,
  limit = journalCapacity,
  range: EntryRange = {},
): TenantEntry[] {
  const lists = Array.from(tenants, (tenant) => tenant.journal.list(filter, limit, range).map((entry) => ({ tenant, entry })));
  if (lists.length === 1) return lists[0] ?? [];
  // Ids ascend over all tenants.
  return lists
    .flat()
    .sort((one, other) => Number(other.entry.id) - Number(one.entry.id))
    .slice(0, limit);
}
