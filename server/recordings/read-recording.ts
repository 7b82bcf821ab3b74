import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { FileError, maxFileBytes, readBytes, readTextFile } from '../files/read-file.js';
import { unreadableFolder } from '../files/unreadable-folder.js';
import { text } from '../texts/text.js';
import { TextError } from '../texts/text-error.js';
import type { Exchange } from './exchange.js';
import { readHar } from './read-har.js';
import { readHttpFile } from './read-http-file.js';

/** A folder has at most this many exchanges. */
const maxFiles = 2000;
const megabyte = 1024 * 1024;

/**
 * Reads a recording: a HAR file, a file that ends in `.http`, or a folder of such files, in the order of their names.
 * @throws FileError with the file's name and what was expected. It is one line
 */
export function readRecording(path: string): Exchange[] {
  if (!isFolder(path)) return readOneFile(path);
  const files = filesOf(path);
  return files.flatMap((file) => readOneFile(join(path, file)));
}

/** If the path cannot be followed, the attempt to read a file says why. */
function isFolder(path: string): boolean {
  try {
    return statSync(path).isDirectory();
  } catch {
    return false;
  }
}

function readOneFile(path: string): Exchange[] {
  const read = path.endsWith('.http') ? () => readHttpFile(readBytes(path)) : () => readHar(readTextFile(path));
  try {
    return read();
  } catch (error) {
    throw error instanceof TextError && !(error instanceof FileError) ? new FileError(path, error.text, error) : error;
  }
}

/** The names of the files of a folder. @throws FileError if there are none, or too many or too large ones */
function filesOf(folder: string): string[] {
  const unreadable = unreadableFolder(folder);
  if (unreadable !== undefined) throw new FileError(folder, unreadable);
  const names = readdirSync(folder).filter((name) => name.endsWith('.http'));
  const problem = folderProblem(names.length, () => sizeOf(folder, names));
  if (problem !== undefined) throw new FileError(folder, problem);
  return names.sort(new Intl.Collator('en', { numeric: true }).compare);
}

function folderProblem(count: number, size: () => number) {
  if (count === 0) return text('recording-folder-empty');
  if (count > maxFiles) return text('recording-folder-full', { max: maxFiles, count });
  if (size() <= maxFileBytes) return undefined;
  return text('recording-folder-large', { max: maxFileBytes / megabyte, size: Math.ceil(size() / megabyte) });
}

/** The bytes in all files. */
function sizeOf(folder: string, names: readonly string[]): number {
  return names.reduce((sum, name) => sum + (statSync(join(folder, name), { throwIfNoEntry: false })?.size ?? 0), 0);
}
