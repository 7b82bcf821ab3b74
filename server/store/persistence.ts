/** The kinds of things that a store keeps, each a folder of its own where it is kept on disk. */
export const kinds = ['auth-codes', 'grants', 'access-tokens', 'refresh-tokens', 'consents', 'tickets', 'tenant'] as const;
export type Kind = (typeof kinds)[number];

/** Where a store's state is kept besides memory. */
export interface Persistence {
  changed(kind: Kind, key: string, entry: object | undefined): void;
  /** Resolves once everything that changed before this call is kept. */
  settled(): Promise<void>;
}

/** Keeps nothing: state lives in memory, and goes with the process. */
export const memoryOnly: Persistence = {
  changed() {},
  settled: () => settled,
};

const settled = Promise.resolve();
