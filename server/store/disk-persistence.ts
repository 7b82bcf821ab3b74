import { createHash, randomUUID } from 'node:crypto';
import { existsSync, mkdirSync, renameSync } from 'node:fs';
import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { Low } from 'lowdb';
import { JSONFile } from 'lowdb/node';
import { type Kind, kinds, type Persistence } from './persistence.js';

/** Some of the entries of one kind, by key. */
type Entries = Record<string, object>;

/**
 * Stores a tenant's state in a folder: one folder for each kind, with up to 256 files, named by the first byte of the hash of the
 * keys in them. Only changed files are written, each to a temporary file that is then renamed. One write runs at a time, and the
 * next write takes all changes made meanwhile. An answer waits for the write with its changes, so kill -9 loses nothing that a
 * caller was told.
 */
export class DiskPersistence implements Persistence {
  readonly #folder: string;
  readonly #files = new Map<string, Low<Entries>>();
  #changedFiles = new Set<Low<Entries>>();
  #running: Promise<void> | undefined;
  #next: Promise<void> | undefined;
  #dropped = false;

  constructor(folder: string) {
    this.#folder = folder;
    for (const kind of kinds) mkdirSync(join(folder, kind), { recursive: true });
  }

  /**
   * Reads all stored entries.
   * @throws Error in one line with the file's name, if a file was changed or damaged
   */
  async *load(): AsyncGenerator<{ kind: Kind; key: string; entry: object }> {
    for (const kind of kinds) {
      for (const name of (await readdir(join(this.#folder, kind))).sort()) {
        if (!/^[0-9a-f]{2}\.json$/.test(name)) continue;
        for (const [key, entry] of await this.#read(kind, name.slice(0, 2))) yield { kind, key, entry };
      }
    }
  }

  changed(kind: Kind, key: string, entry: object | undefined): void {
    const file = this.#file(kind, createHash('sha1').update(key).digest('hex').slice(0, 2));
    if (entry === undefined) delete file.data[key];
    else file.data[key] = entry;
    this.#changedFiles.add(file);
  }

  async settled(): Promise<void> {
    if (this.#changedFiles.size === 0) return this.#next ?? this.#running;
    this.#next ??= (this.#running ?? Promise.resolve()).catch(() => {}).then(() => this.#write());
    return this.#next;
  }

  /** Deletes everything. The folder is renamed at once, so that a new tenant of the same name can start. */
  async drop(): Promise<void> {
    this.#dropped = true;
    const trash = `${this.#folder}.${randomUUID()}.dropped`;
    if (!existsSync(this.#folder)) return;
    renameSync(this.#folder, trash);
    await rm(trash, { recursive: true, force: true });
  }

  #write(): Promise<void> {
    const files = this.#changedFiles;
    this.#changedFiles = new Set();
    this.#next = undefined;
    if (this.#dropped) return Promise.resolve();
    const running: Promise<void> = Promise.all(Array.from(files, (file) => file.write())).then(
      () => {
        if (this.#running === running) this.#running = undefined;
      },
      (error: unknown) => {
        if (this.#running === running) this.#running = undefined;
        // A drop during the write removed the folder: nothing is lost that anybody needs.
        if (this.#dropped) return;
        for (const file of files) this.#changedFiles.add(file);
        throw error;
      },
    );
    this.#running = running;
    return running;
  }

  async #read(kind: Kind, name: string): Promise<[key: string, entry: object][]> {
    const path = this.#path(kind, name);
    const file = this.#file(kind, name);
    try {
      await file.read();
    } catch (error) {
      throw new Error(`${path}: expected JSON (${(error as Error).message}); restore the file or delete it`);
    }
    const entries = Object.entries(file.data ?? {});
    const wrong = entries.find(([, entry]) => typeof entry !== 'object' || entry === null);
    if (wrong !== undefined) throw new Error(`${path}: ${wrong[0]}: expected an object; restore the file or delete it`);
    return entries;
  }

  #file(kind: Kind, name: string): Low<Entries> {
    const path = this.#path(kind, name);
    let file = this.#files.get(path);
    if (file === undefined) {
      file = new Low<Entries>(new JSONFile(path), Object.create(null) as Entries);
      this.#files.set(path, file);
    }
    return file;
  }

  #path(kind: Kind, name: string): string {
    return join(this.#folder, kind, `${name}.json`);
  }
}
