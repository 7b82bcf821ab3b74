/**
 * Things by id, begun from what the fixtures say and changed while it runs. The beginning is shared by all tenants and never
 * changes; a tenant holds only its own differences, so that thousands of tenants cost little.
 */
export class Listing<Entry> {
  #beginning: ReadonlyMap<string, Entry>;
  /** id → what it is now; undefined where it was removed. */
  readonly #changes = new Map<string, Entry | undefined>();

  constructor(beginning: ReadonlyMap<string, Entry>) {
    this.#beginning = beginning;
  }

  /** Begins from other fixtures; what was changed while it runs stays changed. */
  rebase(beginning: ReadonlyMap<string, Entry>): void {
    this.#beginning = beginning;
  }

  get(id: string): Entry | undefined {
    return this.#changes.has(id) ? this.#changes.get(id) : this.#beginning.get(id);
  }

  set(id: string, entry: Entry): void {
    this.#changes.set(id, entry);
  }

  /** @returns whether there was one */
  delete(id: string): boolean {
    const had = this.get(id) !== undefined;
    if (this.#beginning.has(id)) this.#changes.set(id, undefined);
    else this.#changes.delete(id);
    return had;
  }

  /** All that there are: the fixtures' in their order, then what was added. */
  *all(): Generator<Entry> {
    for (const id of this.#beginning.keys()) {
      const entry = this.get(id);
      if (entry !== undefined) yield entry;
    }
    for (const [id, entry] of this.#changes) if (!this.#beginning.has(id) && entry !== undefined) yield entry;
  }

  /** What differs from the fixtures. */
  changes(): Iterable<[string, Entry | undefined]> {
    return this.#changes;
  }
}
