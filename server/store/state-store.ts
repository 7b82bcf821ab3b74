import type { Text } from '../texts/text.js';
import type { StoredChange } from './change-log.js';
import type { StoredEntry } from './disk-persistence.js';
import type { TenantPersistence } from './persistence.js';

/** The stored state of a tenant. */
export interface StoredTenant {
  persistence: TenantPersistence;
  entries: StoredEntry[];
  /** The journal, oldest first, if the store has it. */
  calls?: object[];
}

/** Stores the state of all tenants outside of memory. */
export interface StateStore {
  /** The names of the stored tenants. */
  tenants(): Promise<string[]>;
  /**
   * Reads a stored tenant.
   * @returns undefined if nothing is stored
   * @throws Error in one line with place and field, if the state is damaged
   */
  load(tenant: string): Promise<StoredTenant | undefined>;
  /** For a new life of a tenant. @param waitsForReplace nothing is written before replaceStored */
  persistence(tenant: string, waitsForReplace?: boolean): TenantPersistence;
  /** From now on, every use of the tenant tells the reason, and its stored state stays as it is. */
  refuse(tenant: string, reason: Text): void;
  /** Deletes what is left of a life that was dropped or discarded, in the background. */
  deleteFiles(persistence: TenantPersistence): void;
  /** Releases everything. */
  release(): Promise<void>;
  /** Present if several emulators share the store. */
  readonly sharing?: Sharing;
}

/** The right to read and change a tenant's state. Emulators that share a store take turns. */
export interface Turn {
  /** Ends it. What was changed is stored first; `settled()` of the persistence tells whether it was. */
  end(): void;
}

/** The part of a store that several emulators share. Each of them has a copy of every tenant. */
export interface Sharing {
  /** Tells this emulator from the others. */
  readonly emulatorId: string;
  /** Loads all tenants, and keeps the copies up to date from now on. @returns a line for each tenant that cannot be read */
  join(copies: TenantCopies): Promise<string[]>;
  /**
   * Waits for the tenant's turn, and brings its copy up to date. Requests of one emulator share its turn.
   * @throws StorageError if the store does not answer
   */
  enter(tenant: string): Promise<Turn>;
  /** The tenant that issued one of these codes or tokens. The default tenant is not found this way. */
  tenantOf(credentials: readonly string[]): Promise<string | undefined>;
  /** The id of the next journal entry. It is greater than all that this emulator knows. */
  nextEntryId(): number;
  /** Tells the other emulators of a call. @param entry absent: the journal was emptied */
  tellCall(tenant: string, entry: object | undefined): void;
  /** Returns true if an emulator runs. */
  isRunning(emulatorId: string): Promise<boolean>;
}

/** An emulator's copies of the tenants. */
export interface TenantCopies {
  /** Replaces a copy. @param stored absent: nothing is stored, so the copy is dropped */
  replace(tenant: string, stored: StoredTenant | undefined): void;
  /** Applies what another emulator changed. */
  change(tenant: string, changes: readonly StoredChange[]): void;
  /** Adds a call that another emulator answered. @param entry absent: the journal was emptied */
  addCall(tenant: string, entry: object | undefined): void;
}
