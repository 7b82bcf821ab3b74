import { buildEntry, type CallFacts } from './build-entry.js';
import type { JournalEntry } from './entry.js';

/** Which entries: those that match every field that is given. */
export interface EntryFilter {
  kind?: string;
  operation?: string;
  resultCode?: string;
  resultStatus?: string;
  clientId?: string;
  appId?: string;
  userId?: string;
  scenario?: string;
  status?: number;
  /** Milliseconds since the epoch: entries from then on. */
  since?: number;
}

/** The matching entries, or after a time-out the entries that match most fields. */
export type WaitResult = { entries: JournalEntry[] } | { nearest: JournalEntry[] };

/** The maximum number of entries in a journal. */
export const journalCapacity = 2000;
const maxNearest = 3;

/** The last calls, in a ring buffer: the cost of adding an entry does not depend on how many there are. */
export class Journal {
  readonly #ring: JournalEntry[] = [];
  /** The number of entries ever added. It is the id of the newest. */
  #count = 0;
  /** Entries up to this id were cleared. */
  #clearedUpTo = 0;
  readonly #listeners = new Set<(entry: JournalEntry) => void>();

  add(facts: CallFacts): JournalEntry {
    const added = { ...buildEntry(facts), id: String(++this.#count) };
    this.#ring[this.#count % journalCapacity] = added;
    for (const listener of this.#listeners) listener(added);
    return added;
  }

  get(id: string): JournalEntry | undefined {
    const number = Number(id);
    const entry = number > this.#clearedUpTo ? this.#ring[number % journalCapacity] : undefined;
    return entry?.id === id ? entry : undefined;
  }

  /** Newest first. @param limit at most this many */
  list(filter: EntryFilter = {}, limit = journalCapacity): JournalEntry[] {
    const found: JournalEntry[] = [];
    for (const entry of this.#newestFirst()) {
      if (found.length >= limit) break;
      if (mismatches(entry, filter) === 0) found.push(entry);
    }
    return found;
  }

  clear(): void {
    this.#clearedUpTo = this.#count;
    this.#ring.length = 0;
  }

  /** @returns a function that removes the listener */
  listen(listener: (entry: JournalEntry) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /**
   * Waits until enough entries match. Earlier entries count too.
   * @param timeoutMs of the machine's time
   * @param signal ends the wait early, as the time-out does
   */
  wait(filter: EntryFilter, count: number, timeoutMs: number, signal?: AbortSignal): Promise<WaitResult> {
    const findEnough = () => {
      const entries = this.list(filter, count);
      return entries.length >= count ? entries : undefined;
    };
    const entries = findEnough();
    if (entries !== undefined) return Promise.resolve({ entries });
    return new Promise((resolve) => {
      const end = (result: WaitResult) => {
        clearTimeout(timer);
        removeListener();
        signal?.removeEventListener('abort', giveUp);
        resolve(result);
      };
      const giveUp = () => end({ nearest: this.#nearest(filter) });
      const timer = setTimeout(giveUp, timeoutMs);
      const removeListener = this.listen(() => {
        const found = findEnough();
        if (found !== undefined) end({ entries: found });
      });
      signal?.addEventListener('abort', giveUp);
      if (signal?.aborted) giveUp();
    });
  }

  /** The entries with the fewest mismatches; of equals, the newest. */
  #nearest(filter: EntryFilter): JournalEntry[] {
    return Array.from(this.#newestFirst(), (entry) => ({ entry, count: mismatches(entry, filter) }))
      .sort((a, b) => a.count - b.count)
      .slice(0, maxNearest)
      .map(({ entry }) => entry);
  }

  *#newestFirst(): Generator<JournalEntry> {
    for (let id = this.#count; id > this.#clearedUpTo && id > this.#count - journalCapacity; id--) {
      const entry = this.#ring[id % journalCapacity];
      if (entry !== undefined) yield entry;
    }
  }
}

/** Counts the fields of the filter that an entry does not match. */
function mismatches(entry: JournalEntry, { since, ...wanted }: EntryFilter): number {
  let count = since !== undefined && entry.at < since ? 1 : 0;
  for (const [field, value] of Object.entries(wanted)) {
    if (value !== undefined && entry[field as keyof typeof wanted] !== value) count++;
  }
  return count;
}
