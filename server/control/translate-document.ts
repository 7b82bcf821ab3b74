import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { packageRoot } from '../package-root.js';

/** English text → the text in another language. */
type Translations = ReadonlyMap<string, string>;

const textFields = ['title', 'summary', 'description'];
/** Descriptions: of the fields of files, which the APIs also have, of the control API, and of the merchants' API. */
const files = ['fields.json', 'api.json', 'wallet-api.json'];
const loaded = new Map<string, Translations>();

/** Translates an English text. `{name}` in it stands for a value, so that a text with values has one translation. */
export type Translate = (text: string, values?: Readonly<Record<string, string>>) => string;

/** The translator into a language of the pages. A text without a translation stays in English. */
export function translatorInto(lang: string): Translate {
  const translations = translationsOf(lang);
  return (text, values = {}) =>
    (translations.get(text) ?? text).replace(/\{(\w+)\}/g, (whole, name: string) => values[name] ?? whole);
}

/** A copy of a document with its texts in another language. A text without a translation stays in English. */
export function translateDocument<Document extends object>(document: Document, lang: string): Document {
  const translations = translationsOf(lang);
  return translations.size === 0 ? document : (translate(document, translations) as Document);
}

/** The translations of a language are read at the first use, because most emulators never need them. */
function translationsOf(lang: string): Translations {
  let found = loaded.get(lang);
  if (found === undefined) {
    const paths = files.map((file) => join(packageRoot, 'docs', 'guides', lang, file)).filter((path) => existsSync(path));
    found = new Map(paths.flatMap((path) => Object.entries<string>(JSON.parse(readFileSync(path, 'utf8')))));
    loaded.set(lang, found);
  }
  return found;
}

function translate(value: unknown, translations: Translations): unknown {
  if (Array.isArray(value)) return value.map((item) => translate(item, translations));
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).map(([key, part]) => {
    const text = typeof part === 'string' && textFields.includes(key) ? translations.get(part) : undefined;
    return [key, text ?? translate(part, translations)];
  });
  return Object.fromEntries(entries);
}
