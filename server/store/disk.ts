import { createHash, randomUUID } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { Low } from 'lowdb';
import { JSONFile } from 'lowdb/node';
import { type Kind, kinds, type Persistence } from './persistence.js';

type Page = Record<string, object>;

/**
 * Keeps a tenant's state in a folder: a folder a kind, a file a hash of the key. Only the files that changed are written, each to a
 * temporary file that is then renamed; one write runs, and one waits with all that changed meanwhile. An answer waits for the
 * write that carries it, so a kill -9 loses nothing that a caller was told.
 */
export class DiskPersistence implements Persistence {
  readonly #folder: string;
  readonly #pages = new Map<string, Low<Page>>();
  #dirty = new Set<Low<Page>>();
  #running: Promise<void> | undefined;
  #pending: Promise<void> | undefined;
  #dropped = false;

  constructor(folder: string) {
    this.#folder = folder;
    for (const kind of kinds) mkdirSync(join(folder, kind), { recursive: true });
  }

  /**
   * Reads what was kept.
   * @throws Error with the file's name where a file is not what was written
   */
  async *load(): AsyncGenerator<{ kind: Kind; key: string; entry: object }> {
    for (const kind of kinds) {
      for (const file of (await readdir(join(this.#folder, kind))).sort()) {
        if (!/^[0-9a-f]{2}\.json$/.test(file)) continue;
        const page = this.#page(kind, file.slice(0, 2));
        try {
          await page.read();
        } catch (error) {
          throw new Error(
            `${join(this.#folder, kind, file)}: expected JSON as billetera writes it (${(error as Error).message}); restore the file or delete it`,
          );
        }
        for (const [key, entry] of Object.entries(page.data ?? {})) {
          if (typeof entry !== 'object' || entry === null)
            throw new Error(`${join(this.#folder, kind, file)}: ${key}: expected an object; restore the file or delete it`);
          yield { kind, key, entry };
        }
      }
    }
  }

  changed(kind: Kind, key: string, entry: object | undefined): void {
    const page = this.#page(kind, createHash('sha1').update(key).digest('hex').slice(0, 2));
    if (entry === undefined) delete page.data[key];
    else page.data[key] = entry;
    this.#dirty.add(page);
  }

  async settled(): Promise<void> {
    if (this.#dirty.size === 0) return this.#pending ?? this.#running;
    this.#pending ??= (this.#running ?? Promise.resolve()).catch(() => {}).then(() => this.#write());
    return this.#pending;
  }

  /** Deletes it all. The folder is out of the way at once, so that a new tenant of the same name can begin. */
  async drop(): Promise<void> {
    this.#dropped = true;
    const gone = `${this.#folder}.${randomUUID()}.dropped`;
    if (!existsSync(this.#folder)) return;
    renameSync(this.#folder, gone);
    await rm(gone, { recursive: true, force: true });
  }

  #write(): Promise<void> {
    const dirty = this.#dirty;
    this.#dirty = new Set();
    this.#pending = undefined;
    if (this.#dropped) return Promise.resolve();
    const running: Promise<void> = Promise.all(Array.from(dirty, (page) => page.write())).then(
      () => {
        if (this.#running === running) this.#running = undefined;
      },
      (error: unknown) => {
        if (this.#running === running) this.#running = undefined;
        // The folder was dropped under the write: nobody misses what was in it.
        if (this.#dropped) return;
        for (const page of dirty) this.#dirty.add(page);
        throw error;
      },
    );
    this.#running = running;
    return running;
  }

  #page(kind: Kind, name: string): Low<Page> {
    const path = join(this.#folder, kind, `${name}.json`);
    let page = this.#pages.get(path);
    if (page === undefined) {
      page = new Low<Page>(new JSONFile(path), Object.create(null) as Page);
      this.#pages.set(path, page);
    }
    return page;
  }
}

const lockFile = 'billetera.lock';

class InUse extends Error {
  constructor(data: string, owner: number) {
    super(`--data ${data}: expected a folder of its own, and another emulator (process ${owner}) keeps its state there`);
  }
}

/** What a lock says of its owner: the process, and when it began, since a process's number is given again. */
interface Owner {
  pid: number;
  began?: string;
}

/** Whether the process that wrote a lock is running still. */
function isRunning({ pid, began }: Owner): boolean {
  try {
    process.kill(pid, 0);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EPERM') return false;
  }
  const now = startOf(pid);
  return now === undefined || (now.state !== 'Z' && (began === undefined || began === now.began));
}

/** When a process began, in ticks since the machine did, where the system tells (proc(5): Z is a process that has ended, and was not yet fetched). */
function startOf(pid: number): { state: string; began: string } | undefined {
  try {
    const fields = readFileSync(`/proc/${pid}/stat`, 'latin1').split(') ').at(-1)?.split(' ') ?? [];
    return { state: fields[0] ?? '', began: fields[19] ?? '' };
  } catch {
    return undefined;
  }
}

/** A data folder, with a folder for each tenant. */
export class Archive {
  readonly #data: string;

  /**
   * @param data the folder; made where it is not there
   * @throws Error in one line where it cannot be written, or another emulator has it
   */
  constructor(data: string) {
    this.#data = data;
    try {
      mkdirSync(data, { recursive: true });
      this.#lock();
    } catch (error) {
      if (error instanceof InUse) throw error;
      throw new Error(`--data ${data}: expected a folder that can be written (${(error as Error).message})`);
    }
  }

  /** Lets others have the folder. */
  release(): void {
    rmSync(join(this.#data, lockFile), { force: true });
  }

  /** Two emulators on one folder would write over each other: the lock says whose it is, and counts for nothing once that one is gone. */
  #lock(): void {
    const path = join(this.#data, lockFile);
    const [pid, began] = existsSync(path) ? readFileSync(path, 'utf8').split(' ') : [];
    const owner = { pid: Number(pid), ...(began !== undefined && { began }) };
    if (owner.pid > 0 && owner.pid !== process.pid && isRunning(owner)) throw new InUse(this.#data, owner.pid);
    writeFileSync(path, [process.pid, startOf(process.pid)?.began].filter((part) => part !== undefined).join(' '));
  }

  persistence(tenant: string): DiskPersistence {
    return new DiskPersistence(this.#folder(tenant));
  }

  /** The tenants that it holds. What is left of dropped ones goes. */
  async tenants(): Promise<string[]> {
    const folders = await readdir(this.#data);
    for (const folder of folders)
      if (folder.endsWith('.dropped')) await rm(join(this.#data, folder), { recursive: true, force: true });
    const names = folders.map((folder) => ({ folder, name: folder.slice(0, folder.lastIndexOf('~')) }));
    return names.filter(({ folder, name }) => this.#folder(name) === join(this.#data, folder)).map(({ name }) => name);
  }

  /** A tenant's folder: its name, and a hash that tells names apart where the file system ignores case, or gives `..` a meaning. */
  #folder(tenant: string): string {
    return join(this.#data, `${tenant}~${createHash('sha1').update(tenant).digest('hex').slice(0, 8)}`);
  }
}
