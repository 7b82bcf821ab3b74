/** The kinds of entries in a store. */
export const kinds = [
  'auth-codes',
  'grants',
  'access-tokens',
  'refresh-tokens',
  'consents',
  'tickets',
  'notifications',
  'tenant',
] as const;
export type Kind = (typeof kinds)[number];

/** Stores a tenant's state outside of memory. */
export interface Persistence {
  /** Records that an entry was added or changed, or (undefined) removed. */
  changed(kind: Kind, key: string, entry: object | undefined): void;
  /**
   * Resolves when everything that changed before this call is stored. Every answer waits for it, so that no caller is told
   * something that a restart would take back. Rejects with a StorageError.
   */
  settled(): Promise<void>;
}

/** Stores one life of a tenant: from its creation, or from a restored snapshot, to its end. */
export interface TenantPersistence extends Persistence {
  /**
   * Writes everything that was recorded, then replaces what was stored for the tenant before. A kill at any time leaves either the
   * state before or this one. Changes that come before this call are not written earlier.
   * @param replaced called in the same step, before anything else can be stored for the tenant
   */
  replaceStored(replaced: () => void): Promise<void>;
  /** Deletes everything. Resolves when no restart brings it back. Later changes are ignored. */
  drop(): Promise<void>;
  /** Ends a life that another one replaced. Later changes are ignored. */
  discard(): void;
  /** Stores what is left, and releases all files. */
  close(): Promise<void>;
}

/** Stores nothing: state is lost when the process ends. */
export const memoryOnly: Persistence = {
  changed() {},
  settled: () => settled,
};

const settled = Promise.resolve();
