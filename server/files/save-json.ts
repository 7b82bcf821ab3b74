import { renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';

/**
 * Writes a value to a file as JSON. A file that exists is replaced in one step, so a kill leaves the old or the new content. Only its
 * owner can read a new file, because it can have tokens.
 * @throws Error in one line if the file cannot be written
 */
export function saveJson(file: string, value: unknown): void {
  const text = `${JSON.stringify(value, null, 2)}\n`;
  try {
    // A pipe or a device, such as /dev/stdout, cannot be replaced.
    if (statSync(file, { throwIfNoEntry: false })?.isFile() === false) writeFileSync(file, text);
    else replaceFile(file, text);
  } catch (error) {
    throw new Error(`${file}: ${problemOf(file, error as NodeJS.ErrnoException)}`, { cause: error });
  }
}

/**
 * Tries whether `saveJson` can write a file, without changing it. A system tells the rights of a folder only to those who write in it.
 * @returns what is wrong, in one line without the name of the file; undefined if it can be written
 */
export function findSaveProblem(file: string): string | undefined {
  const stats = statSync(file, { throwIfNoEntry: false });
  if (stats?.isDirectory()) return 'expected a file, but this is a folder';
  if (stats?.isFile() === false) return undefined;
  const temporary = temporaryName(file);
  try {
    writeFileSync(temporary, '', { mode: 0o600 });
    rmSync(temporary);
    return undefined;
  } catch (error) {
    return problemOf(file, error as NodeJS.ErrnoException);
  }
}

function problemOf(file: string, { code, message }: NodeJS.ErrnoException): string {
  const folder = dirname(file);
  if (statSync(folder, { throwIfNoEntry: false }) === undefined)
    return `expected a file in a folder that exists; create ${folder}`;
  if (code === 'EACCES' || code === 'EPERM' || code === 'EROFS')
    return `the file cannot be written (${code}): expected a folder in which this user may create files`;
  return `the file cannot be written: ${message}`;
}

function temporaryName(file: string): string {
  return `${file}.${process.pid}.tmp`;
}

function replaceFile(file: string, text: string): void {
  const temporary = temporaryName(file);
  try {
    writeFileSync(temporary, text, { mode: 0o600, flush: true });
    renameSync(temporary, file);
  } catch (error) {
    rmSync(temporary, { force: true });
    throw error;
  }
}
