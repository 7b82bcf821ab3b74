import type { JournalEntry } from '../journal/entry.js';
import type { StoredTenant } from '../store/state-store.js';
import { atPlace, errorAt } from '../texts/text-error.js';
import { storedEntryProblem } from './stored-schema.js';
import type { Tenant } from './tenant.js';

/**
 * Fills a new tenant with its stored state, after a check of each entry.
 * @throws TextError: place, key and field
 */
export function restoreTenant(tenant: Tenant, { entries, calls = [] }: StoredTenant): void {
  const own = new Map<string, object>();
  const places = new Map<string, string>();
  for (const { kind, key, entry, place } of entries) {
    const problem = storedEntryProblem(kind, key, entry);
    if (problem !== undefined) throw errorAt(place, atPlace(key.slice(0, 80), problem));
    if (kind !== 'tenant') tenant.store.restore(kind, key, entry);
    else {
      own.set(key, entry);
      places.set(key, place);
    }
  }
  tenant.restore(own, (key) => places.get(key) ?? '');
  tenant.journal.restore((calls as JournalEntry[]).sort((one, other) => Number(one.id) - Number(other.id)));
}
