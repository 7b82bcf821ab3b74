import { existsSync, readFileSync } from 'node:fs';
import { join, sep } from 'node:path';
import { packageRoot } from '../package-root.js';

/** The folder of the bundles that `scripts/bundle-assets.mjs` writes. */
export const bundleFolder = join(packageRoot, 'dist', 'assets');

/** The list of bundles that the build writes. */
interface Bundles {
  /** Files that a page lists → the file with all of them. */
  lists: Record<string, string>;
  /** Page → its files. */
  pages: Record<string, string[]>;
  /** Picture of `views/assets` → its copy. */
  pictures: Record<string, string>;
}

const bundles = readBundles();
const bundleNames = new Set([...Object.values(bundles.lists), ...Object.values(bundles.pictures)]);

/** @returns true for a file that the build has written, with the hash of its content in its name */
export function isBundle(file: string): boolean {
  return bundleNames.has(file);
}

/** The list's bundle, or the files themselves if it was not built. @param names without extension; one text may have several */
export function assetFiles(names: readonly unknown[], extension: 'css' | 'js'): string[] {
  const files = names
    .filter((name) => typeof name === 'string')
    .flatMap((name) => name.split(' '))
    .map((name) => `${name}.${extension}`);
  const bundle = bundles.lists[files.join(' ')];
  return bundle === undefined ? files : [bundle];
}

/**
 * The copy of a picture that browsers keep for good, or the picture itself if it was not built. A picture that is checked again could
 * vanish from a page: a sheet that closes during the check ends it for all pages that show the picture.
 */
export function pictureFile(name: string): string {
  return bundles.pictures[name] ?? name;
}

/** The styles and scripts that a page of `views/pages` loads; none if its bundles were not built. */
export function pageFiles(page: string): readonly string[] {
  return bundles.pages[page] ?? [];
}

/** Run from its sources (`npm run dev`), the emulator serves the files of `views/assets`, so that changes show at once. */
function readBundles(): Bundles {
  const list = `${bundleFolder}.json`;
  const isSource = import.meta.dirname.startsWith(join(packageRoot, 'server') + sep);
  return isSource || !existsSync(list)
    ? { lists: {}, pages: {}, pictures: {} }
    : (JSON.parse(readFileSync(list, 'utf8')) as Bundles);
}
