import { type Text, text } from '../texts/text.js';
import { TextError, textOf } from '../texts/text-error.js';

/** The reason why state cannot be stored or read. */
export type StorageProblem = 'no-space' | 'not-stored' | 'tenant-unreadable';

/** State cannot be stored or read. The message is one line for the caller. */
export class StorageError extends TextError {
  constructor(
    readonly problem: StorageProblem,
    message: Text,
    cause?: unknown,
  ) {
    super(message, { cause });
  }
}

/** Describes the error of a write for callers. */
export function storageErrorOf(error: unknown): StorageError {
  if (error instanceof StorageError) return error;
  const { code } = error as NodeJS.ErrnoException;
  if (code === 'ENOSPC' || code === 'EDQUOT') return new StorageError('no-space', text('storage-full'), error);
  return new StorageError('not-stored', text('storage-not-written', { problem: textOf(error) }), error);
}
