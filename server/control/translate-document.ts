import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { packageRoot } from '../package-root.js';
import type { OpenApiDocument } from './openapi-types.js';

/** English text → the text in another language. */
type Translations = ReadonlyMap<string, string>;

const textFields = ['title', 'summary', 'description'];
/** The descriptions of the fields of files, which the control API also has, and its own. */
const files = ['fields.json', 'api.json'];
const loaded = new Map<string, Translations>();

/** A copy of a document with its texts in another language. A text without a translation stays in English. */
export function translateDocument(document: OpenApiDocument, lang: string): OpenApiDocument {
  const translations = translationsOf(lang);
  return translations.size === 0 ? document : (translate(document, translations) as OpenApiDocument);
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
