import { renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { type Text, text } from '../texts/text.js';
import { textOf } from '../texts/text-error.js';
import { FileError } from './read-file.js';

/**
 * Writes a value to a file as JSON. A file that exists is replaced in one step, so a kill leaves the old or the new content. Only its
 * owner can read a new file, because it can have tokens.
 * @throws FileError if the file cannot be written
 */
export function saveJson(file: string, value: unknown): void {
  const written = `${JSON.stringify(value, null, 2)}\n`;
  try {
    // A pipe or a device, such as /dev/stdout, cannot be replaced.
    if (statSync(file, { throwIfNoEntry: false })?.isFile() === false) writeFileSync(file, written);
    else replaceFile(file, written);
  } catch (error) {
    throw new FileError(file, writeProblem(file, error), error);
  }
}

/**
 * Tries whether `saveJson` can write a file, without changing it. A system tells the rights of a folder only to those who write in it.
 * @returns what is wrong, without the name of the file; undefined if it can be written
 */
export function findSaveProblem(file: string): Text | undefined {
  const stats = statSync(file, { throwIfNoEntry: false });
  if (stats?.isDirectory()) return text('file-is-folder');
  if (stats?.isFile() === false) return undefined;
  const temporary = temporaryName(file);
  try {
    writeFileSync(temporary, '', { mode: 0o600 });
    rmSync(temporary);
    return undefined;
  } catch (error) {
    return writeProblem(file, error);
  }
}

/** The reason why a file cannot be written. @param error of the write */
export function writeProblem(file: string, error: unknown): Text {
  const { code = '' } = error as NodeJS.ErrnoException;
  const folder = dirname(file);
  if (statSync(folder, { throwIfNoEntry: false }) === undefined) return text('folder-of-file-missing', { folder });
  const isForbidden = code === 'EACCES' || code === 'EPERM' || code === 'EROFS';
  return isForbidden ? text('file-not-writable', { code }) : text('file-not-written', { reason: textOf(error) });
}

function temporaryName(file: string): string {
  return `${file}.${process.pid}.tmp`;
}

function replaceFile(file: string, content: string): void {
  const temporary = temporaryName(file);
  try {
    writeFileSync(temporary, content, { mode: 0o600, flush: true });
    renameSync(temporary, file);
  } catch (error) {
    rmSync(temporary, { force: true });
    throw error;
  }
}
