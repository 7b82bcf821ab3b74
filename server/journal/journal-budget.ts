/** A journal, as the budget sees it. */
export interface BudgetedJournal {
  /** True if only pages of other origins have used the journal's tenant. */
  readonly onlyPages: boolean;
  /** Removes the oldest entry. @returns the estimated bytes that it took; undefined if the journal is empty */
  removeOldest(): number | undefined;
}

/** The estimated bytes that the entries of all tenants may take together. */
export const journalBudgetBytes = 128 * 1024 * 1024;

/**
 * Limits the memory of all journals together, because many tenants with full journals would need gigabytes. Over the limit, the
 * oldest entries of the tenant whose journal was idle for longest are removed. Tenants that only pages of other origins have used
 * lose their entries first, so that such a page cannot remove the entries of tests.
 */
export class JournalBudget {
  readonly #limitBytes: number;
  #usedBytes = 0;
  /** Journals with entries, in the order of their last entry. */
  readonly #ofPages = new Set<BudgetedJournal>();
  readonly #ofTests = new Set<BudgetedJournal>();

  constructor(limitBytes = journalBudgetBytes) {
    this.#limitBytes = limitBytes;
  }

  get usedBytes(): number {
    return this.#usedBytes;
  }

  /** Counts a new entry of a journal, and makes room if the limit is reached. */
  add(journal: BudgetedJournal, bytes: number): void {
    this.#forget(journal);
    (journal.onlyPages ? this.#ofPages : this.#ofTests).add(journal);
    this.#usedBytes += bytes;
    while (this.#usedBytes > this.#limitBytes && this.#removeOne()) {}
  }

  /** Gives back the bytes of removed entries. */
  release(bytes: number): void {
    this.#usedBytes -= bytes;
  }

  /** Gives back all bytes of a journal that was cleared or dropped. */
  releaseAll(journal: BudgetedJournal, bytes: number): void {
    this.#forget(journal);
    this.#usedBytes -= bytes;
  }

  #forget(journal: BudgetedJournal): void {
    this.#ofPages.delete(journal);
    this.#ofTests.delete(journal);
  }

  /** @returns false if no journal has entries */
  #removeOne(): boolean {
    for (const journals of [this.#ofPages, this.#ofTests]) {
      for (const journal of journals) {
        const bytes = journal.removeOldest();
        if (bytes !== undefined) {
          this.#usedBytes -= bytes;
          return true;
        }
        journals.delete(journal);
      }
    }
    return false;
  }
}
