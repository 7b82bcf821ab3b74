/** The kinds of entries in a store. On disk, each kind has its own folder. */
export const kinds = ['auth-codes', 'grants', 'access-tokens', 'refresh-tokens', 'consents', 'tickets', 'tenant'] as const;
export type Kind = (typeof kinds)[number];

/** Stores a tenant's state outside of memory. */
export interface Persistence {
  /** Records that an entry was added or changed, or (undefined) removed. */
  changed(kind: Kind, key: string, entry: object | undefined): void;
  /** Resolves when everything that changed before this call is stored. */
  settled(): Promise<void>;
}

/** Stores nothing: state is lost when the process ends. */
export const memoryOnly: Persistence = {
  changed() {},
  settled: () => settled,
};

const settled = Promise.resolve();
