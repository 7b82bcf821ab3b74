import { randomUUID } from 'node:crypto';
import { readFileSync, readlinkSync } from 'node:fs';
import { type FileHandle, open, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { createFolder } from './create-folder.js';

/** The owner shows at this interval that it lives. */
const heartbeatMs = 1000;
/** An owner that did not show it for so long is dead, if nothing else tells. */
const staleMs = 10_000;
const pollMs = 100;

/** The holder of a lock. */
interface Owner {
  /** Differs for each emulator, because one process can run several. */
  id: string;
  pid: number;
  host: string;
  /** Tells a process from a later one with the same id. Empty if the system does not tell. */
  startedAt: string;
  /** The scope of the process id: the boot of the machine and the process namespace. Empty if the system does not tell. */
  space: string;
  /** ISO 8601. */
  since: string;
}

/** Another emulator uses the folder. The message names it. */
export class FolderInUseError extends Error {}

/** The ids of the locks that this thread holds. */
const heldHere = new Set<string>();

/**
 * A lock on a folder, because two emulators would overwrite each other's files. It also holds between threads of one process and
 * between containers.
 *
 * A lock is a file with a number in the folder `lock`, and the highest number counts. To take a lock is to create the next number,
 * which the file system allows once. A number is never used for two owners at a time, so two emulators that find the same dead
 * owner cannot both win: no file is deleted before a higher one exists.
 */
export class FolderLock {
  readonly #folder: string;
  readonly #number: number;
  readonly #id: string;
  readonly #file: FileHandle;
  readonly #text: string;
  readonly #heartbeat: NodeJS.Timeout;
  #isBeating = false;
  #isLost = false;

  private constructor(folder: string, number: number, id: string, file: FileHandle, text: string) {
    this.#folder = folder;
    this.#number = number;
    this.#id = id;
    this.#file = file;
    this.#text = text;
    heldHere.add(id);
    this.#heartbeat = setInterval(() => void this.#beat(), heartbeatMs).unref();
  }

  /** @throws FolderInUseError */
  static async take(path: string): Promise<FolderLock> {
    const folder = join(path, 'lock');
    await createFolder(folder);
    for (;;) {
      const highest = await highestNumber(folder);
      if (highest > 0) await refuseIfHeld(folder, highest);
      const taken = await FolderLock.#create(folder, highest + 1);
      if (taken !== undefined) return taken;
    }
  }

  /** @returns undefined if another emulator was faster */
  static async #create(folder: string, number: number): Promise<FolderLock | undefined> {
    const file = await open(join(folder, String(number)), 'wx').catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'EEXIST') return undefined;
      throw error;
    });
    if (file === undefined) return undefined;
    const owner: Owner = {
      id: randomUUID(),
      pid: process.pid,
      host: hostname(),
      startedAt: processStatus(process.pid)?.startedAt ?? '',
      space: processSpace(),
      since: (await file.stat()).mtime.toISOString(),
    };
    const text = JSON.stringify(owner);
    await file.write(text, 0);
    if ((await highestNumber(folder)) > number) {
      // Another emulator took a higher number, and deleted this one before it was created here.
      await file.close();
      await rm(join(folder, String(number)), { force: true });
      return undefined;
    }
    for (const name of await readdir(folder)) if (Number(name) < number) await rm(join(folder, name), { force: true });
    return new FolderLock(folder, number, owner.id, file, text);
  }

  /** True if another emulator took the lock, because this one was suspended for too long. It must not write any more. */
  get isLost(): boolean {
    return this.#isLost;
  }

  /** Frees the lock. The file stays, so that its number is not used again. */
  async release(): Promise<void> {
    clearInterval(this.#heartbeat);
    heldHere.delete(this.#id);
    await this.#file.close();
    await writeFile(join(this.#folder, String(this.#number)), 'free').catch(() => {});
  }

  /** Writes the file again, which renews its time. */
  async #beat(): Promise<void> {
    if (this.#isBeating) return;
    this.#isBeating = true;
    try {
      if ((await highestNumber(this.#folder)) > this.#number) this.#isLost = true;
      await this.#file.write(this.#text, 0);
    } catch {
      // The next beat tries again.
    }
    this.#isBeating = false;
  }
}

/** @throws FolderInUseError if the lock of this number is held. Waits for a sign of life, if the system does not tell. */
async function refuseIfHeld(folder: string, number: number): Promise<void> {
  const path = join(folder, String(number));
  const first = await read(path);
  for (let waited = 0; waited < staleMs; waited += pollMs) {
    const now = await read(path);
    if (now === undefined || now.text === 'free') return;
    const owner = parse(now.text);
    const state = owner === undefined ? 'unknown' : stateOf(owner);
    if (state === 'dead') return;
    if (owner !== undefined && (state === 'alive' || now.changedAt !== first?.changedAt)) throw inUse(owner);
    if (waited === 0 && (await ageOf(folder, now.changedAt)) > staleMs) return;
    await wait(pollMs);
  }
}

/** Returns true if the owner lives, as far as the system tells. */
function stateOf({ id, pid, host, startedAt, space }: Owner): 'alive' | 'dead' | 'unknown' {
  if (heldHere.has(id)) return 'alive';
  // Another thread of this process may have ended.
  const isThisProcess = pid === process.pid && startedAt === processStatus(pid)?.startedAt;
  if (isThisProcess || space !== processSpace()) return 'unknown';
  // Linux has process namespaces, so without its space a process id says nothing.
  if (space === '' && (process.platform === 'linux' || host !== hostname())) return 'unknown';
  if (!exists(pid)) return 'dead';
  const status = processStatus(pid);
  if (status === undefined) return 'unknown';
  // A zombie has ended, but its parent has not fetched its exit status (proc(5)).
  return status.state !== 'Z' && status.startedAt === startedAt ? 'alive' : 'dead';
}

function exists(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // EPERM: the process exists, but belongs to another user.
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/** A process's state and its start time in clock ticks since boot, on systems with /proc. */
function processStatus(pid: number): { state: string; startedAt: string } | undefined {
  try {
    const fields = readFileSync(`/proc/${pid}/stat`, 'latin1').split(') ').at(-1)?.split(' ') ?? [];
    return { state: fields[0] ?? '', startedAt: fields[19] ?? '' };
  } catch {
    return undefined;
  }
}

function processSpace(): string {
  try {
    return `${readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim()} ${readlinkSync('/proc/self/ns/pid')}`;
  } catch {
    return '';
  }
}

async function highestNumber(folder: string): Promise<number> {
  const numbers = (await readdir(folder)).filter((name) => /^\d+$/.test(name)).map(Number);
  return Math.max(0, ...numbers);
}

/** @returns undefined if the file does not exist */
async function read(path: string): Promise<{ text: string; changedAt: number } | undefined> {
  try {
    return { changedAt: (await stat(path)).mtimeMs, text: await readFile(path, 'utf8') };
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

/** Returns the age of a file's last change, by the clock of the file system, which may be another machine's. */
async function ageOf(folder: string, changedAt: number): Promise<number> {
  const probe = join(folder, `probe-${randomUUID()}`);
  try {
    await writeFile(probe, '');
    return (await stat(probe)).mtimeMs - changedAt;
  } finally {
    await rm(probe, { force: true });
  }
}

/** @returns undefined for a file that its owner has not written yet */
function parse(text: string): Owner | undefined {
  try {
    return JSON.parse(text) as Owner;
  } catch {
    return undefined;
  }
}

function inUse({ pid, host, since }: Owner): FolderInUseError {
  return new FolderInUseError(`in use by another emulator (process ${pid} on ${host}, since ${since})`);
}
