import { english } from './english/english.js';
import { spanish } from './spanish/spanish.js';
import type { Text, TextCode, TextValue } from './text.js';
import { translationsOf } from './translations.js';

/** The writer of the sentences of a language. */
interface Language {
  templates: Readonly<Record<TextCode, string>>;
  /** The description of a field in this language. Schemas have it in English. */
  describe(description: string): string;
}

const inEnglishWords: Language = { templates: english, describe: (description) => description };
const inSpanishWords: Language = {
  templates: spanish,
  describe: (description) => translationsOf('es').get(description) ?? description,
};
const languages: Readonly<Record<string, Language>> = { en: inEnglishWords, es: inSpanishWords };

/** Writes a sentence in a language, or in English if there are no texts in that language. @param lang such as `es` */
export function inLanguage(text: Text, lang: string): string {
  return write(text, languages[lang] ?? inEnglishWords);
}

/** Writes a sentence for programs: answers, journal entries as JSON, and logs are in English. */
export function inEnglish(text: Text): string {
  return write(text, inEnglishWords);
}

/** Writes a sentence in each language, such as to search in it. */
export function inEveryLanguage(text: Text): string[] {
  return Object.values(languages).map((language) => write(text, language));
}

function write({ code, values = {} }: Text, language: Language): string {
  if (code === 'field-description') return language.describe(String(values.english));
  return language.templates[code].replace(/\{(\w+)\}/g, (_, name: string) => writeValue(values[name] ?? '', language));
}

function writeValue(value: TextValue, language: Language): string {
  if (typeof value === 'string' || typeof value === 'number') return String(value);
  if ('code' in value) return write(value, language);
  const isOfTexts = typeof value[0] === 'object';
  return value.map((item) => writeValue(item, language)).join(isOfTexts ? '; ' : ', ');
}
