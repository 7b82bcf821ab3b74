import { randomUUID } from 'node:crypto';
import { mkdir, readdir, rm, rmdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { Low } from 'lowdb';
import Type, { type Static } from 'typebox';
import { closed } from '../schemas/common.js';
import { findProblem, problemText } from '../schemas/problem.js';
import { text } from '../texts/text.js';
import { errorAt } from '../texts/text-error.js';
import { JsonFile, syncFolder } from './durable-file.js';
import { StorageError } from './storage-error.js';

const generationName = /^[0-9a-f-]{36}$/;

/** Says which state of the tenant is the stored one. */
const Current = Type.Object(
  {
    generation: Type.String({ pattern: generationName.source, description: 'the name of a folder next to this file' }),
    base: Type.Integer({ minimum: 0, description: 'the number of the base, and of the first log after it' }),
  },
  closed,
);
export type Current = Static<typeof Current>;

/**
 * A tenant's folder. Each life of the tenant has its own folder in it, a generation. `current.json` names the stored generation, and
 * replacing or deleting that file is the one step in which the stored state changes from one life to the next.
 */
export class TenantFolder {
  readonly path: string;
  readonly fsync: boolean;
  /** The number of lives of the tenant that have files here, or may write some. */
  lives = 0;
  readonly #lock: { isLost: boolean };
  readonly #file: JsonFile<Current>;
  /** The generation that current.json names. */
  #stored: string | undefined;
  #lastStep: Promise<void> | undefined;

  /** @param lock the lock of the data folder */
  constructor(path: string, fsync: boolean, lock: { isLost: boolean }) {
    this.path = path;
    this.fsync = fsync;
    this.#lock = lock;
    this.#file = new JsonFile(this.#currentFile, fsync);
  }

  /** @throws StorageError if another emulator uses the data folder now */
  checkLock(): void {
    if (this.#lock.isLost) throw new StorageError('not-stored', text('storage-taken'));
  }

  /** Resolves when all steps that began are done, and never rejects. Undefined if no step is running. */
  get switching(): Promise<void> | undefined {
    return this.#lastStep;
  }

  /**
   * Finds out what is stored, and deletes what a kill left unfinished.
   * @returns undefined if nothing is stored
   * @throws TextError with file and field, if current.json is wrong
   */
  async open(): Promise<Current | undefined> {
    const current = await this.#file.read();
    const problem = current === null ? undefined : findProblem(Current, current);
    if (problem !== undefined) throw errorAt(this.#currentFile, problemText(problem, 'the-file'));
    this.#stored = current?.generation;
    for (const name of await readdir(this.path))
      if (generationName.test(name) && name !== this.#stored) await rm(join(this.path, name), { recursive: true, force: true });
    if (current === null) await this.#removeIfEmpty();
    return current ?? undefined;
  }

  newGeneration(): string {
    return randomUUID();
  }

  generationPath(generation: string): string {
    return join(this.path, generation);
  }

  createGeneration(generation: string): Promise<void> {
    return this.#step(async () => {
      await mkdir(this.generationPath(generation), { recursive: true });
    });
  }

  /**
   * Makes a generation, or another base of it, the stored one. It must be whole on the disk.
   * @param isWanted asked when the step begins; if it returns false, nothing is done
   * @param done called at the end of the step
   * @returns false if nothing was done
   */
  makeCurrent(current: Current, isWanted: () => boolean, done: () => void): Promise<boolean> {
    return this.#step(async () => {
      if (!isWanted()) return false;
      if (this.fsync) {
        await syncFolder(this.generationPath(current.generation));
        await syncFolder(this.path);
      }
      await new Low<Current>(this.#file, current).write();
      if (this.fsync) {
        await syncFolder(this.path);
        await syncFolder(dirname(this.path));
      }
      this.#stored = current.generation;
      done();
      return true;
    });
  }

  /** Ends a generation: no restart brings it back. Does nothing if another one is stored already. */
  endGeneration(generation: string): Promise<void> {
    return this.#step(async () => {
      if (this.#stored !== generation) return;
      await rm(this.#currentFile);
      if (this.fsync) await syncFolder(this.path);
      this.#stored = undefined;
    });
  }

  /** Deletes the files of a generation that has ended, and the whole folder if nothing else is in it. */
  async deleteGeneration(generation: string): Promise<void> {
    await rm(this.generationPath(generation), { recursive: true, force: true });
    await this.#step(() => this.#removeIfEmpty());
  }

  async #removeIfEmpty(): Promise<void> {
    await rmdir(this.path).catch((error: NodeJS.ErrnoException) => {
      if (!['ENOTEMPTY', 'EEXIST', 'ENOENT', 'EPERM'].includes(error.code ?? '')) throw error;
    });
  }

  get #currentFile(): string {
    return join(this.path, 'current.json');
  }

  /** One step runs at a time, in the order of the calls. */
  #step<Result>(run: () => Promise<Result>): Promise<Result> {
    const step = (this.#lastStep ?? Promise.resolve()).then(() => {
      this.checkLock();
      return run();
    });
    const ended = step.then(
      () => {},
      () => {},
    );
    this.#lastStep = ended;
    void ended.then(() => {
      if (this.#lastStep === ended) this.#lastStep = undefined;
    });
    return step;
  }
}
