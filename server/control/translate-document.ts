import { type Translations, translationsOf } from '../texts/translations.js';

const textFields = ['title', 'summary', 'description'];

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

function translate(value: unknown, translations: Translations): unknown {
  if (Array.isArray(value)) return value.map((item) => translate(item, translations));
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).map(([key, part]) => {
    const text = typeof part === 'string' && textFields.includes(key) ? translations.get(part) : undefined;
    return [key, text ?? translate(part, translations)];
  });
  return Object.fromEntries(entries);
}
