import { closeSync, openSync, writeSync } from 'node:fs';
import { open, rename, rm } from 'node:fs/promises';
import { FileError, maxFileBytes } from '../files/read-file.js';
import { writeProblem } from '../files/save-json.js';
import type { Exchange } from '../recordings/exchange.js';
import { harEntry, harFrame } from '../recordings/write-har.js';
import { text } from '../texts/text.js';
import { TextError } from '../texts/text-error.js';

/** A HAR file that grows. It is complete at any time: each write replaces it in one step. */
export class RecordingFile {
  readonly path: string;
  readonly #frame: { head: string; tail: string };
  readonly #entries: string[] = [];
  #bytes = 0;
  /** The write that runs, or the last one. */
  #running: Promise<void> = Promise.resolve();
  /** The write that begins after it. It has everything that was added until then. */
  #next: Promise<void> | undefined;

  /**
   * Creates the file, without calls.
   * @param version of the emulator
   * @throws FileError if it exists or cannot be written
   */
  constructor(path: string, version: string) {
    this.path = path;
    this.#frame = harFrame(version);
    try {
      const file = openSync(path, 'wx', 0o600);
      writeSync(file, this.#content());
      closeSync(file);
    } catch (error) {
      const exists = (error as NodeJS.ErrnoException).code === 'EEXIST';
      throw new FileError(path, exists ? text('recording-exists') : writeProblem(path, error), error);
    }
  }

  /** The number of calls in it. */
  get count(): number {
    return this.#entries.length;
  }

  /**
   * Adds an exchange. It resolves when the exchange is on the disk.
   * @throws TextError if the file is full, Error if it cannot be written; a later write tries again
   */
  add(exchange: Exchange): Promise<void> {
    const entry = harEntry(exchange);
    const bytes = Buffer.byteLength(entry);
    // A larger file could not be read.
    if (this.#bytes + bytes > maxFileBytes * 0.98) {
      const max = Math.floor(this.#bytes / 1024 / 1024);
      return Promise.reject(new TextError(text('recording-full', { max })));
    }
    this.#bytes += bytes;
    this.#entries.push(entry);
    return this.#write();
  }

  /** Waits until everything is on the disk. A file without calls is removed. */
  async close(): Promise<void> {
    await (this.#next ?? this.#running).catch(() => {});
    if (this.#entries.length === 0) await rm(this.path, { force: true });
  }

  #write(): Promise<void> {
    this.#next ??= this.#running
      .catch(() => {})
      .then(() => {
        this.#running = this.#next as Promise<void>;
        this.#next = undefined;
        return replace(this.path, this.#content());
      });
    return this.#next;
  }

  #content(): string {
    const { head, tail } = this.#frame;
    return head + this.#entries.join(',\n') + tail;
  }
}

async function replace(path: string, content: string): Promise<void> {
  const temporary = `${path}.${process.pid}.tmp`;
  try {
    const file = await open(temporary, 'w', 0o600);
    try {
      await file.writeFile(content);
      await file.datasync();
    } finally {
      await file.close();
    }
    await rename(temporary, path);
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  }
}
