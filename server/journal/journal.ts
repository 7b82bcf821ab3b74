import { buildEntry, type CallFacts } from './build-entry.js';
import type { JournalEntry } from './entry.js';

/** What entries must be like; fields that are absent do not matter. */
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

/** How a wait ended: the entries, or what came nearest. */
export type Waited = { entries: JournalEntry[] } | { nearest: JournalEntry[] };

const capacity = 2000;
const nearestShown = 3;

/** The last calls, in a ring: adding one costs the same however many came before. */
export class Journal {
  readonly #ring: JournalEntry[] = [];
  /** How many entries there have ever been: the next one's id is one more. */
  #count = 0;
  /** Ids up to this one were cleared away. */
  #cleared = 0;
  readonly #listeners = new Set<(entry: JournalEntry) => void>();

  add(facts: CallFacts): JournalEntry {
    const added = { ...buildEntry(facts), id: String(++this.#count) };
    this.#ring[this.#count % capacity] = added;
    for (const listener of this.#listeners) listener(added);
    return added;
  }

  get(id: string): JournalEntry | undefined {
    const number = Number(id);
    const entry = number > this.#cleared ? this.#ring[number % capacity] : undefined;
    return entry?.id === id ? entry : undefined;
  }

  /** Newest first. @param limit how many at the most */
  list(filter: EntryFilter = {}, limit = capacity): JournalEntry[] {
    const found: JournalEntry[] = [];
    for (const entry of this.#newestFirst()) {
      if (found.length >= limit) break;
      if (misses(entry, filter) === 0) found.push(entry);
    }
    return found;
  }

  clear(): void {
    this.#cleared = this.#count;
    this.#ring.length = 0;
  }

  /** @returns a function that ends it */
  listen(listener: (entry: JournalEntry) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /**
   * Waits until so many entries match, those that are there already among them.
   * @param timeout milliseconds of the machine's time
   */
  wait(filter: EntryFilter, count: number, timeout: number, signal?: AbortSignal): Promise<Waited> {
    const enough = () => {
      const entries = this.list(filter, count);
      return entries.length >= count ? entries : undefined;
    };
    const entries = enough();
    if (entries !== undefined) return Promise.resolve({ entries });
    return new Promise((resolve) => {
      const end = (waited: Waited) => {
        clearTimeout(timer);
        stop();
        signal?.removeEventListener('abort', give);
        resolve(waited);
      };
      const give = () => end({ nearest: this.#nearest(filter) });
      const timer = setTimeout(give, timeout);
      const stop = this.listen(() => {
        const found = enough();
        if (found !== undefined) end({ entries: found });
      });
      signal?.addEventListener('abort', give);
      if (signal?.aborted) give();
    });
  }

  #nearest(filter: EntryFilter): JournalEntry[] {
    return Array.from(this.#newestFirst(), (entry) => ({ entry, missed: misses(entry, filter) }))
      .sort((a, b) => a.missed - b.missed)
      .slice(0, nearestShown)
      .map(({ entry }) => entry);
  }

  *#newestFirst(): Generator<JournalEntry> {
    for (let id = this.#count; id > this.#cleared && id > this.#count - capacity; id--) {
      const entry = this.#ring[id % capacity];
      if (entry !== undefined) yield entry;
    }
  }
}

/** In how many fields an entry is not as wanted. */
function misses(entry: JournalEntry, { since, ...wanted }: EntryFilter): number {
  let missed = since !== undefined && entry.at < since ? 1 : 0;
  for (const [field, value] of Object.entries(wanted)) {
    if (value !== undefined && entry[field as keyof typeof wanted] !== value) missed++;
  }
  return missed;
}
