import { readFileSync, type Stats, statSync } from 'node:fs';
import { depthOf } from '../schemas/depth.js';
import { oneLine } from '../texts/one-line.js';
import { findJsonProblem } from './find-json-problem.js';

const megabyte = 1024 * 1024;
/** The largest file that is read, in bytes. */
export const maxFileBytes = 64 * megabyte;
/** The deepest nesting of objects and lists in a JSON or YAML file. Profiles and records are merged and checked recursively. */
export const maxDepth = 100;

/** A file cannot be read, or has the wrong content. */
export class FileError extends Error {
  /** The message without the file's name. */
  readonly problem: string;

  constructor(path: string, problem: string, cause?: unknown) {
    super(oneLine(`${path}: ${problem}`), cause === undefined ? {} : { cause });
    this.problem = problem;
  }
}

/**
 * Reads a text file that a user wrote. It skips a byte-order mark.
 * @throws FileError if the file cannot be read (see `readBytes`), or is not UTF-8
 */
export function readTextFile(path: string): string {
  return decode(path, readBytes(path));
}

/**
 * Reads a file that a user wrote.
 * @throws FileError if the file is missing, larger than 64 MB, or not a regular file (reading a device may never end)
 */
export function readBytes(path: string): Buffer {
  const stats = withReason(path, () => statSync(path));
  if (!stats.isFile()) throw new FileError(path, `this is ${kindOf(stats)}, not a file`);
  if (stats.size > maxFileBytes) {
    const size = Math.ceil(stats.size / megabyte);
    throw new FileError(path, `expected a file of at most ${maxFileBytes / megabyte} MB, but it has ${size} MB`);
  }
  // Files that the system generates, such as those in /proc, have size 0. Some of them have no end.
  return stats.size === 0 ? Buffer.alloc(0) : withReason(path, () => readFileSync(path));
}

/**
 * Reads a JSON file that a user wrote.
 * @throws FileError if it is not a readable text file (see `readTextFile`), or not JSON. Then it gives line and column
 */
export function readJsonFile(path: string): unknown {
  const text = readTextFile(path);
  const problem = text.trim() === '' ? 'the file is empty' : jsonProblem(text);
  if (problem !== undefined) throw new FileError(path, `expected JSON: ${problem}`);
  if (depthOf(text) > maxDepth) throw new FileError(path, `expected JSON with at most ${maxDepth} levels of nesting`);
  return JSON.parse(text);
}

function jsonProblem(text: string): string | undefined {
  try {
    JSON.parse(text);
    return undefined;
  } catch (error) {
    const found = findJsonProblem(text);
    return found === undefined ? (error as Error).message : `line ${found.line}, column ${found.column}: ${found.message}`;
  }
}

function withReason<Result>(path: string, step: () => Result): Result {
  try {
    return step();
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    throw new FileError(
      path,
      code === 'ENOENT' ? 'the file does not exist' : `the file cannot be read (${code ?? message})`,
      error,
    );
  }
}

function kindOf(stats: Stats): string {
  if (stats.isDirectory()) return 'a folder';
  if (stats.isFIFO()) return 'a pipe';
  return stats.isSocket() ? 'a socket' : 'a device';
}

/** TextDecoder also skips the byte-order mark. */
function decode(path: string, bytes: Buffer): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch (error) {
    const [first, second] = bytes;
    const isUtf16 = (first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff);
    const found = isUtf16 ? 'this file is UTF-16' : `line ${firstLineNotUtf8(bytes)} has other bytes`;
    throw new FileError(path, `expected UTF-8, but ${found}; save the file as UTF-8`, error);
  }
}

/** No character of several bytes contains a line feed, so each line can be checked by itself. */
function firstLineNotUtf8(bytes: Buffer): number {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  let start = 0;
  for (let line = 1; ; line++) {
    const end = bytes.indexOf('\n', start);
    try {
      decoder.decode(bytes.subarray(start, end < 0 ? bytes.length : end));
    } catch {
      return line;
    }
    start = end + 1;
    if (end < 0) return line;
  }
}
