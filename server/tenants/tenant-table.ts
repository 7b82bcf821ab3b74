import type { TenantPersistence } from '../store/persistence.js';
import type { Tenant } from './tenant.js';
import { defaultTenant } from './tenant-name.js';

/** Over this number of tenants that only pages of other origins have used, the least recently used one of them is dropped. */
const maxPageTenants = 100;

export interface TenantEntry {
  tenant: Tenant;
  persistence?: TenantPersistence;
  /** True if a test or a server has used it, and not only pages of other origins. */
  usedByTests: boolean;
}

/** The tenants by their names, in the order of their last use. */
export class TenantTable {
  /** The least recently used first. */
  readonly #entries = new Map<string, TenantEntry>();
  /** The tenants that only pages of other origins have used, in the same order. */
  readonly #ofPages = new Set<string>();

  get(name: string): TenantEntry | undefined {
    return this.#entries.get(name);
  }

  /** All of them, the least recently used first. */
  entries(): IterableIterator<[name: string, entry: TenantEntry]> {
    return this.#entries.entries();
  }

  set(name: string, entry: TenantEntry): void {
    this.#entries.set(name, entry);
    if (!entry.usedByTests) this.#ofPages.add(name);
  }

  delete(name: string): void {
    this.#entries.delete(name);
    this.#ofPages.delete(name);
  }

  /**
   * Makes a tenant the last used one. A page of another origin does not, if a test has used the tenant.
   * @param byPage a page of another origin uses it
   */
  use(name: string, entry: TenantEntry, byPage: boolean): void {
    if (!byPage && !entry.usedByTests) {
      entry.usedByTests = true;
      this.#ofPages.delete(name);
    }
    if (name === defaultTenant || (byPage && entry.usedByTests)) return;
    this.#entries.delete(name);
    this.#entries.set(name, entry);
    if (this.#ofPages.delete(name)) this.#ofPages.add(name);
  }

  /**
   * The tenant to drop before another one is created: one that only pages have used, or else one of the tests.
   * @param byPage a page creates it, which cannot cause the drop of a tenant that a test has used
   * @param max the maximum number of tenants
   * @returns undefined if there is room, or nothing that may be dropped
   */
  nextToDrop(byPage: boolean, max: number): { name: string; usedByTests: boolean } | undefined {
    const isFull = this.#entries.size >= max || (byPage && this.#ofPages.size >= maxPageTenants);
    if (!isFull) return undefined;
    const [ofPages] = this.#ofPages;
    if (ofPages !== undefined) return { name: ofPages, usedByTests: false };
    const leastRecent = byPage ? undefined : this.#leastRecent();
    return leastRecent === undefined ? undefined : { name: leastRecent, usedByTests: true };
  }

  #leastRecent(): string | undefined {
    for (const name of this.#entries.keys()) if (name !== defaultTenant) return name;
    return undefined;
  }
}
