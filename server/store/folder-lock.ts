import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const lockFile = 'billetera.lock';

/** Another emulator uses the folder. */
export class FolderInUseError extends Error {
  /** @param pid the other emulator's process */
  constructor(
    folder: string,
    readonly pid: number,
  ) {
    super(`the emulator with process id ${pid} uses ${folder}`);
  }
}

/**
 * Locks a folder, because two emulators would overwrite each other's files. The lock of a process that has ended is ignored.
 * @throws FolderInUseError
 */
export function lockFolder(folder: string): void {
  const path = join(folder, lockFile);
  const [pid, startedAt] = existsSync(path) ? readFileSync(path, 'utf8').split(' ') : [];
  const owner = { pid: Number(pid), ...(startedAt !== undefined && { startedAt }) };
  if (owner.pid > 0 && owner.pid !== process.pid && isRunning(owner)) throw new FolderInUseError(folder, owner.pid);
  writeFileSync(path, [process.pid, processStatus(process.pid)?.startedAt].filter((part) => part !== undefined).join(' '));
}

export function unlockFolder(folder: string): void {
  rmSync(join(folder, lockFile), { force: true });
}

/** The process that holds a lock. Process ids are reused, so the start time is stored too, if the system tells it. */
interface Owner {
  pid: number;
  startedAt?: string;
}

function isRunning({ pid, startedAt }: Owner): boolean {
  try {
    process.kill(pid, 0);
  } catch (error) {
    // EPERM: the process exists, but belongs to another user.
    if ((error as NodeJS.ErrnoException).code !== 'EPERM') return false;
  }
  const status = processStatus(pid);
  if (status === undefined) return true;
  return status.state !== 'Z' && (startedAt === undefined || startedAt === status.startedAt);
}

/**
 * A process's state and its start time in clock ticks since boot, on systems with /proc. State Z is a zombie: it has ended, but its
 * parent has not fetched its exit status (proc(5)).
 */
function processStatus(pid: number): { state: string; startedAt: string } | undefined {
  try {
    const fields = readFileSync(`/proc/${pid}/stat`, 'latin1').split(') ').at(-1)?.split(' ') ?? [];
    return { state: fields[0] ?? '', startedAt: fields[19] ?? '' };
  } catch {
    return undefined;
  }
}
