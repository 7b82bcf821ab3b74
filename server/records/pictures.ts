import { statSync } from 'node:fs';
import { join } from 'node:path';
import { type Text, text } from '../texts/text.js';

/** Returns true if a record names its picture by an address, and not by a file of the fixtures. */
export function isPictureAddress(picture: string): boolean {
  return /^(https?|data):/i.test(picture);
}

/**
 * Finds the folder of a picture.
 * @param folders of fixtures. The first one that has the file wins
 * @returns undefined if there is none, or if the file is no picture: the folders also have private keys
 */
export function findPictureFolder(file: string, folders: readonly string[]): string | undefined {
  const isPicture = /\.(png|jpe?g|webp|gif|svg|avif)$/i.test(file) && !file.split(/[\\/]/).includes('..');
  return isPicture ? folders.find((folder) => isFile(join(folder, file))) : undefined;
}

/** Says why the picture of a record cannot be shown. @param folders of fixtures */
export function pictureProblem(picture: string, folders: readonly string[]): Text | undefined {
  if (isPictureAddress(picture) || findPictureFolder(pictureFile(picture), folders) !== undefined) return undefined;
  return text('expected-picture', { value: picture });
}

/** The path of a picture in the folder of fixtures. */
export function pictureFile(picture: string): string {
  return picture.replace(/^\/+/, '');
}

function isFile(path: string): boolean {
  try {
    return statSync(path).isFile();
  } catch {
    return false;
  }
}
