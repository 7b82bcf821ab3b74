import type { StoredChange } from '../change-log.js';
import type { Kind, TenantPersistence } from '../persistence.js';
import type { StorageError } from '../storage-error.js';

/** Writes the changes of a copy. */
export interface CopyWriter {
  /** A copy has a change that is not written. */
  noteChange(copy: RedisPersistence): void;
  /** Resolves when all changes of a copy are written. */
  settled(copy: RedisPersistence): Promise<void>;
  /** Makes a collected copy the tenant's life. @param replaced is called in the same step */
  replaceBy(copy: RedisPersistence, replaced: () => void): Promise<void>;
  /** Deletes the tenant's life. */
  drop(copy: RedisPersistence): Promise<void>;
  /** The emulator drops its copy. What is stored stays. */
  discard(copy: RedisPersistence): void;
  /** Writes what is left. */
  close(): Promise<void>;
}

/** The copy of one life of a tenant that is in Redis. It collects changes, and the tenant's turn writes them. */
export class RedisPersistence implements TenantPersistence {
  readonly #writer: CopyWriter;
  /** Changes that are not written yet, by kind and key. */
  #changes = new Map<string, readonly [kind: Kind, key: string, entry: object | undefined]>();
  #hasEnded = false;
  #problem: StorageError | undefined;

  constructor(writer: CopyWriter) {
    this.#writer = writer;
  }

  changed(kind: Kind, key: string, entry: object | undefined): void {
    if (this.#hasEnded) return;
    this.#changes.set(`${kind} ${key}`, [kind, key, entry]);
    this.#writer.noteChange(this);
  }

  get hasChanges(): boolean {
    return this.#changes.size > 0;
  }

  /** The changes since the last call, as they are now. */
  takeChanges(): StoredChange[] {
    const changes = Array.from(this.#changes.values(), ([kind, key, entry]): StoredChange => [kind, key, entry ?? null]);
    this.#changes = new Map();
    return changes;
  }

  settled(): Promise<void> {
    return this.#problem === undefined ? this.#writer.settled(this) : Promise.reject(this.#problem);
  }

  replaceStored(replaced: () => void): Promise<void> {
    return this.#writer.replaceBy(this, replaced);
  }

  drop(): Promise<void> {
    this.#hasEnded = true;
    return this.#writer.drop(this);
  }

  discard(): void {
    this.#hasEnded = true;
    this.#writer.discard(this);
  }

  /** Ends a copy whose changes could not be written. Every answer that waits for them gets the problem. */
  fail(problem: StorageError): void {
    this.#hasEnded = true;
    this.#problem = problem;
  }

  close(): Promise<void> {
    return this.#writer.close();
  }
}
