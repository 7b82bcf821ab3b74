import { createReadStream } from 'node:fs';
import { constants, open } from 'node:fs/promises';
import { text } from '../texts/text.js';
import { errorAt } from '../texts/text-error.js';
import { type Kind, kinds } from './persistence.js';

/** An entry that was added or changed, or (null) removed. */
export type StoredChange = [kind: Kind, key: string, entry: object | null];

const lineFeed = 10;
/** A power loss can leave these in a part of a file that was never written. JSON does not contain them. */
const unwritten = 0;

/**
 * A file to which changes are appended. Each line has the changes of one write as JSON. Changes in one line belong together: a kill
 * leaves all of them or none.
 */
export class ChangeLog {
  readonly path: string;
  readonly #fsync: boolean;
  /** The bytes of the file that are known to be whole lines. */
  #size: number;
  /** True if there may be part of a line after them. */
  #isTorn: boolean;

  /** @param size the bytes of whole lines in an existing file, as readChangeLog returns them */
  constructor(path: string, fsync: boolean, size?: number) {
    this.path = path;
    this.#fsync = fsync;
    this.#size = size ?? 0;
    this.#isTorn = size !== undefined;
  }

  /** In bytes. */
  get size(): number {
    return this.#size;
  }

  /** Appends one line, and waits until it is stored. If that fails, the line is not in the log. */
  async append(changes: string): Promise<void> {
    const line = Buffer.from(`${changes}\n`);
    // It is opened for each write, because thousands of tenants would need too many open files.
    const file = await open(this.path, constants.O_RDWR | constants.O_CREAT);
    try {
      if (this.#isTorn) await file.truncate(this.#size);
      this.#isTorn = true;
      for (let written = 0; written < line.length; ) {
        const { bytesWritten } = await file.write(line, written, line.length - written, this.#size + written);
        written += bytesWritten;
      }
      if (this.#fsync) await file.datasync();
      this.#isTorn = false;
      this.#size += line.length;
    } finally {
      await file.close();
    }
  }
}

/**
 * Reads the changes of a log in their order. The last line may be incomplete, if a kill interrupted its write. It was never
 * answered, and is ignored.
 *
 * @param isLast whether the log is the newest one, so that its last line may be incomplete
 * @param read called with each change, and its file and line
 * @returns the bytes of whole lines
 * @throws TextError with file and line, if the log is damaged
 */
export async function readChangeLog(
  path: string,
  isLast: boolean,
  read: (change: StoredChange, place: string) => void,
): Promise<number> {
  let size = 0;
  let number = 0;
  let before: Buffer | undefined;
  const readLine = (line: Buffer) => {
    number++;
    const place = `${path}:${number}`;
    for (const change of parseLine(line.toString(), place)) read(change, place);
    size += line.length + 1;
  };
  let rest: Buffer[] = [];
  for await (const chunk of createReadStream(path, { highWaterMark: 1024 * 1024 }) as AsyncIterable<Buffer>) {
    let start = 0;
    for (let end = chunk.indexOf(lineFeed); end >= 0; end = chunk.indexOf(lineFeed, start)) {
      if (before !== undefined) readLine(before);
      before = Buffer.concat([...rest, chunk.subarray(start, end)]);
      rest = [];
      start = end + 1;
    }
    if (start < chunk.length) rest.push(chunk.subarray(start));
  }
  if (before !== undefined && !(isLast && rest.length === 0 && before.includes(unwritten))) readLine(before);
  if (rest.length > 0 && !isLast) throw errorAt(`${path}:${number + 1}`, text('stored-line-cut'));
  return size;
}

/** @throws TextError in one line */
function parseLine(line: string, place: string): StoredChange[] {
  let changes: unknown;
  try {
    changes = JSON.parse(line);
  } catch {
    throw errorAt(place, text('stored-not-json'));
  }
  if (!Array.isArray(changes) || !changes.every(isChange)) throw errorAt(place, text('stored-no-changes'));
  return changes;
}

function isChange(change: unknown): change is StoredChange {
  if (!Array.isArray(change) || change.length !== 3) return false;
  const [kind, key, entry] = change;
  return kinds.includes(kind) && typeof key === 'string' && typeof entry === 'object';
}
