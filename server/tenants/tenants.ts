import type { JournalEntry } from '../journal/entry.js';
import type { Profiles } from '../profiles/profiles.js';
import type { Fixtures } from '../records/fixtures.js';
import type { TenantPersistence } from '../store/persistence.js';
import type { Sharing, StateStore, StoredTenant, TenantCopies } from '../store/state-store.js';
import { text } from '../texts/text.js';
import { textOf } from '../texts/text-error.js';
import { inEnglish } from '../texts/write-text.js';
import { CredentialOwners } from './credential-owners.js';
import { Evictions } from './evictions.js';
import { restoreTenant } from './restore-tenant.js';
import type { Tenant } from './tenant.js';
import { type NewTenant, TenantFactory } from './tenant-factory.js';
import { defaultTenant } from './tenant-name.js';
import { TenantReplacements } from './tenant-replacements.js';
import { type TenantEntry, TenantTable } from './tenant-table.js';
import { TenantWatchers } from './tenant-watchers.js';
import type { Issuer } from './token-factory.js';

export interface TenantsOptions {
  wallet: string;
  /** The setting `openapiCors` of a new tenant; default: off. */
  openapiCors?: boolean;
  profiles: Profiles;
  fixtures: Fixtures;
  issuer: Issuer;
  /** Stores state; absent: in memory only. */
  stateStore?: StateStore;
  /** Has the limits, and counts what they drop. Default: the default limits. */
  evictions?: Evictions;
}

/** All tenants. A tenant is created at its first use, and found by its name or by a code or token that it issued. */
export class Tenants {
  #options: TenantsOptions;
  readonly evictions: Evictions;
  /** Tells who follows a tenant's journal when a reset or a snapshot replaces it. */
  readonly replacements = new TenantReplacements();
  readonly #tenants = new TenantTable();
  /** Those who follow the events and the calls of all tenants. */
  readonly watchers = new TenantWatchers();
  /** The default tenant's codes and tokens are not in it. */
  readonly #credentials = new CredentialOwners();
  readonly #factory: TenantFactory;

  /** @param options its fixtures must fit the wallet, see `fixtureScenarioProblems` */
  constructor(options: TenantsOptions) {
    this.#options = options;
    this.evictions = options.evictions ?? new Evictions();
    this.#factory = new TenantFactory({
      evictions: this.evictions,
      watchers: this.watchers,
      credentials: this.#credentials,
      sharing: options.stateStore?.sharing,
      isCurrent: (tenant) => this.isCurrent(tenant),
      issued: (word) => this.#issued(word),
    });
  }

  /**
   * Reads the stored tenants. A tenant with a wrong file does not stop the others: its files stay as they are, and its use tells why.
   * @returns a line for each such tenant: file, field, and what was expected
   */
  async load(): Promise<string[]> {
    const { stateStore } = this.#options;
    if (stateStore?.sharing !== undefined) return stateStore.sharing.join(this.#copies());
    const problems: string[] = [];
    for (const name of (await stateStore?.tenants()) ?? []) {
      try {
        const stored = await stateStore?.load(name);
        if (stored !== undefined) this.#restore(name, stored);
      } catch (error) {
        const problem = text('tenant-unreadable', { tenant: name, problem: textOf(error) });
        problems.push(inEnglish(problem));
        stateStore?.refuse(name, text('tenant-repair', { problem }));
      }
    }
    return problems;
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
    this.#tenants.use(name, found, byPage);
    return found.tenant;
  }

  /** Connects this emulator with the others that share its state. Undefined if no other emulator can change a tenant. */
  get sharing(): Sharing | undefined {
    return this.#options.stateStore?.sharing;
  }

  /** All tenants, the least recently used first. */
  *all(): Generator<Tenant> {
    for (const [, { tenant }] of this.#tenants.entries()) yield tenant;
  }

  /** The tenant of this name, if there is one. */
  find(name: string): Tenant | undefined {
    return this.#tenants.get(name)?.tenant;
  }

  /** The default tenant, then the others in the order of their last use, the latest first. @param limit at most this many */
  recent(limit: number): Tenant[] {
    const others = [...this.all()].filter(({ name }) => name !== defaultTenant);
    return [this.default, ...others.reverse()].slice(0, limit);
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
    const name = this.#credentials.ownerOf(credentials);
    return name === undefined ? undefined : this.get(name);
  }

  /** True if `issuerOf` could find a tenant: any but the default one has issued a code or token. */
  get hasCredentials(): boolean {
    return this.#credentials.size > 0;
  }

  /** Drops a tenant with all its state. Its next use creates it again. */
  async drop(name: string): Promise<void> {
    const found = this.#tenants.get(name);
    if (found === undefined) return;
    this.#forget(name, found);
    await found.persistence?.drop();
    this.#deleteFiles(found);
  }

  /** Resets a tenant to the fixtures, and tells those who follow its journal. */
  async reset(name: string): Promise<void> {
    await this.drop(name);
    this.replacements.announce(name, () => this.get(name));
  }

  /** A new tenant of this name that is not installed: nothing else uses it, and nothing of it is stored. */
  trial(name: string): Tenant {
    return this.#build(name, undefined).tenant;
  }

  /**
   * Replaces a tenant with a new one. Until the new one is stored, the old one answers.
   * @param fill fills the new tenant. If it throws, nothing is replaced
   */
  async replace(name: string, fill: (tenant: Tenant) => void): Promise<Tenant> {
    const persistence = this.#options.stateStore?.persistence(name, true);
    const successor = this.#build(name, persistence);
    fill(successor.tenant);
    const install = () => {
      const replaced = this.#tenants.get(name);
      this.#install(name, successor);
      replaced?.persistence?.discard();
      this.#deleteFiles(replaced);
    };
    if (persistence === undefined) install();
    else
      await persistence.replaceStored(install).catch((error: unknown) => {
        this.#deleteFiles(successor);
        throw error;
      });
    return successor.tenant;
  }

  /**
   * Replaces the fixtures of all tenants. Reload the profiles first.
   * @param fixtures must fit the wallet, see `fixtureScenarioProblems`
   * @param wallet the wallet of new tenants, and of the tenants that had the wallet before
   */
  useFixtures(fixtures: Fixtures, wallet = this.#options.wallet): void {
    const { wallet: before, profiles } = this.#options;
    this.#options = { ...this.#options, fixtures, wallet };
    for (const [name, { tenant }] of this.#tenants.entries()) {
      tenant.useFixtures(fixtures);
      if (wallet !== before && tenant.settings.wallet === before && !profiles.has(name)) tenant.changeSettings({ wallet });
    }
  }

  async close(): Promise<void> {
    const closed = await Promise.allSettled(Array.from(this.#tenants.entries(), ([, { persistence }]) => persistence?.close()));
    await this.#options.stateStore?.release();
    const failed = closed.find(({ status }) => status === 'rejected');
    if (failed !== undefined) throw (failed as PromiseRejectedResult).reason;
  }

  /** Takes over what other emulators change. */
  #copies(): TenantCopies {
    return {
      replace: (name, stored) => {
        const replaced = this.#tenants.get(name);
        if (stored !== undefined) this.#restore(name, stored);
        else if (replaced !== undefined) this.#forget(name, replaced);
        if (replaced !== undefined) this.replacements.announce(name, () => this.get(name));
      },
      change: (name, changes) => {
        const { tenant } = this.#tenants.get(name) ?? {};
        for (const [kind, key, entry] of changes) tenant?.apply(kind, key, entry ?? undefined);
      },
      addCall: (name, entry) => {
        const journal = this.#tenants.get(name)?.tenant.journal;
        if (entry === undefined) journal?.removeAll();
        else journal?.receive(entry as JournalEntry);
      },
    };
  }

  #restore(name: string, stored: StoredTenant): void {
    const found = this.#build(name, stored.persistence);
    restoreTenant(found.tenant, stored);
    this.#install(name, found);
  }

  #create(name: string, byPage: boolean): TenantEntry {
    const created = this.#build(name, this.#options.stateStore?.persistence(name), byPage);
    this.#install(name, created);
    return created;
  }

  #build(name: string, persistence: TenantPersistence | undefined, byPage = false): TenantEntry {
    return this.#factory.create(this.#newTenant(name), persistence, byPage);
  }

  /** Makes a tenant the one of this name. */
  #install(name: string, entry: TenantEntry): void {
    const replaced = this.#tenants.get(name);
    if (replaced !== undefined) this.#forget(name, replaced);
    else this.#makeRoom(!entry.usedByTests);
    this.#tenants.set(name, entry);
    if (name !== defaultTenant)
      for (const credential of entry.tenant.store.credentials()) this.#credentials.add(name, credential);
  }

  #forget(name: string, { tenant }: TenantEntry): void {
    this.#tenants.delete(name);
    tenant.running.clear();
    tenant.journal.close();
    for (const credential of tenant.store.credentials()) this.#credentials.remove(name, credential);
  }

  #deleteFiles(entry: TenantEntry | undefined): void {
    if (entry?.persistence !== undefined) this.#options.stateStore?.deleteFiles(entry.persistence);
  }

  #newTenant(name: string): NewTenant {
    const { wallet, openapiCors = false, profiles, fixtures, issuer } = this.#options;
    const ownWallet = name !== defaultTenant && profiles.has(name) ? name : wallet;
    return { name, wallet: ownWallet, openapiCors, profiles, fixtures, issuer };
  }

  /** Returns true if any tenant issued this code or token. */
  #issued(word: string): boolean {
    return this.#credentials.has(word) || this.#tenants.get(defaultTenant)?.tenant.store.issued(word) === true;
  }

  /** Before a tenant is created, drops one if there are too many. */
  #makeRoom(byPage: boolean): void {
    const next = this.#tenants.nextToDrop(byPage, this.evictions.limits.tenants);
    if (next === undefined) return;
    this.#evict(next.name);
    if (next.usedByTests) this.evictions.add('tenants');
  }

  /** Drops a tenant; one that other emulators may use is dropped from this emulator's memory only. */
  #evict(name: string): void {
    const found = this.#tenants.get(name);
    if (this.sharing === undefined) void this.drop(name).catch(() => {});
    else if (found !== undefined) {
      this.#forget(name, found);
      found.persistence?.discard();
    }
  }
}
