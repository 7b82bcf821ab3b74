import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { packageRoot } from '../package-root.js';

/** The texts of a language. They are plain text; `{name}` stands for a value. */
export interface Catalogue {
  lang: string;
  dir: 'ltr' | 'rtl';
  words: Words;
}

interface Words {
  readonly [key: string]: string | Words;
}

const folder = join(packageRoot, 'views', 'locales');
/** More languages of the wallet's own pages, which users see. They have no texts of the console. */
const walletFolder = join(folder, 'wallet');
const loaded = new Map<string, Catalogue>();

/** The languages of all pages: one file in `views/locales` each. */
export const languages: readonly string[] = languagesIn(folder);

/** The languages of the wallet's own pages, such as the consent screen. */
export const walletLanguages: readonly string[] = [...languages, ...languagesIn(walletFolder)];

function languagesIn(place: string): string[] {
  return readdirSync(place)
    .filter((file) => file.endsWith('.json'))
    .map((file) => file.slice(0, -'.json'.length));
}

/** @param lang one of `walletLanguages`; its file is read at first use */
export function catalogue(lang: string): Catalogue {
  let found = loaded.get(lang);
  if (found === undefined) {
    const file = join(languages.includes(lang) ? folder : walletFolder, `${lang}.json`);
    const words = JSON.parse(readFileSync(file, 'utf8')) as Words;
    found = { lang, dir: /^(ar|fa|he|ur)$/.test(lang) ? 'rtl' : 'ltr', words };
    loaded.set(lang, found);
  }
  return found;
}

/** The text at a dotted key, or undefined if there is none. */
export function phrase({ words }: Catalogue, key: string): string | undefined {
  let found: string | Words | undefined = words;
  for (const step of key.split('.')) found = typeof found === 'object' && Object.hasOwn(found, step) ? found[step] : undefined;
  return typeof found === 'string' ? found : undefined;
}

/** The text at a dotted key with its values, or the key if there is no text. */
export function sayIn(lang: string, key: string, values: Readonly<Record<string, unknown>> = {}): string {
  const text = phrase(catalogue(lang), key) ?? key;
  return text.replace(/\{(\w+)\}/g, (whole, name: string) => (Object.hasOwn(values, name) ? String(values[name]) : whole));
}

/**
 * Chooses the first available language: the one asked for, then the browser's in its order, then the others. English if none is
 * available.
 * @param asked a language tag, such as `lang` of the address
 * @param accepted an Accept-Language header (RFC 9110, 12.5.4)
 * @param others language tags, such as a user's locale
 */
export function chooseLanguage(asked: unknown, accepted: string | undefined, ...others: (string | undefined)[]): string {
  return choose(languages, asked, accepted, others);
}

/** As `chooseLanguage`, for the wallet's own pages. */
export function chooseWalletLanguage(asked: unknown, accepted: string | undefined, ...others: (string | undefined)[]): string {
  return choose(walletLanguages, asked, accepted, others);
}

function choose(
  available: readonly string[],
  asked: unknown,
  accepted: string | undefined,
  others: readonly (string | undefined)[],
): string {
  const ranked = (accepted ?? '')
    .split(',')
    .map((item) => item.split(';'))
    .map(([tag = '', quality = '']) => ({ tag: tag.trim(), quality: Number(/q=([\d.]+)/.exec(quality)?.[1] ?? 1) }))
    .filter(({ quality }) => quality > 0)
    .sort((a, b) => b.quality - a.quality)
    .map(({ tag }) => tag);
  for (const tag of [asked, ...ranked, ...others]) {
    const lang = typeof tag === 'string' ? tag.toLowerCase().split(/[-_]/)[0] : undefined;
    if (lang !== undefined && available.includes(lang)) return lang;
  }
  return 'en';
}
