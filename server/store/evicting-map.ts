/** How a ledger's entries are kept elsewhere as well, and when they may be forgotten. */
export interface EvictingMapOptions<Entry> {
  /** How many entries at the most; over it those that have ended go first, the oldest ahead. */
  limit: number;
  /** Whether an entry has ended so long ago that nobody needs to be told of it. */
  forgettable(entry: Entry): boolean;
  /** Whether an entry has ended: used, revoked, expired. */
  ended(entry: Entry): boolean;
  changed?(key: string, entry: Entry | undefined): void;
  /** Called for every entry that leaves. */
  removed?(entry: Entry): void;
}

/** How many of the oldest entries each new one makes us look at: so every entry comes by, and no call ever walks them all. */
const looksPerEntry = 2;
/** How far a full ledger looks for one that ended unseen, before it lets go the one that was looked at longest ago. */
const looksWhenFull = 64;

/**
 * Entries by key, bounded in number. What has ended is remembered for a while, so that a code that was used is told apart from one
 * that never was; it is looked over a little with every entry that comes, never all at once.
 */
export class EvictingMap<Entry extends object> {
  readonly #entries = new Map<string, Entry>();
  /** Those that were seen to have ended: a full ledger begins with them. */
  readonly #ended = new Set<string>();
  // Iterators that live on: a new one would walk over the holes that removals leave at the head.
  #cursor = this.#entries.entries();
  #endedCursor = this.#ended.keys();
  readonly #options: EvictingMapOptions<Entry>;

  constructor(options: EvictingMapOptions<Entry>) {
    this.#options = options;
  }

  get size(): number {
    return this.#entries.size;
  }

  get(key: string): Entry | undefined {
    return this.#entries.get(key);
  }

  keys(): IterableIterator<string> {
    return this.#entries.keys();
  }

  values(): IterableIterator<Entry> {
    return this.#entries.values();
  }

  add(key: string, entry: Entry): void {
    this.#entries.set(key, entry);
    this.#options.changed?.(key, entry);
    this.#lookOver(key);
  }

  /** Puts back what was kept elsewhere. */
  restore(key: string, entry: Entry): void {
    this.#entries.set(key, entry);
    this.#see(key, entry);
  }

  /** Merges into an entry. @returns the entry, or undefined where there is none */
  change(key: string, changes: Partial<Entry>): Entry | undefined {
    const entry = this.#entries.get(key);
    if (entry === undefined) return undefined;
    Object.assign(entry, changes);
    this.#options.changed?.(key, entry);
    this.#see(key, entry);
    return entry;
  }

  remove(key: string): boolean {
    const entry = this.#entries.get(key);
    if (entry === undefined) return false;
    this.#entries.delete(key);
    this.#ended.delete(key);
    this.#options.changed?.(key, undefined);
    this.#options.removed?.(entry);
    return true;
  }

  #see(key: string, entry: Entry): void {
    if (this.#options.ended(entry)) this.#ended.add(key);
  }

  #lookOver(added: string): void {
    const full = this.#entries.size > this.#options.limit;
    if (full && this.#removeEnded()) return;
    let oldest: string | undefined;
    for (let looks = Math.min(full ? looksWhenFull : looksPerEntry, this.#entries.size); looks > 0; looks--) {
      const [key, entry] = this.#next();
      if (this.#options.forgettable(entry) || (full && this.#options.ended(entry))) {
        this.remove(key);
        if (full) return;
      } else {
        this.#see(key, entry);
        if (key !== added) oldest ??= key;
      }
    }
    if (full && oldest !== undefined) this.remove(oldest);
  }

  /** The entry that was looked at longest ago, of a ledger that has any. */
  #next(): [string, Entry] {
    let next = this.#cursor.next();
    if (next.done) {
      this.#cursor = this.#entries.entries();
      next = this.#cursor.next();
    }
    return next.value as [string, Entry];
  }

  /** Removes one that was seen to have ended, and has: the clock may have gone back since. */
  #removeEnded(): boolean {
    while (this.#ended.size > 0) {
      let next = this.#endedCursor.next();
      if (next.done) {
        this.#endedCursor = this.#ended.keys();
        next = this.#endedCursor.next();
      }
      const key = next.value as string;
      const entry = this.#entries.get(key);
      if (entry !== undefined && this.#options.ended(entry)) return this.remove(key);
      this.#ended.delete(key);
    }
    return false;
  }
}
