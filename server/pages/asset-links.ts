import { existsSync, readFileSync } from 'node:fs';
import { join, sep } from 'node:path';
import { packageRoot } from '../package-root.js';

/** The folder of the bundles that `scripts/bundle-assets.mjs` writes. */
export const bundleFolder = join(packageRoot, 'dist', 'assets');

/** Files that a page lists → the file with all of them. */
const bundles = readBundles();

/** The list's bundle, or the files themselves if it was not built. @param names without extension; one text may have several */
export function assetFiles(names: readonly unknown[], extension: 'css' | 'js'): string[] {
  const files = names
    .filter((name) => typeof name === 'string')
    .flatMap((name) => name.split(' '))
    .map((name) => `${name}.${extension}`);
  const bundle = bundles[files.join(' ')];
  return bundle === undefined ? files : [bundle];
}

/** Run from its sources (`npm run dev`), the emulator serves the files of `views/assets`, so that changes show at once. */
function readBundles(): Record<string, string> {
  const list = `${bundleFolder}.json`;
  const isSource = import.meta.dirname.startsWith(join(packageRoot, 'server') + sep);
  return isSource || !existsSync(list) ? {} : (JSON.parse(readFileSync(list, 'utf8')) as Record<string, string>);
}
