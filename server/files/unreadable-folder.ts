import { accessSync, constants, type Stats, statSync } from 'node:fs';
import { type Text, text } from '../texts/text.js';
import { isThere } from './is-there.js';

/**
 * Says why this user cannot read a folder. Without this check, its files would look as if they did not exist.
 * @returns undefined if it can be read, does not exist, or is not a folder
 */
export function unreadableFolder(folder: string): Text | undefined {
  try {
    const stats: Stats | undefined = statSync(folder, { throwIfNoEntry: false });
    if (stats === undefined && isThere(folder)) return text('link-broken');
    if (stats?.isDirectory()) accessSync(folder, constants.R_OK | constants.X_OK);
    return undefined;
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (code === 'ELOOP') return text('link-in-circle', { reason: code });
    return code === 'ENOTDIR' ? undefined : text('folder-unreadable', { reason: code ?? message });
  }
}
