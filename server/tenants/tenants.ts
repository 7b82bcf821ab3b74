import type { EngineEvent } from '../engine/events.js';
import { JournalBudget } from '../journal/journal-budget.js';
import type { Profiles } from '../profiles/profiles.js';
import type { Fixtures } from '../records/fixtures.js';
import type { DataFolder } from '../store/data-folder.js';
import type { DiskPersistence } from '../store/disk-persistence.js';
import { Tenant } from './tenant.js';
import type { Issuer } from './token-factory.js';

/** The names that a tenant may have. */
export const tenantName = /^[A-Za-z0-9_.-]{1,64}$/;
export const defaultTenant = 'default';

/** Over this number of tenants, the least recently used one is dropped. */
const maxTenants = 5000;
/** Over this number of tenants that only pages of other origins have used, the least recently used one of them is dropped. */
const maxPageTenants = 100;

export interface TenantsOptions {
  wallet: string;
  /** The setting `openapiCors` of a new tenant; default: off. */
  openapiCors?: boolean;
  profiles: Profiles;
  fixtures: Fixtures;
  issuer: Issuer;
  /** The folder that stores state; absent: in memory only. */
  dataFolder?: DataFolder;
  /** The maximum number of tenants; default: 5,000. */
  limit?: number;
}

/** Is called with the events of every tenant. */
export type TenantListener = (tenant: Tenant, event: EngineEvent) => void;

interface TenantEntry {
  tenant: Tenant;
  persistence?: DiskPersistence;
  /** True if a test or a server has used it, and not only pages of other origins. */
  usedByTests: boolean;
  isDropped?: boolean;
}

/** All tenants. A tenant is created at its first use, and found by its name or by a code or token that it issued. */
export class Tenants {
  #options: TenantsOptions;
  readonly #limit: number;
  /** In the order of their last use, the least recent first. */
  readonly #tenants = new Map<string, TenantEntry>();
  /** The tenants that only pages of other origins have used, in the order of their last use. */
  readonly #ofPages = new Set<string>();
  /** Code or token → the tenant that issued it. The default tenant's are not in it. */
  readonly #credentials = new Map<string, string>();
  readonly #listeners = new Set<TenantListener>();
  readonly #journalBudget = new JournalBudget();

  /** @param options its fixtures must fit the wallet, see `fixtureScenarioProblems` */
  constructor(options: TenantsOptions) {
    this.#options = options;
    this.#limit = options.limit ?? maxTenants;
  }

  /** Reads the stored tenants. @throws Error in one line with the file's name, if a file is damaged */
  async load(): Promise<void> {
    for (const name of (await this.#options.dataFolder?.tenants()) ?? []) {
      const { tenant, persistence } = this.#create(name);
      const stored = new Map<string, object>();
      for await (const { kind, key, entry } of persistence?.load() ?? []) {
        if (kind === 'tenant') stored.set(key, entry);
        else tenant.store.restore(kind, key, entry);
      }
      tenant.restore(stored);
    }
  }

  get default(): Tenant {
    return this.get(defaultTenant);
  }

  /**
   * The tenant of this name. If it does not exist, it is created from the fixtures.
   * @param name matches `tenantName`
   * @param options `byPage`: a page of another origin asks. It cannot cause the drop of a tenant that a test has used
   */
  get(name: string, { byPage = false } = {}): Tenant {
    const found = this.#tenants.get(name) ?? this.#create(name, byPage);
    if (!byPage && !found.usedByTests) {
      found.usedByTests = true;
      this.#ofPages.delete(name);
    }
    if (name !== defaultTenant && !(byPage && found.usedByTests)) {
      this.#tenants.delete(name);
      this.#tenants.set(name, found);
      if (this.#ofPages.delete(name)) this.#ofPages.add(name);
    }
    return found.tenant;
  }

  /** Returns true if a tenant is still in use under its name. It is not after a drop. */
  isCurrent(tenant: Tenant): boolean {
    return this.#tenants.get(tenant.name)?.tenant === tenant;
  }

  /** Returns true if a test or a server has used the tenant of this name, and not only pages of other origins. */
  isUsedByTests(name: string): boolean {
    return this.#tenants.get(name)?.usedByTests === true;
  }

  /** The tenant that issued one of these codes or tokens. The default tenant is not found this way. */
  issuerOf(credentials: Iterable<unknown>): Tenant | undefined {
    if (this.#credentials.size === 0) return undefined;
    for (const credential of credentials) {
      const name = typeof credential === 'string' ? this.#credentials.get(credential) : undefined;
      if (name !== undefined) return this.get(name);
    }
    return undefined;
  }

  /** True if `issuerOf` could find a tenant: any but the default one has issued a code or token. */
  get hasCredentials(): boolean {
    return this.#credentials.size > 0;
  }

  listen(listener: TenantListener): void {
    this.#listeners.add(listener);
  }

  /** Drops a tenant with all its state. Its next use creates it again. */
  async drop(name: string): Promise<void> {
    const found = this.#tenants.get(name);
    if (found === undefined) return;
    this.#tenants.delete(name);
    this.#ofPages.delete(name);
    found.isDropped = true;
    found.tenant.journal.clear();
    for (const credential of found.tenant.store.credentials()) this.#removeCredential(name, credential);
    await found.persistence?.drop();
  }

  /**
   * Replaces a tenant with a new one.
   * @param fill fills the new tenant. It is called for a trial tenant first, so that nothing is replaced if it throws
   */
  async replace(name: string, fill: (tenant: Tenant) => void): Promise<Tenant> {
    fill(new Tenant(this.#tenantOptions(name)));
    // No await until the tenant is filled: no request can see it half full.
    const dropped = this.drop(name);
    const { tenant } = this.#create(name);
    fill(tenant);
    await dropped;
    await tenant.settled();
    return tenant;
  }

  /**
   * Replaces the fixtures of all tenants. Reload the profiles first.
   * @param fixtures must fit the wallet, see `fixtureScenarioProblems`
   */
  useFixtures(fixtures: Fixtures): void {
    this.#options = { ...this.#options, fixtures };
    for (const { tenant } of this.#tenants.values()) tenant.useFixtures(fixtures);
  }

  async close(): Promise<void> {
    for (const { persistence } of this.#tenants.values()) await persistence?.settled();
    this.#options.dataFolder?.release();
  }

  #create(name: string, byPage = false): TenantEntry {
    const persistence = this.#options.dataFolder?.persistence(name);
    const tenant = new Tenant({
      ...this.#tenantOptions(name),
      issuedElsewhere: (word) => this.#issued(word),
      journal: { budget: this.#journalBudget, onlyPages: () => !created.usedByTests },
      tell: (event) => {
        for (const listener of this.#listeners) listener(tenant, event);
      },
      ...(persistence && { persistence }),
      ...(name !== defaultTenant && {
        credentials: {
          // A snapshot may contain another tenant's credentials: the first tenant keeps them.
          add: (credential) => {
            // A call that began before a reset may still store a token in the dropped tenant.
            if (!created.isDropped && !this.#credentials.has(credential)) this.#credentials.set(credential, name);
          },
          remove: (credential) => this.#removeCredential(name, credential),
        },
      }),
    });
    const created: TenantEntry = { tenant, usedByTests: !byPage, ...(persistence && { persistence }) };
    if (!this.#tenants.has(name)) this.#makeRoom(byPage);
    this.#tenants.set(name, created);
    if (byPage) this.#ofPages.add(name);
    return created;
  }

  #tenantOptions(name: string) {
    const { wallet, openapiCors = false, profiles, fixtures, issuer } = this.#options;
    const ownWallet = name !== defaultTenant && profiles.has(name) ? name : wallet;
    return { name, wallet: ownWallet, openapiCors, profiles, fixtures, issuer };
  }

  /** Returns true if any tenant issued this code or token. */
  #issued(word: string): boolean {
    return this.#credentials.has(word) || this.#tenants.get(defaultTenant)?.tenant.store.issued(word) === true;
  }

  #removeCredential(name: string, credential: string): void {
    if (this.#credentials.get(credential) === name) this.#credentials.delete(credential);
  }

  /** Before a tenant is created, drops one if there are too many: one that only pages have used, or else one of the tests. */
  #makeRoom(byPage: boolean): void {
    const isFull = this.#tenants.size >= this.#limit;
    if (!isFull && !(byPage && this.#ofPages.size >= maxPageTenants)) return;
    const [ofPages] = this.#ofPages;
    const leastRecent = ofPages ?? (byPage ? undefined : this.#leastRecent());
    if (leastRecent !== undefined) void this.drop(leastRecent).catch(() => {});
  }

  #leastRecent(): string | undefined {
    for (const name of this.#tenants.keys()) if (name !== defaultTenant) return name;
    return undefined;
  }
}
