import { isPictureAddress, pictureFile } from '../records/pictures.js';

/**
 * The address of a picture that the fixtures name: an address as it is, or a file of the fixtures.
 * @param prefix of the tenant's paths
 */
export function pictureUrl(picture: string | undefined, prefix: string): string | null {
  if (picture === undefined) return null;
  return isPictureAddress(picture) ? picture : `${prefix}/wallet/files/${encodeURI(pictureFile(picture))}`;
}

/** The initials of a name's first and last words, shown if there is no picture. */
export function initials(name: string): string {
  const words = name.split(/\s+/).filter(Boolean);
  return [words[0], words.length > 1 ? words.at(-1) : undefined]
    .map((word) => (word ? String.fromCodePoint(word.codePointAt(0) as number) : ''))
    .join('')
    .toUpperCase();
}
