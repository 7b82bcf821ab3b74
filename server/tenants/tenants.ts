import type { EngineEvent } from '../engine/events.js';
import type { Profiles } from '../profiles/profiles.js';
import type { Fixtures } from '../records/fixtures.js';
import type { DataFolder } from '../store/data-folder.js';
import type { DiskPersistence } from '../store/disk-persistence.js';
import { checkFixtureScenarios } from './scenario-check.js';
import { Tenant } from './tenant.js';
import type { Issuer } from './token-factory.js';

/** Names a tenant may have. */
export const tenantName = /^[A-Za-z0-9_.-]{1,64}$/;
export const defaultTenant = 'default';

/** How many tenants live side by side; over it the one unused for longest goes. */
const mostTenants = 5000;

export interface TenantsOptions {
  wallet: string;
  profiles: Profiles;
  fixtures: Fixtures;
  issuer: Issuer;
  /** Where state is stored; absent: in memory only. */
  dataFolder?: DataFolder;
  /** How many live side by side; 5,000 unless told otherwise. */
  limit?: number;
}

/** Hears of what happens in any tenant. */
export type TenantListener = (tenant: Tenant, event: EngineEvent) => void;

/** A tenant, and what is known of it besides. */
interface Held {
  tenant: Tenant;
  persistence?: DiskPersistence;
  /** A test or a server has used it, and not only pages of other origins. */
  usedByTests: boolean;
}

/** All tenants, made on first use, and found by name or by a code or token that one of them issued. */
export class Tenants {
  #options: TenantsOptions;
  readonly #limit: number;
  /** In the order of use, the one unused for longest first. */
  readonly #tenants = new Map<string, Held>();
  /** Code or token → the tenant that issued it; the default tenant's are not listed. */
  readonly #credentials = new Map<string, string>();

  readonly #listeners = new Set<TenantListener>();

  /** @throws Error in one line where a scenario of the fixtures does not fit the wallet */
  constructor(options: TenantsOptions) {
    checkFixtureScenarios(options.profiles.get(options.wallet), options.fixtures);
    this.#options = options;
    this.#limit = options.limit ?? mostTenants;
  }

  /** Reads the stored tenants. @throws Error in one line with the file's name, if a file is damaged */
  async load(): Promise<void> {
    for (const name of (await this.#options.dataFolder?.tenants()) ?? []) {
      const { tenant, persistence } = this.#make(name);
      const own = new Map<string, object>();
      for await (const { kind, key, entry } of persistence?.load() ?? []) {
        if (kind === 'tenant') own.set(key, entry);
        else tenant.store.restore(kind, key, entry);
      }
      tenant.restore(own);
    }
  }

  get default(): Tenant {
    return this.get(defaultTenant);
  }

  /**
   * The tenant of a name that `tenantName` takes; made from the fixtures where there is none yet.
   * @param options `byPage`: a page of another origin asks, whose tenants make room for those that a test or a server has used
   */
  get(name: string, { byPage = false } = {}): Tenant {
    const found = this.#tenants.get(name) ?? this.#make(name, byPage);
    if (!byPage) found.usedByTests = true;
    if (name !== defaultTenant) {
      this.#tenants.delete(name);
      this.#tenants.set(name, found);
    }
    return found.tenant;
  }

  /** Whether this is what its name stands for still: a tenant that was dropped is not. */
  holds(tenant: Tenant): boolean {
    return this.#tenants.get(tenant.name)?.tenant === tenant;
  }

  /** Whether more than pages of other origins have used the tenant of this name: it goes after those when room is made. */
  isUsedByTests(name: string): boolean {
    return this.#tenants.get(name)?.usedByTests === true;
  }

  /** The tenant that issued one of these codes or tokens. */
  issuerOf(credentials: Iterable<unknown>): Tenant | undefined {
    if (this.#credentials.size === 0) return undefined;
    for (const credential of credentials) {
      const name = typeof credential === 'string' ? this.#credentials.get(credential) : undefined;
      if (name !== undefined) return this.get(name);
    }
    return undefined;
  }

  /** Whether calls may have to be told apart by the codes and tokens in them. */
  get several(): boolean {
    return this.#credentials.size > 0;
  }

  listen(listener: TenantListener): void {
    this.#listeners.add(listener);
  }

  /** Drops a tenant with all it holds; the next use makes it anew. */
  async drop(name: string): Promise<void> {
    const found = this.#tenants.get(name);
    if (found === undefined) return;
    this.#tenants.delete(name);
    for (const credential of found.tenant.store.credentials()) this.#disown(name, credential);
    await found.persistence?.drop();
  }

  /**
   * Puts a new tenant in the place of the one of this name: what it is filled with is all it holds.
   * @param fill called twice: whatever it throws, it throws at a tenant that nobody sees
   */
  async replace(name: string, fill: (tenant: Tenant) => void): Promise<Tenant> {
    fill(new Tenant(this.#tenantOptions(name)));
    // All in one go, up to the first wait: no request meets a tenant that is half full.
    const dropped = this.drop(name);
    const { tenant } = this.#make(name);
    fill(tenant);
    await dropped;
    await tenant.settled();
    return tenant;
  }

  /**
   * Goes on from other fixtures, once the profiles are read again too.
   * @throws Error in one line where a scenario of theirs does not fit the wallet; nothing changes then
   */
  rebase(fixtures: Fixtures): void {
    checkFixtureScenarios(this.#options.profiles.get(this.#options.wallet), fixtures);
    this.#options = { ...this.#options, fixtures };
    for (const { tenant } of this.#tenants.values()) tenant.rebase(fixtures);
  }

  async close(): Promise<void> {
    for (const { persistence } of this.#tenants.values()) await persistence?.settled();
    this.#options.dataFolder?.release();
  }

  #make(name: string, byPage = false): Held {
    const persistence = this.#options.dataFolder?.persistence(name);
    const tenant = new Tenant({
      ...this.#tenantOptions(name),
      tell: (event) => {
        for (const listener of this.#listeners) listener(this.get(name), event);
      },
      ...(persistence && { persistence }),
      ...(name !== defaultTenant && {
        credentials: {
          // A snapshot may bring another tenant's: they stay with the one that had them first.
          add: (credential) => this.#credentials.has(credential) || this.#credentials.set(credential, name),
          remove: (credential) => this.#disown(name, credential),
        },
      }),
    });
    const made = { tenant, usedByTests: !byPage, ...(persistence && { persistence }) };
    if (this.#tenants.size >= this.#limit && !this.#tenants.has(name)) this.#dropIdle();
    this.#tenants.set(name, made);
    return made;
  }

  #tenantOptions(name: string) {
    const { wallet, profiles, fixtures, issuer } = this.#options;
    return { name, wallet: name !== defaultTenant && profiles.has(name) ? name : wallet, profiles, fixtures, issuer };
  }

  #disown(name: string, credential: string): void {
    if (this.#credentials.get(credential) === name) this.#credentials.delete(credential);
  }

  /** Makes room: those that only pages have used go first, then the one unused for longest. */
  #dropIdle(): void {
    let oldest: string | undefined;
    for (const [name, { usedByTests }] of this.#tenants) {
      if (name === defaultTenant) continue;
      oldest ??= name;
      if (usedByTests) continue;
      oldest = name;
      break;
    }
    if (oldest !== undefined) void this.drop(oldest).catch(() => {});
  }
}
