import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { isThere } from '../files/is-there.js';
import { FileError } from '../files/read-file.js';
import { writeProblem } from '../files/save-json.js';

/** @throws FileError if there is a file at the path already */
export function checkNew(path: string): void {
  if (isThere(path)) throw new FileError(path, 'the file exists already; choose another name, or delete it first');
}

/**
 * Writes a value to a new file as JSON, and creates its folder. It never writes over a file.
 * @throws FileError if the file cannot be written
 */
export function writeNewFile(path: string, content: unknown): void {
  try {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, `${JSON.stringify(content, null, 2)}\n`, { flag: 'wx' });
  } catch (error) {
    throw new FileError(path, writeProblem(path, error), error);
  }
}
