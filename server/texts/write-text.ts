import { english } from './english/english.js';
import { spanish } from './spanish/spanish.js';
import type { Text, TextCode, TextValue } from './text.js';

type Templates = Readonly<Record<TextCode, string>>;

const templatesByLanguage: Readonly<Record<string, Templates>> = { en: english, es: spanish };

/** Writes a sentence in a language, or in English if there are no texts in that language. @param lang such as `es` */
export function inLanguage(text: Text, lang: string): string {
  return write(text, templatesByLanguage[lang] ?? english);
}

/** Writes a sentence for programs: answers, journal entries as JSON, and logs are in English. */
export function inEnglish(text: Text): string {
  return write(text, english);
}

/** Writes a sentence in each language, such as to search in it. */
export function inEveryLanguage(text: Text): string[] {
  return Object.values(templatesByLanguage).map((templates) => write(text, templates));
}

function write({ code, values = {} }: Text, templates: Templates): string {
  return templates[code].replace(/\{(\w+)\}/g, (_, name: string) => writeValue(values[name] ?? '', templates));
}

function writeValue(value: TextValue, templates: Templates): string {
  if (typeof value === 'string' || typeof value === 'number') return String(value);
  if ('code' in value) return write(value, templates);
  const isOfTexts = typeof value[0] === 'object';
  return value.map((item) => writeValue(item, templates)).join(isOfTexts ? '; ' : ', ');
}
