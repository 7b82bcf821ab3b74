import { createHash } from 'node:crypto';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { Low } from 'lowdb';
import Type, { type Static } from 'typebox';
import { closed } from '../schemas/common.js';
import { findProblem, problemText } from '../schemas/problem.js';
import type { Text } from '../texts/text.js';
import { inEnglish } from '../texts/write-text.js';
import { createFolder } from './create-folder.js';
import { DiskPersistence } from './disk-persistence.js';
import { JsonFile, syncFolder } from './durable-file.js';
import { FolderInUseError, FolderLock } from './folder-lock.js';
import type { TenantPersistence } from './persistence.js';
import type { StateStore, StoredTenant } from './state-store.js';
import { TenantFolder } from './tenant-folder.js';
import { UnreadablePersistence } from './unreadable-persistence.js';

/** The version of the files. A change that older emulators cannot read needs the next number. */
const formatVersion = 1;
const formatFile = 'format.json';
const Format = Type.Object({ version: Type.Literal(formatVersion) }, closed);
type Format = Static<typeof Format>;

export interface DataFolderOptions {
  /** True if an answer waits until its change is on the disk, so that it survives a power loss. */
  fsync?: boolean;
}

/** The folder of the option `data`, with one folder for each tenant. */
export class DataFolder implements StateStore {
  readonly path: string;
  readonly #fsync: boolean;
  readonly #lock: FolderLock;
  /** Path → the folder of a tenant that has a life. */
  readonly #folders = new Map<string, TenantFolder>();
  /** Tenant → why its files cannot be used. */
  readonly #unreadable = new Map<string, Text>();
  /** Deletions of files that nobody needs. */
  readonly #deletions = new Set<Promise<void>>();

  private constructor(path: string, fsync: boolean, lock: FolderLock) {
    this.path = path;
    this.#fsync = fsync;
    this.#lock = lock;
  }

  /**
   * Creates the folder if it does not exist, and locks it.
   * @throws Error without the name of the folder, if the folder cannot be written, another emulator uses it, or its files have
   * another version
   */
  static async open(path: string, { fsync = true }: DataFolderOptions = {}): Promise<DataFolder> {
    const lock = await lockFolder(path);
    try {
      await checkFormat(path, fsync);
      return new DataFolder(path, fsync, lock);
    } catch (error) {
      await lock.release();
      throw error;
    }
  }

  /** Waits for deletions in the background, and unlocks the folder. */
  async release(): Promise<void> {
    await Promise.all(this.#deletions);
    await this.#lock.release();
  }

  /** For a new life of a tenant. @param waitsForReplace nothing is written before replaceStored */
  persistence(tenant: string, waitsForReplace = false): TenantPersistence {
    const reason = this.#unreadable.get(tenant);
    if (reason !== undefined) return new UnreadablePersistence(reason);
    return new DiskPersistence(this.#folderOf(tenant), { waitsForReplace });
  }

  /** The names of the stored tenants. */
  async tenants(): Promise<string[]> {
    return tenantNames(await readdir(this.path));
  }

  /**
   * Reads a stored tenant.
   * @returns undefined if nothing is stored
   * @throws TextError with file and field, if a file is damaged
   */
  async load(tenant: string): Promise<StoredTenant | undefined> {
    const folder = this.#folderOf(tenant);
    const current = await folder.open();
    if (current === undefined) return undefined;
    const persistence = new DiskPersistence(folder, { current });
    return { persistence, entries: await persistence.load(current.base) };
  }

  /** From now on, every use of the tenant tells the reason, and its files stay as they are. */
  refuse(tenant: string, reason: Text): void {
    this.#unreadable.set(tenant, reason);
  }

  /** Deletes the files of a life that was dropped or discarded, in the background. */
  deleteFiles(persistence: TenantPersistence): void {
    if (!(persistence instanceof DiskPersistence)) return;
    const deletion: Promise<void> = persistence
      .deleteFiles()
      .catch(() => {
        // The next start deletes what is left.
      })
      .finally(() => {
        this.#deletions.delete(deletion);
        const { folder } = persistence;
        if (folder.lives === 0) this.#folders.delete(folder.path);
      });
    this.#deletions.add(deletion);
  }

  #folderOf(tenant: string): TenantFolder {
    const path = join(this.path, folderName(tenant));
    let folder = this.#folders.get(path);
    if (folder === undefined) {
      folder = new TenantFolder(path, this.#fsync, this.#lock);
      this.#folders.set(path, folder);
    }
    return folder;
  }
}

async function lockFolder(path: string): Promise<FolderLock> {
  try {
    await createFolder(path);
    return await FolderLock.take(path);
  } catch (error) {
    throw error instanceof FolderInUseError
      ? new Error(`${error.message}; stop it, or choose another folder`, { cause: error })
      : new Error(`expected a folder that can be written (${(error as Error).message})`, { cause: error });
  }
}

/** @throws Error in one line with file and field */
async function checkFormat(path: string, fsync: boolean): Promise<void> {
  const file = join(path, formatFile);
  const low = new Low<Format>(new JsonFile(file, fsync), { version: formatVersion });
  const isNew = (await new JsonFile(file, fsync).read()) === null;
  await low.read();
  const problem = findProblem(Format, low.data);
  if (problem !== undefined)
    throw new Error(
      `${file}: ${inEnglish(problemText(problem, 'the-file'))}; another version of billetera wrote this folder: choose another folder`,
    );
  if (!isNew) return;
  const [name] = tenantNames(await readdir(path));
  if (name !== undefined)
    throw new Error(`${file}: missing; an older version of billetera wrote this folder: choose another one, or delete it`);
  await low.write();
  if (fsync) await syncFolder(path);
}

function tenantNames(folders: readonly string[]): string[] {
  return folders.filter((folder) => folderName(nameOf(folder)) === folder).map(nameOf);
}

function nameOf(folder: string): string {
  return folder.slice(0, Math.max(folder.lastIndexOf('~'), 0));
}

/**
 * The name of a tenant's folder: the tenant's name and a hash of it. With the hash, names that differ in case do not collide on file
 * systems that ignore case, and `..` is an ordinary name.
 */
function folderName(tenant: string): string {
  return `${tenant}~${createHash('sha1').update(tenant).digest('hex').slice(0, 8)}`;
}
