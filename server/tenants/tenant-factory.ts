import { sequence } from '../journal/journal.js';
import { JournalBudget } from '../journal/journal-budget.js';
import type { CredentialIndex } from '../store/credential-index.js';
import type { TenantPersistence } from '../store/persistence.js';
import type { Sharing } from '../store/state-store.js';
import type { CredentialOwners } from './credential-owners.js';
import type { Evictions } from './evictions.js';
import { Tenant, type TenantOptions } from './tenant.js';
import { defaultTenant } from './tenant-name.js';
import type { TenantEntry } from './tenant-table.js';
import type { TenantWatchers } from './tenant-watchers.js';

/** The parts that a tenant shares with the others. */
export interface SharedParts {
  evictions: Evictions;
  watchers: TenantWatchers;
  /** The default tenant's codes and tokens are not in it. */
  credentials: CredentialOwners;
  /** Undefined if no other emulator can change a tenant. */
  sharing: Sharing | undefined;
  /** Returns true if a tenant is in use under its name. */
  isCurrent(tenant: Tenant): boolean;
  /** Returns true if any tenant issued this code or token. */
  issued(word: string): boolean;
}

/** The options that differ from tenant to tenant, or that a reload of the fixtures changes. */
export type NewTenant = Pick<TenantOptions, 'name' | 'wallet' | 'openapiCors' | 'profiles' | 'fixtures' | 'issuer'>;

/** Creates tenants, and connects each with the parts that all share. Nothing else uses a new tenant until it is installed. */
export class TenantFactory {
  readonly #shared: SharedParts;
  readonly #journalBudget = new JournalBudget();
  readonly #nextEntryId: () => number;
  readonly #nextRunningId = sequence();

  constructor(shared: SharedParts) {
    this.#shared = shared;
    const { sharing } = shared;
    this.#nextEntryId = sharing === undefined ? sequence() : () => sharing.nextEntryId();
  }

  /**
   * @param persistence undefined: in memory only
   * @param byPage a page of another origin asks for the tenant
   */
  create(options: NewTenant, persistence: TenantPersistence | undefined, byPage: boolean): TenantEntry {
    const { evictions, watchers, sharing } = this.#shared;
    const { name } = options;
    const isCurrent = () => this.#shared.isCurrent(tenant);
    const tenant: Tenant = new Tenant({
      ...options,
      issuedElsewhere: (word) => this.#shared.issued(word),
      journal: {
        budget: this.#journalBudget,
        onlyPages: () => !created.usedByTests,
        nextId: this.#nextEntryId,
        made: (entry) => sharing !== undefined && isCurrent() && sharing.tellCall(name, entry),
        changed: (entry) => watchers.journalChanged(tenant, entry),
      },
      running: {
        nextId: this.#nextRunningId,
        changed: (change) => {
          // A call that began before a reset may still open a sheet in the dropped tenant.
          if (change.hasEnded || isCurrent()) watchers.ran(tenant, change);
        },
      },
      tell: (event) => watchers.tell(tenant, event),
      ...(persistence && { persistence }),
      limit: { entries: evictions.limits.tokens, evictedLive: () => evictions.add('tokens') },
      ...(name !== defaultTenant && { credentials: this.#credentialIndex(name, isCurrent) }),
    });
    const created: TenantEntry = { tenant, usedByTests: !byPage, ...(persistence && { persistence }) };
    return created;
  }

  #credentialIndex(name: string, isCurrent: () => boolean): CredentialIndex {
    const { credentials } = this.#shared;
    // A call that began before a reset may still store a token in the dropped tenant.
    return {
      add: (credential) => isCurrent() && credentials.add(name, credential),
      remove: (credential) => isCurrent() && credentials.remove(name, credential),
    };
  }
}
