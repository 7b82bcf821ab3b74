import { open, readFile, rename } from 'node:fs/promises';
import type { Adapter } from 'lowdb';
import { text } from '../texts/text.js';
import { errorAt } from '../texts/text-error.js';

/** A JSON file for lowdb. A write replaces the file in one step, so a kill leaves the old or the new content. */
export class JsonFile<Content> implements Adapter<Content> {
  readonly #path: string;
  readonly #fsync: boolean;

  /** @param fsync whether a write waits until the content is on the disk. The name is not: see syncFolder */
  constructor(path: string, fsync: boolean) {
    this.#path = path;
    this.#fsync = fsync;
  }

  /** @returns null if the file does not exist. @throws TextError with the file's name, if it is not JSON */
  async read(): Promise<Content | null> {
    let written: string;
    try {
      written = await readFile(this.#path, 'utf8');
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
      throw error;
    }
    try {
      return JSON.parse(written) as Content;
    } catch {
      throw errorAt(this.#path, text('stored-not-json'));
    }
  }

  async write(content: Content): Promise<void> {
    const temporary = `${this.#path}.tmp`;
    const file = await open(temporary, 'w');
    try {
      await file.writeFile(JSON.stringify(content));
      if (this.#fsync) await file.datasync();
    } finally {
      await file.close();
    }
    await rename(temporary, this.#path);
  }
}

/** Waits until the names in a folder are on the disk. Windows cannot do that, and does not need it. */
export async function syncFolder(path: string): Promise<void> {
  if (process.platform === 'win32') return;
  const folder = await open(path, 'r');
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}
