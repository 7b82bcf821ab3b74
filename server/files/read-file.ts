import { readFileSync, type Stats, statSync } from 'node:fs';
import { depthOf } from '../schemas/depth.js';
import { quote, type Text, text } from '../texts/text.js';
import { TextError, textOf } from '../texts/text-error.js';
import { isThere } from './is-there.js';
import { parseWrittenJson } from './parse-json.js';

const megabyte = 1024 * 1024;
/** The largest file that is read, in bytes. */
export const maxFileBytes = 64 * megabyte;
/** The deepest nesting of objects and lists in a JSON or YAML file. Profiles and records are merged and checked recursively. */
export const maxDepth = 100;

/** A file cannot be read, or has the wrong content. */
export class FileError extends TextError {
  /** The sentence without the file's name. */
  readonly problem: Text;

  /** @param problem a string is the same in each language */
  constructor(path: string, problem: Text | string, cause?: unknown) {
    const sentence = typeof problem === 'string' ? quote(problem) : problem;
    super(text('problem-at', { place: path, problem: sentence }), cause === undefined ? {} : { cause });
    this.problem = sentence;
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
  if (!stats.isFile()) throw new FileError(path, text('file-other-kind', { kind: kindOf(stats) }));
  if (stats.size > maxFileBytes) {
    const size = Math.ceil(stats.size / megabyte);
    throw new FileError(path, text('file-too-large', { max: maxFileBytes / megabyte, size }));
  }
  // Files that the system generates, such as those in /proc, have size 0. Some of them have no end.
  return stats.size === 0 ? Buffer.alloc(0) : withReason(path, () => readFileSync(path));
}

/**
 * Reads a JSON file that a user wrote.
 * @throws FileError if it is not a readable text file (see `readTextFile`), not JSON, or has a field twice. Then it gives line and column
 */
export function readJsonFile(path: string): unknown {
  const written = readTextFile(path);
  if (written.trim() === '') throw new FileError(path, text('json-expected', { problem: text('file-empty') }));
  const content = parseFile(path, written);
  if (depthOf(written) > maxDepth) throw new FileError(path, text('json-too-deep', { max: maxDepth }));
  return content;
}

function parseFile(path: string, written: string): unknown {
  try {
    return parseWrittenJson(written);
  } catch (error) {
    throw new FileError(path, text('json-expected', { problem: textOf(error) }), error);
  }
}

function withReason<Result>(path: string, step: () => Result): Result {
  try {
    return step();
  } catch (error) {
    throw new FileError(path, readProblem(path, error as NodeJS.ErrnoException), error);
  }
}

function readProblem(path: string, { code, message }: NodeJS.ErrnoException): Text {
  if (code === 'ENOENT') return text(isThere(path) ? 'link-broken' : 'file-missing');
  return code === 'ELOOP' ? text('link-in-circle', { reason: code }) : text('file-unreadable', { reason: code ?? message });
}

function kindOf(stats: Stats): Text {
  if (stats.isDirectory()) return text('is-a-folder');
  if (stats.isFIFO()) return text('is-a-pipe');
  return stats.isSocket() ? text('is-a-socket') : text('is-a-device');
}

/** TextDecoder also skips the byte-order mark. */
function decode(path: string, bytes: Buffer): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch (error) {
    const [first, second] = bytes;
    const isUtf16 = (first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff);
    throw new FileError(path, isUtf16 ? text('file-utf-16') : text('file-not-utf-8', { line: firstLineNotUtf8(bytes) }), error);
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
