import type { Text } from '../texts/text.js';
import type { TenantPersistence } from './persistence.js';
import { StorageError } from './storage-error.js';

/** Stands for stored state that cannot be read. It stores nothing, so that the files stay as they are, and tells every caller why. */
export class UnreadablePersistence implements TenantPersistence {
  readonly #message: Text;

  /** @param message one line for the caller */
  constructor(message: Text) {
    this.#message = message;
  }

  changed(): void {}

  async settled(): Promise<void> {
    throw new StorageError('tenant-unreadable', this.#message);
  }

  replaceStored(): Promise<void> {
    return this.settled();
  }

  drop(): Promise<void> {
    return this.settled();
  }

  discard(): void {}

  async close(): Promise<void> {}
}
