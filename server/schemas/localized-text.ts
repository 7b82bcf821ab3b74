import Type from 'typebox';
import { Dictionary } from './common.js';

/** A text for people in a file: one for all languages, or one for each, such as `{ "en": "…", "es": "…" }`. */
export function LocalizedText(description: string) {
  return Type.Union([Type.String(), Dictionary(Type.String())], {
    description: `a text, or a text for each language ({ "en": "…", "es": "…" }): ${description}`,
  });
}

/** A text in a language, else in English, else in any language it has. */
export function textIn(text: string | Readonly<Record<string, string>> | undefined, lang: string): string | null {
  if (text === undefined || typeof text === 'string') return text ?? null;
  return text[lang] ?? text.en ?? Object.values(text)[0] ?? null;
}
