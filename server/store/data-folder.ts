import { createHash } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { DiskPersistence } from './disk-persistence.js';
import { FolderInUseError, lockFolder, unlockFolder } from './folder-lock.js';

/** The folder of the option `data`, with one folder for each tenant. */
export class DataFolder {
  readonly #path: string;

  /**
   * Creates the folder if it does not exist, and locks it.
   * @throws Error without the name of the folder, if the folder cannot be written, or another emulator uses it
   */
  constructor(path: string) {
    this.#path = path;
    try {
      mkdirSync(path, { recursive: true });
      lockFolder(path);
    } catch (error) {
      throw error instanceof FolderInUseError
        ? new Error(`in use by another emulator (process ${error.pid}); stop it, or choose another folder`, { cause: error })
        : new Error(`expected a folder that can be written (${(error as Error).message})`, { cause: error });
    }
  }

  /** Unlocks the folder. */
  release(): void {
    unlockFolder(this.#path);
  }

  persistence(tenant: string): DiskPersistence {
    return new DiskPersistence(this.#folderOf(tenant));
  }

  /** The names of the stored tenants. Deletes what is left of dropped ones. */
  async tenants(): Promise<string[]> {
    const folders = await readdir(this.#path);
    for (const folder of folders)
      if (folder.endsWith('.dropped')) await rm(join(this.#path, folder), { recursive: true, force: true });
    const names = folders.map((folder) => ({ folder, name: folder.slice(0, folder.lastIndexOf('~')) }));
    return names.filter(({ folder, name }) => this.#folderOf(name) === join(this.#path, folder)).map(({ name }) => name);
  }

  /**
   * A tenant's folder: its name and a hash of the name. With the hash, names that differ in case do not collide on file systems that
   * ignore case, and `..` is an ordinary name.
   */
  #folderOf(tenant: string): string {
    return join(this.#path, `${tenant}~${createHash('sha1').update(tenant).digest('hex').slice(0, 8)}`);
  }
}
