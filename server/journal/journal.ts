import { buildEntry, type CallFacts } from './build-entry.js';
import type { JournalEntry, Message } from './entry.js';
import { type BudgetedJournal, JournalBudget } from './journal-budget.js';

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
  authorizationId?: string;
  status?: number;
  /** Milliseconds since the epoch: entries from then on. */
  since?: number;
}

/** The matching entries, or after a time-out the entries that match most fields. */
export type WaitResult = { entries: JournalEntry[] } | { nearest: JournalEntry[] };

/** The maximum number of entries in a journal. */
export const journalCapacity = 2000;
const maxNearest = 3;
/** Estimated bytes of an entry without its bodies and headers. */
const entryOverheadBytes = 1024;

export interface JournalOptions {
  /** Shared by the journals of all tenants. */
  budget?: JournalBudget;
  /** True if only pages of other origins have used the journal's tenant. */
  onlyPages?(): boolean;
}

/** The last calls, in a ring buffer: the cost of adding an entry does not depend on how many there are. */
export class Journal implements BudgetedJournal {
  readonly #ring: (JournalEntry | undefined)[] = [];
  /** The number of entries ever added. It is the id of the newest. */
  #count = 0;
  /** Entries up to this id were removed. */
  #removedUpTo = 0;
  #bytes = 0;
  readonly #budget: JournalBudget;
  readonly #onlyPages: () => boolean;
  /** The entries of each authorization, oldest first. The authorizations are in the order of their first entries. */
  readonly #byAuthorization = new Map<string, JournalEntry[]>();
  readonly #listeners = new Set<(entry: JournalEntry) => void>();

  constructor({ budget = new JournalBudget(), onlyPages = () => false }: JournalOptions = {}) {
    this.#budget = budget;
    this.#onlyPages = onlyPages;
  }

  get onlyPages(): boolean {
    return this.#onlyPages();
  }

  add(facts: CallFacts): JournalEntry {
    if (this.#count - this.#removedUpTo >= journalCapacity) this.#budget.release(this.removeOldest() ?? 0);
    const added = { ...buildEntry(facts), id: String(++this.#count) };
    this.#ring[this.#count % journalCapacity] = added;
    if (added.authorizationId !== undefined) this.#index(added.authorizationId, added);
    const bytes = bytesOf(added);
    this.#bytes += bytes;
    this.#budget.add(this, bytes);
    for (const listener of this.#listeners) listener(added);
    return added;
  }

  get(id: string): JournalEntry | undefined {
    const number = Number(id);
    const entry = number > this.#removedUpTo ? this.#ring[number % journalCapacity] : undefined;
    return entry?.id === id ? entry : undefined;
  }

  /** Newest first. @param limit at most this many */
  list(filter: EntryFilter = {}, limit = journalCapacity): JournalEntry[] {
    return this.#matching(compileFilter(filter), limit);
  }

  /** The ids of the authorizations that have entries. The one whose first entry is the newest comes first. */
  authorizationIds(): string[] {
    return [...this.#byAuthorization.keys()].reverse();
  }

  /** The entries of an authorization, oldest first. */
  entriesOf(authorizationId: string): readonly JournalEntry[] {
    return this.#byAuthorization.get(authorizationId) ?? [];
  }

  clear(): void {
    this.#budget.releaseAll(this, this.#bytes);
    this.#bytes = 0;
    this.#removedUpTo = this.#count;
    this.#ring.length = 0;
    this.#byAuthorization.clear();
  }

  removeOldest(): number | undefined {
    if (this.#removedUpTo === this.#count) return undefined;
    const index = ++this.#removedUpTo % journalCapacity;
    const removed = this.#ring[index] as JournalEntry;
    const bytes = bytesOf(removed);
    this.#ring[index] = undefined;
    if (removed.authorizationId !== undefined) this.#removeFirstOf(removed.authorizationId);
    this.#bytes -= bytes;
    return bytes;
  }

  /** @returns a function that removes the listener */
  listen(listener: (entry: JournalEntry) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /**
   * Waits until enough entries match. Earlier entries count too. A new entry is compared with each waiting filter once, so many
   * waiting callers do not slow down calls.
   * @param timeoutMs of the machine's time
   * @param signal ends the wait early, as the time-out does
   */
  wait(filter: EntryFilter, count: number, timeoutMs: number, signal?: AbortSignal): Promise<WaitResult> {
    const mismatches = compileFilter(filter);
    const entries = this.#matching(mismatches, count);
    if (entries.length >= count) return Promise.resolve({ entries });
    let matching = entries.length;
    return new Promise((resolve) => {
      const end = (result: WaitResult) => {
        clearTimeout(timer);
        removeListener();
        signal?.removeEventListener('abort', giveUp);
        resolve(result);
      };
      const giveUp = () => end({ nearest: this.#nearest(mismatches) });
      const timer = setTimeout(giveUp, timeoutMs);
      const removeListener = this.listen((entry) => {
        if (mismatches(entry) > 0 || ++matching < count) return;
        const entries = this.#matching(mismatches, count);
        // Entries that were counted may have been removed since.
        if (entries.length >= count) end({ entries });
        else matching = entries.length;
      });
      signal?.addEventListener('abort', giveUp);
      if (signal?.aborted) giveUp();
    });
  }

  #index(authorizationId: string, entry: JournalEntry): void {
    const entries = this.#byAuthorization.get(authorizationId);
    if (entries === undefined) this.#byAuthorization.set(authorizationId, [entry]);
    else entries.push(entry);
  }

  /** The oldest entry of the journal is also the first of its authorization. */
  #removeFirstOf(authorizationId: string): void {
    const entries = this.#byAuthorization.get(authorizationId);
    entries?.shift();
    if (entries?.length === 0) this.#byAuthorization.delete(authorizationId);
  }

  #matching(mismatches: Mismatches, limit: number): JournalEntry[] {
    const found: JournalEntry[] = [];
    for (const entry of this.#newestFirst()) {
      if (found.length >= limit) break;
      if (mismatches(entry) === 0) found.push(entry);
    }
    return found;
  }

  /** The entries with the fewest mismatches; of equals, the newest. */
  #nearest(mismatches: Mismatches): JournalEntry[] {
    return Array.from(this.#newestFirst(), (entry) => ({ entry, count: mismatches(entry) }))
      .sort((a, b) => a.count - b.count)
      .slice(0, maxNearest)
      .map(({ entry }) => entry);
  }

  *#newestFirst(): Generator<JournalEntry> {
    for (let id = this.#count; id > this.#removedUpTo; id--) {
      const entry = this.#ring[id % journalCapacity];
      if (entry !== undefined) yield entry;
    }
  }
}

/** Estimates the memory of an entry: texts dominate it. */
function bytesOf({ request, response }: JournalEntry): number {
  return entryOverheadBytes + textLength(request) + textLength(response);
}

function textLength({ headers, body }: Message): number {
  let length = body.length;
  for (const name in headers) length += name.length + String(headers[name] ?? '').length;
  return length;
}

/** Compiles a filter into a function that says if an entry matches. */
export function entryMatcher(filter: EntryFilter): (entry: JournalEntry) => boolean {
  const mismatches = compileFilter(filter);
  return (entry) => mismatches(entry) === 0;
}

type Mismatches = (entry: JournalEntry) => number;

/** Compiles a filter into a function that counts the fields that an entry does not match. */
function compileFilter({ since, ...wanted }: EntryFilter): Mismatches {
  const fields = Object.entries(wanted).filter(([, value]) => value !== undefined) as [keyof typeof wanted, unknown][];
  return (entry) => {
    let count = since !== undefined && entry.at < since ? 1 : 0;
    for (const [field, value] of fields) if (entry[field] !== value) count++;
    return count;
  };
}
