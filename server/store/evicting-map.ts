export interface EvictingMapOptions<Entry> {
  /** The maximum number of entries. Over it, one entry is removed per insert, and ended ones go first. */
  limit: number;
  /** True if an entry has ended: it was used or revoked, or it has expired. */
  ended(entry: Entry): boolean;
  /** True if an entry ended so long ago that it may be removed. */
  removable(entry: Entry): boolean;
  /** Called when an entry is added, changed, or (undefined) removed. */
  changed?(key: string, entry: Entry | undefined): void;
  /** Called for every entry that leaves. */
  removed?(entry: Entry): void;
  /** Called after a live entry was removed because the map was full. */
  evictedLive?(): void;
}

/** Entries checked for eviction per insert, so no call scans the whole map. More than one, so that the checks keep up with inserts. */
const checksPerInsert = 2;
/** Entries that a full map checks for an ended one before it removes a live one. */
const checksWhenFull = 64;

/**
 * A map with a limited number of entries. Ended entries stay for a while, so that a used code can be told apart from one that never
 * existed. Each insert checks a few entries and removes those that ended long ago.
 */
export class EvictingMap<Entry extends object> {
  readonly #entries = new Map<string, Entry>();
  /** Keys of entries that had ended when they were last checked. A full map removes these first. */
  readonly #ended = new Set<string>();
  // These iterators are reused: a new one would first walk over the holes that removals leave at the start of a Map.
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
    this.#evict(key);
  }

  /** Adds an entry that is stored already: `changed` is not called, and nothing is evicted. */
  restore(key: string, entry: Entry): void {
    this.#entries.set(key, entry);
    this.#noteIfEnded(key, entry);
  }

  /** Merges changes into an entry. @returns the entry, or undefined if there is none */
  change(key: string, changes: Partial<Entry>): Entry | undefined {
    const entry = this.#entries.get(key);
    if (entry === undefined) return undefined;
    Object.assign(entry, changes);
    this.#options.changed?.(key, entry);
    this.#noteIfEnded(key, entry);
    return entry;
  }

  remove(key: string): boolean {
    if (!this.#entries.has(key)) return false;
    this.#options.changed?.(key, undefined);
    this.forget(key);
    return true;
  }

  /** Removes an entry that is removed from the storage already: `changed` is not called. */
  forget(key: string): void {
    const entry = this.#entries.get(key);
    if (entry === undefined) return;
    this.#entries.delete(key);
    this.#ended.delete(key);
    this.#options.removed?.(entry);
  }

  #noteIfEnded(key: string, entry: Entry): void {
    if (this.#options.ended(entry)) this.#ended.add(key);
  }

  #evict(added: string): void {
    if (this.#entries.size > this.#options.limit) this.#removeOne(added);
    else this.#removeOld();
  }

  /** Checks a few entries, and removes those that ended long ago. */
  #removeOld(): void {
    for (let checks = Math.min(checksPerInsert, this.#entries.size); checks > 0; checks--) {
      const [key, entry] = this.#nextToCheck();
      if (this.#options.removable(entry)) this.remove(key);
      else this.#noteIfEnded(key, entry);
    }
  }

  /** Makes room in a full map: removes an ended entry, or else the one that was checked least recently, but never the new one. */
  #removeOne(added: string): void {
    if (this.#removeNotedAsEnded()) return;
    let leastRecent: string | undefined;
    for (let checks = Math.min(checksWhenFull, this.#entries.size); checks > 0; checks--) {
      const [key, entry] = this.#nextToCheck();
      if (this.#options.ended(entry)) {
        this.remove(key);
        return;
      }
      if (key !== added) leastRecent ??= key;
    }
    if (leastRecent === undefined) return;
    this.remove(leastRecent);
    this.#options.evictedLive?.();
  }

  /** The entry that was checked least recently. The map must not be empty. */
  #nextToCheck(): [string, Entry] {
    let next = this.#cursor.next();
    if (next.done) {
      this.#cursor = this.#entries.entries();
      next = this.#cursor.next();
    }
    return next.value as [string, Entry];
  }

  /** Removes an entry that was noted as ended. It checks again, because the clock may have been set back. */
  #removeNotedAsEnded(): boolean {
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
