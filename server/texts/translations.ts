import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { packageRoot } from '../package-root.js';

/** English text → the text in another language. */
export type Translations = ReadonlyMap<string, string>;

/** Descriptions: of the fields of files, which the APIs also have, of the control API, and of the merchants' API. */
const files = ['fields.json', 'api.json', 'wallet-api.json'];
const loaded = new Map<string, Translations>();

/**
 * The translations of the descriptions in schemas and in the documents of the APIs. They are read at the first use, because most emulators never
 * need them.
 * @returns an empty map if the language has none
 */
export function translationsOf(lang: string): Translations {
  let found = loaded.get(lang);
  if (found === undefined) {
    const paths = files.map((file) => join(packageRoot, 'docs', 'guides', lang, file)).filter((path) => existsSync(path));
    found = new Map(paths.flatMap((path) => Object.entries<string>(JSON.parse(readFileSync(path, 'utf8')))));
    loaded.set(lang, found);
  }
  return found;
}
