import { existsSync } from 'node:fs';
import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { readBase, sizeOf, writeBase } from './base-pages.js';
import { ChangeLog, readChangeLog } from './change-log.js';
import { type Kind, kinds, type TenantPersistence } from './persistence.js';
import { type StorageError, storageErrorOf } from './storage-error.js';
import type { Current, TenantFolder } from './tenant-folder.js';

/** An entry that was read, and the file (and line) that has it. */
export interface StoredEntry {
  kind: Kind;
  key: string;
  entry: object;
  place: string;
}

/** Smaller logs are not compacted, in bytes. */
const minCompactedBytes = 4 * 1024 * 1024;

/** A write that has not begun. */
interface NextWrite {
  promise: Promise<void>;
  resolve(): void;
  reject(error: StorageError): void;
}

/**
 * Stores one life of a tenant in a folder (a generation): a base, which is all entries at one time, and logs of what changed after
 * that. One write runs at a time, and the next write takes all changes made meanwhile. So the cost of a write does not depend on how
 * much is stored. When the log is twice as large as the base, a new base is written in the background.
 */
export class DiskPersistence implements TenantPersistence {
  readonly folder: TenantFolder;
  readonly #generation: string;
  readonly #entries = new Map<Kind, Map<string, object>>(kinds.map((kind) => [kind, new Map()]));
  /** The keys of what changed since the last write began. */
  #changes = new Map<Kind, Set<string>>();
  #log: ChangeLog;
  #logNumber: number;
  #baseBytes = 0;
  /** True if current.json names this generation. */
  #isStored: boolean;
  /** True if changes are only recorded until replaceStored. */
  #waitsForReplace: boolean;
  #next: NextWrite | undefined;
  #running: Promise<void> | undefined;
  #compacting: Promise<void> | undefined;
  /** The end of this life. */
  #ended: Promise<void> | undefined;
  #isClosing = false;

  /** @param options `waitsForReplace`: write nothing before replaceStored */
  constructor(folder: TenantFolder, { current, waitsForReplace = false }: { current?: Current; waitsForReplace?: boolean } = {}) {
    this.folder = folder;
    folder.lives++;
    this.#generation = current?.generation ?? folder.newGeneration();
    this.#isStored = current !== undefined;
    this.#waitsForReplace = waitsForReplace;
    this.#logNumber = current?.base ?? 0;
    this.#log = this.#openLog();
  }

  /**
   * Reads all stored entries.
   * @param base the number of the stored base
   * @throws Error in one line with file and line, if a file is damaged
   */
  async load(base: number): Promise<StoredEntry[]> {
    const places = new Map<Kind, Map<string, string>>(kinds.map((kind) => [kind, new Map()]));
    const read = (kind: Kind, key: string, entry: object | null, place: string) => {
      if (entry === null) this.#entriesOf(kind).delete(key);
      else this.#entriesOf(kind).set(key, entry);
      places.get(kind)?.set(key, place);
    };
    if (base > 0) {
      await readBase(this.#basePath(base), read);
      this.#baseBytes = await sizeOf(this.#basePath(base));
    }
    const numbers = await this.#clean(base);
    for (const number of numbers) {
      this.#logNumber = number;
      const path = this.#openLog().path;
      const size = await readChangeLog(path, number === numbers.at(-1), ([kind, key, entry], place) =>
        read(kind, key, entry, place),
      );
      this.#log = this.#openLog(size);
    }
    return [...this.#entries].flatMap(([kind, entries]) =>
      Array.from(entries, ([key, entry]) => ({ kind, key, entry, place: places.get(kind)?.get(key) ?? '' })),
    );
  }

  changed(kind: Kind, key: string, entry: object | undefined): void {
    if (this.#ended !== undefined) return;
    if (entry === undefined) this.#entriesOf(kind).delete(key);
    else this.#entriesOf(kind).set(key, entry);
    if (this.#waitsForReplace) return;
    this.#noteChange(kind, key);
    void this.#schedule();
  }

  settled(): Promise<void> {
    if (this.#ended !== undefined) return this.#ended;
    if (this.#changes.size > 0) return this.#schedule();
    return this.#running ?? this.folder.switching ?? nothingToStore;
  }

  async replaceStored(replaced: () => void): Promise<void> {
    try {
      await this.folder.createGeneration(this.#generation);
      this.#logNumber = 1;
      this.#log = this.#openLog();
      await writeBase(this.#basePath(1), this.#entries, this.folder.fsync, () => true);
      this.#baseBytes = await sizeOf(this.#basePath(1));
      await this.#makeCurrent(1, () => {
        this.#waitsForReplace = false;
        replaced();
      });
    } catch (error) {
      this.discard();
      throw storageErrorOf(error);
    }
  }

  drop(): Promise<void> {
    this.#ended ??= this.folder.endGeneration(this.#generation).catch((error: unknown) => {
      throw storageErrorOf(error);
    });
    return this.#ended;
  }

  discard(): void {
    this.#ended ??= Promise.resolve();
  }

  /** Deletes the files after a drop or discard. A kill meanwhile is harmless: the next start deletes the rest. */
  async deleteFiles(): Promise<void> {
    await Promise.allSettled([this.#ended, this.#running, this.#compacting]);
    await this.folder.deleteGeneration(this.#generation);
    this.folder.lives--;
  }

  async close(): Promise<void> {
    await this.settled();
    this.#isClosing = true;
    await this.#compacting;
  }

  #schedule(): Promise<void> {
    if (this.#next === undefined) {
      let resolve = () => {};
      let reject = (_: StorageError) => {};
      const promise = new Promise<void>((onStored, onFailed) => {
        resolve = onStored;
        reject = onFailed;
      });
      // If nobody waits for it, the next settled() tries again and tells.
      promise.catch(() => {});
      this.#next = { promise, resolve, reject };
      // Calls that are handled in the same turn share one write.
      if (this.#running === undefined) setImmediate(() => void this.#writeChanges());
    }
    return this.#next.promise;
  }

  /** Writes until nothing is left to write. */
  async #writeChanges(): Promise<void> {
    while (this.#next !== undefined) {
      const { promise, resolve, reject } = this.#next;
      const changes = this.#changes;
      this.#next = undefined;
      this.#running = promise;
      this.#changes = new Map();
      try {
        if (this.#ended === undefined) await this.#write(changes);
        await this.#ended;
        resolve();
      } catch (error) {
        for (const [kind, keys] of changes) for (const key of keys) this.#noteChange(kind, key);
        reject(storageErrorOf(error));
      }
      this.#running = undefined;
    }
  }

  async #write(changes: ReadonlyMap<Kind, ReadonlySet<string>>): Promise<void> {
    // Made before the first await, so that it has no half of a later change.
    const line = JSON.stringify(
      [...changes].flatMap(([kind, keys]) => Array.from(keys, (key) => [kind, key, this.#entriesOf(kind).get(key) ?? null])),
    );
    try {
      this.folder.checkLock();
      if (!this.#isStored) await this.folder.createGeneration(this.#generation);
      await this.#log.append(line);
      if (!this.#isStored) await this.#makeCurrent(this.#logNumber);
    } catch (error) {
      // After the end of this life, its files may be gone. Nobody needs what could not be written.
      if (this.#ended === undefined) throw error;
    }
    if (this.#log.size > Math.max(minCompactedBytes, 2 * this.#baseBytes)) this.#startCompaction();
  }

  #startCompaction(): void {
    if (this.#compacting !== undefined || this.#ended !== undefined) return;
    const before = this.#logNumber;
    this.#logNumber++;
    this.#log = this.#openLog();
    this.#compacting = this.#compact(before)
      .catch(() => {
        // The logs have everything. A later write tries again.
      })
      .finally(() => {
        this.#compacting = undefined;
      });
  }

  /** Writes a base that replaces all earlier logs. The newest log has what changes meanwhile, and may repeat what the base has. */
  async #compact(lastReplacedLog: number): Promise<void> {
    const number = lastReplacedLog + 1;
    const folder = this.#basePath(number);
    try {
      await writeBase(folder, this.#entries, this.folder.fsync, () => this.#isLive());
      // The pages may have changes that no log has yet, and part of a change. Once the log has it, it is whole.
      await this.settled();
      if (!(await this.#makeCurrent(number))) throw new Error('the tenant ended during the compaction');
    } catch (error) {
      await rm(folder, { recursive: true, force: true });
      throw error;
    }
    this.#baseBytes = await sizeOf(folder);
    await this.#clean(number);
  }

  #makeCurrent(base: number, done = () => {}): Promise<boolean> {
    const current = { generation: this.#generation, base };
    return this.folder.makeCurrent(
      current,
      () => this.#isLive(),
      () => {
        this.#isStored = true;
        done();
      },
    );
  }

  /** Deletes all but the stored base and the logs after it. @returns the numbers of the logs, in order */
  async #clean(base: number): Promise<number[]> {
    const path = this.folder.generationPath(this.#generation);
    const logs: number[] = [];
    for (const name of existsSync(path) ? await readdir(path) : []) {
      const [, kind, digits] = /^(base|log)-(\d+)(?:\.jsonl)?$/.exec(name) ?? [];
      const number = Number(digits);
      if (kind === 'log' && number >= base) logs.push(number);
      else if (kind !== undefined && number !== base) await rm(join(path, name), { recursive: true, force: true });
    }
    return logs.sort((one, other) => one - other);
  }

  #openLog(size?: number): ChangeLog {
    const path = join(this.folder.generationPath(this.#generation), `log-${this.#logNumber}.jsonl`);
    return new ChangeLog(path, this.folder.fsync, size);
  }

  #basePath(number: number): string {
    return join(this.folder.generationPath(this.#generation), `base-${number}`);
  }

  #entriesOf(kind: Kind): Map<string, object> {
    return this.#entries.get(kind) as Map<string, object>;
  }

  #isLive(): boolean {
    return this.#ended === undefined && !this.#isClosing;
  }

  #noteChange(kind: Kind, key: string): void {
    const keys = this.#changes.get(kind);
    if (keys === undefined) this.#changes.set(kind, new Set([key]));
    else keys.add(key);
  }
}

const nothingToStore = Promise.resolve();
