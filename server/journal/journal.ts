import type { FindingCode } from '../engine/finding-codes.js';
import { buildEntry, type CallFacts } from './build-entry.js';
import type { JournalEntry, Message } from './entry.js';
import { compileFilter, type EntryFilter, findingsOfNew, type Mismatches } from './entry-filter.js';
import { withFindings } from './findings.js';
import { type BudgetedJournal, JournalBudget } from './journal-budget.js';

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
  /** Returns the id of the next entry. Ids ascend. Tenants share one sequence, so that their entries have an order. */
  nextId?(): number;
  /** Called with each new entry, and without one when the journal is emptied. */
  changed?(entry: JournalEntry | undefined): void;
  /** Called with each entry that this emulator adds, and without one when a tester empties the journal. */
  made?(entry: JournalEntry | undefined): void;
}

/** Selects a part of a journal. */
export interface EntryRange {
  /** The id of an entry. Only older entries are listed. */
  before?: number;
  /** The id of an entry: only newer ones. */
  after?: number;
}

/** The last calls, in a ring buffer: the cost of adding an entry does not depend on how many there are. */
export class Journal implements BudgetedJournal {
  readonly #ring: (JournalEntry | undefined)[] = [];
  /** The number of entries ever added. It is the place of the newest. */
  #count = 0;
  /** Entries up to this place were removed. */
  #removedUpTo = 0;
  #bytes = 0;
  #isClosed = false;
  readonly #budget: JournalBudget;
  readonly #onlyPages: () => boolean;
  readonly #nextId: () => number;
  readonly #changed: NonNullable<JournalOptions['changed']>;
  readonly #made: NonNullable<JournalOptions['made']>;
  /** The entries of each authorization, oldest first. The authorizations are in the order of their first entries. */
  readonly #byAuthorization = new Map<string, JournalEntry[]>();
  readonly #listeners = new Set<(entry: JournalEntry) => void>();

  constructor({
    budget = new JournalBudget(),
    onlyPages = () => false,
    nextId = sequence(),
    changed = () => {},
    made = () => {},
  }: JournalOptions = {}) {
    this.#budget = budget;
    this.#onlyPages = onlyPages;
    this.#nextId = nextId;
    this.#changed = changed;
    this.#made = made;
  }

  get onlyPages(): boolean {
    return this.#onlyPages();
  }

  /** The number of entries. */
  get size(): number {
    return this.#count - this.#removedUpTo;
  }

  add(facts: CallFacts): JournalEntry {
    const added: JournalEntry = Object.assign(buildEntry(facts), { id: String(this.#nextId()) });
    if (this.#isClosed) return added;
    this.#append(added);
    for (const listener of this.#listeners) listener(added);
    this.#changed(added);
    this.#made(added);
    return added;
  }

  /** Adds an entry that another emulator made, in the order of the ids. One that is here already is left out. */
  receive(entry: JournalEntry): void {
    if (this.get(entry.id) !== undefined) return;
    this.#append(entry);
    this.#moveBack(entry);
    for (const listener of this.#listeners) listener(entry);
    this.#changed(entry);
  }

  /** Adds the entries of another journal, with their ids. @param entries oldest first, with ascending ids */
  restore(entries: Iterable<JournalEntry>): void {
    for (const entry of entries) this.#append(entry);
  }

  get(id: string): JournalEntry | undefined {
    const entry = this.#ring[this.#placeUpTo(Number(id)) % journalCapacity];
    return entry?.id === id ? entry : undefined;
  }

  /** Newest first. @param limit at most this many */
  list(filter: EntryFilter = {}, limit = journalCapacity, { before = Infinity, after = 0 }: EntryRange = {}): JournalEntry[] {
    const mismatches = compileFilter(filter);
    const found: JournalEntry[] = [];
    for (const [entry, findings] of this.#candidates(filter)) {
      if (found.length >= limit || Number(entry.id) <= after) break;
      if (Number(entry.id) < before && mismatches(entry, findings) === 0) found.push(entry);
    }
    return found;
  }

  /** The newest entry that a predicate accepts. */
  newest(accepts: (entry: JournalEntry) => boolean): JournalEntry | undefined {
    for (const entry of this.#newestFirst()) if (accepts(entry)) return entry;
    return undefined;
  }

  /** The ids of the authorizations that have entries. The one whose first entry is the newest comes first. */
  authorizationIds(): string[] {
    return [...this.#byAuthorization.keys()].reverse();
  }

  /** The entries of an authorization, oldest first. */
  entriesOf(authorizationId: string): readonly JournalEntry[] {
    return this.#byAuthorization.get(authorizationId) ?? [];
  }

  /** Empties the journal for a tester. */
  clear(): void {
    this.removeAll();
    this.#made(undefined);
  }

  /** Removes all entries from memory. */
  removeAll(): void {
    this.#budget.releaseAll(this, this.#bytes);
    this.#bytes = 0;
    this.#removedUpTo = this.#count;
    this.#ring.length = 0;
    this.#byAuthorization.clear();
    this.#changed(undefined);
  }

  /** Ends the journal of a dropped tenant. Calls that are still answered there are not kept, so that nothing holds the tenant. */
  close(): void {
    this.removeAll();
    this.#isClosed = true;
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
    const entries = this.list(filter, count);
    if (entries.length >= count) return Promise.resolve({ entries });
    let matching = entries.length;
    return new Promise((resolve) => {
      const end = (result: WaitResult) => {
        clearTimeout(timer);
        removeListener();
        signal?.removeEventListener('abort', giveUp);
        resolve(result);
      };
      const giveUp = () => end({ nearest: this.#nearest(filter, mismatches) });
      const timer = setTimeout(giveUp, timeoutMs);
      const removeListener = this.listen((entry) => {
        if (mismatches(entry, findingsOfNew(entry)) > 0 || ++matching < count) return;
        const entries = this.list(filter, count);
        // Entries that were counted may have been removed since.
        if (entries.length >= count) end({ entries });
        else matching = entries.length;
      });
      signal?.addEventListener('abort', giveUp);
      if (signal?.aborted) giveUp();
    });
  }

  #append(entry: JournalEntry): void {
    if (this.#count - this.#removedUpTo >= journalCapacity) this.#budget.release(this.removeOldest() ?? 0);
    this.#ring[++this.#count % journalCapacity] = entry;
    if (entry.authorizationId !== undefined) this.#index(entry.authorizationId, entry);
    const bytes = bytesOf(entry);
    this.#bytes += bytes;
    this.#budget.add(this, bytes);
  }

  /** Moves the last entry before those with greater ids. */
  #moveBack(entry: JournalEntry): void {
    let place = this.#count;
    for (; place - 1 > this.#removedUpTo; place--) {
      const before = this.#ring[(place - 1) % journalCapacity] as JournalEntry;
      if (Number(before.id) < Number(entry.id)) break;
      this.#ring[place % journalCapacity] = before;
    }
    this.#ring[place % journalCapacity] = entry;
    if (entry.authorizationId !== undefined)
      this.#byAuthorization.get(entry.authorizationId)?.sort((one, other) => Number(one.id) - Number(other.id));
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

  /** The entries with the fewest mismatches; of equals, the newest. */
  #nearest(filter: EntryFilter, mismatches: Mismatches): JournalEntry[] {
    return Array.from(this.#candidates(filter), ([entry, findings]) => ({ entry, count: mismatches(entry, findings) }))
      .sort((a, b) => a.count - b.count)
      .slice(0, maxNearest)
      .map(({ entry }) => entry);
  }

  /** All entries, newest first, with their findings. The one finding that depends on later entries is looked up only if it is asked for. */
  *#candidates({ finding }: EntryFilter): Generator<[JournalEntry, readonly FindingCode[]]> {
    if (finding === 'scope-never-used') yield* withFindings(this.#newestFirst());
    else for (const entry of this.#newestFirst()) yield [entry, entry.findings];
  }

  *#newestFirst(): Generator<JournalEntry> {
    for (let place = this.#count; place > this.#removedUpTo; place--) {
      const entry = this.#ring[place % journalCapacity];
      if (entry !== undefined) yield entry;
    }
  }

  /** The place of the newest entry whose id is not greater, by binary search. */
  #placeUpTo(id: number): number {
    let [low, high] = [this.#removedUpTo, this.#count];
    while (low < high) {
      const middle = Math.ceil((low + high) / 2);
      if (Number(this.#ring[middle % journalCapacity]?.id) <= id) low = middle;
      else high = middle - 1;
    }
    return low;
  }
}

/** Returns a function that counts from 1. */
export function sequence(): () => number {
  let last = 0;
  return () => ++last;
}

/** Estimates the memory of an entry: texts dominate it. */
function bytesOf({ request, response, signature, recorded }: JournalEntry): number {
  const contents = (signature?.contentToSign?.length ?? 0) + (signature?.signedContent?.length ?? 0);
  const emulator = recorded?.emulator === undefined ? 0 : textLength(recorded.emulator);
  return entryOverheadBytes + textLength(request) + textLength(response) + contents + emulator;
}

function textLength({ headers, body }: Message): number {
  let length = body.length;
  for (const name in headers) length += name.length + String(headers[name] ?? '').length;
  return length;
}
