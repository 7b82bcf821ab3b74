import { mkdir, readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { Low } from 'lowdb';
import { text } from '../texts/text.js';
import { errorAt } from '../texts/text-error.js';
import { JsonFile, syncFolder } from './durable-file.js';
import { type Kind, kinds } from './persistence.js';

/** Entries of one kind, by key, in their order. */
type Page = [key: string, entry: object][];

/** All entries of a tenant. */
export type Entries = ReadonlyMap<Kind, ReadonlyMap<string, object>>;

/** Small enough that writing a page does not hold up calls. */
const entriesPerPage = 1000;

/**
 * Writes all entries to files in a new folder, page by page, so that calls are answered in between. Entries may change meanwhile: a
 * page has them as they are when it is written.
 * @param isWanted asked before each page; if it returns false, the rest is not written
 */
export async function writeBase(folder: string, entries: Entries, fsync: boolean, isWanted: () => boolean): Promise<void> {
  await mkdir(folder, { recursive: true });
  for (const [kind, all] of entries) {
    let number = 0;
    let page: Page = [];
    const write = async () => {
      number++;
      const path = join(folder, `${kind}-${String(number).padStart(6, '0')}.json`);
      await new Low<Page>(new JsonFile(path, fsync), page).write();
      page = [];
    };
    for (const entry of all) {
      page.push(entry);
      if (page.length < entriesPerPage) continue;
      if (!isWanted()) return;
      await write();
    }
    if (page.length > 0) await write();
  }
  if (fsync) await syncFolder(folder);
}

/**
 * Reads the entries that writeBase wrote.
 * @param read called with each entry, and its file
 * @throws TextError with the file's name, if a file is damaged
 */
export async function readBase(
  folder: string,
  read: (kind: Kind, key: string, entry: object, place: string) => void,
): Promise<void> {
  const names = (await readdir(folder)).sort();
  for (const kind of kinds) {
    for (const name of names) {
      if (!name.startsWith(`${kind}-`) || !/^-\d{6,}\.json$/.test(name.slice(kind.length))) continue;
      const path = join(folder, name);
      const content = await new JsonFile<unknown>(path, false).read();
      if (!Array.isArray(content)) throw errorAt(path, text('stored-no-entries'));
      for (const pair of content) {
        if (!isEntry(pair)) throw errorAt(path, text('stored-no-pairs'));
        read(kind, pair[0], pair[1], path);
      }
    }
  }
}

/** The size of all files in a folder, in bytes. */
export async function sizeOf(folder: string): Promise<number> {
  let size = 0;
  for (const name of await readdir(folder)) size += (await stat(join(folder, name))).size;
  return size;
}

function isEntry(pair: unknown): pair is [string, object] {
  return (
    Array.isArray(pair) && pair.length === 2 && typeof pair[0] === 'string' && typeof pair[1] === 'object' && pair[1] !== null
  );
}
