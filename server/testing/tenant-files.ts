import { cpSync, existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DiskPersistence } from '../store/disk-persistence.js';
import { TenantFolder } from '../store/tenant-folder.js';
import { scratchFolder } from './emulator.js';

const heldLock = { isLost: false };

/** Opens the folder of a tenant as the process that holds its lock. */
export const openFolder = (path: string) => new TenantFolder(path, false, heldLock);

/** Reads the folder as a start does. It also deletes leftovers. */
export async function load(path: string): Promise<Record<string, object>> {
  const folder = openFolder(path);
  const current = existsSync(path) ? await folder.open() : undefined;
  const entries = current === undefined ? [] : await new DiskPersistence(folder, { current }).load(current.base);
  return Object.fromEntries(entries.map(({ kind, key, entry }) => [`${kind} ${key}`, entry]));
}

/** Reads a copy of the folder as a start would now, while the emulator runs. */
export async function stored(folder: string): Promise<Record<string, object>> {
  for (;;) {
    const copy = join(scratchFolder(), 'copy');
    try {
      if (existsSync(folder)) cpSync(folder, copy, { recursive: true });
      return await load(copy);
    } catch (error) {
      // The emulator deleted a file during the copy.
      if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    }
  }
}

/** All files of a folder, with those of its subfolders. */
export function files(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
}

/** The log of changes. */
export const logOf = (folder: string) => files(folder).find((file) => file.endsWith('.jsonl')) as string;

/** The number of the stored base. */
export function baseOf(folder: string): number {
  const file = join(folder, 'current.json');
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')).base : 0;
}

/** Adds changes until a new base was written. */
export async function compact(folder: string, persistence: DiskPersistence): Promise<void> {
  for (let index = 0; baseOf(folder) === 0; index++) {
    persistence.changed('consents', `filler-${index % 10}`, { text: 'x'.repeat(100_000) });
    await persistence.settled();
  }
  await persistence.close();
}
