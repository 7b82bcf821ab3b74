/** Why state cannot be stored or read. */
export type StorageProblem = 'no-space' | 'not-stored' | 'tenant-unreadable';

/** State cannot be stored or read. The message is one line for the caller. */
export class StorageError extends Error {
  constructor(
    readonly problem: StorageProblem,
    message: string,
    cause?: unknown,
  ) {
    super(message, { cause });
  }
}

/** Describes the error of a write for callers. */
export function storageErrorOf(error: unknown): StorageError {
  if (error instanceof StorageError) return error;
  const { code, message } = error as NodeJS.ErrnoException;
  if (code === 'ENOSPC' || code === 'EDQUOT')
    return new StorageError(
      'no-space',
      'the disk of the data folder is full; the emulator goes on when there is room. The change may be stored then',
      error,
    );
  return new StorageError('not-stored', `the data folder cannot be written (${message}); the next call tries again`, error);
}
