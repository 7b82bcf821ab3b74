import { lstatSync } from 'node:fs';

/**
 * Returns true if a path leads to a file or folder, to a symbolic link that leads nowhere, or to something that this user cannot see.
 * Only a path that leads to nothing at all may be replaced by a default: everything else is read, so that its error is told.
 */
export function isThere(path: string): boolean {
  try {
    return lstatSync(path, { throwIfNoEntry: false }) !== undefined;
  } catch (error) {
    // A folder of the path is a link that leads back to itself. Its own problem says enough.
    return (error as NodeJS.ErrnoException).code !== 'ELOOP';
  }
}
