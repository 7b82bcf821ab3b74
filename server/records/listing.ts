/**
 * Entries by id: those of the fixtures, with a tenant's changes. All tenants share the fixtures' map, and each stores only its own
 * changes, so thousands of tenants need little memory.
 */
export class Listing<Entry> {
  #fixtures: ReadonlyMap<string, Entry>;
  /** id → the changed or added entry; undefined: it was removed. */
  readonly #changes = new Map<string, Entry | undefined>();

  constructor(fixtures: ReadonlyMap<string, Entry>) {
    this.#fixtures = fixtures;
  }

  /** Replaces the fixtures. Changes made at run time stay. */
  useFixtures(fixtures: ReadonlyMap<string, Entry>): void {
    this.#fixtures = fixtures;
  }

  get(id: string): Entry | undefined {
    return this.#changes.has(id) ? this.#changes.get(id) : this.#fixtures.get(id);
  }

  /** The entry that the fixtures have, whether it was changed or not. */
  original(id: string): Entry | undefined {
    return this.#fixtures.get(id);
  }

  set(id: string, entry: Entry): void {
    this.#changes.set(id, entry);
  }

  /** @returns whether there was an entry */
  delete(id: string): boolean {
    const existed = this.get(id) !== undefined;
    if (this.#fixtures.has(id)) this.#changes.set(id, undefined);
    else this.#changes.delete(id);
    return existed;
  }

  /** All entries: those of the fixtures in their order, then the added ones. */
  *all(): Generator<Entry> {
    for (const id of this.#fixtures.keys()) {
      const entry = this.get(id);
      if (entry !== undefined) yield entry;
    }
    for (const [id, entry] of this.#changes) if (!this.#fixtures.has(id) && entry !== undefined) yield entry;
  }

  /** The entries that differ from the fixtures. */
  changes(): Iterable<[string, Entry | undefined]> {
    return this.#changes;
  }
}
