import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { packageRoot } from '../package-root.js';

/** A locale's words: nested, plain text, with `{name}` where something is filled in. */
export interface Catalogue {
  lang: string;
  dir: 'ltr' | 'rtl';
  words: Words;
}

interface Words {
  readonly [key: string]: string | Words;
}

const folder = join(packageRoot, 'views', 'locales');
const loaded = new Map<string, Catalogue>();

/** The locales that there are: one file each. */
export const languages: readonly string[] = readdirSync(folder)
  .filter((file) => file.endsWith('.json'))
  .map((file) => file.slice(0, -'.json'.length));

/** The catalogue of a locale that there is; read at first use. */
export function catalogue(lang: string): Catalogue {
  let found = loaded.get(lang);
  if (found === undefined) {
    const words = JSON.parse(readFileSync(join(folder, `${lang}.json`), 'utf8')) as Words;
    found = { lang, dir: /^(ar|fa|he|ur)$/.test(lang) ? 'rtl' : 'ltr', words };
    loaded.set(lang, found);
  }
  return found;
}

/** The words at a dotted key, or undefined where there are none. */
export function phrase({ words }: Catalogue, key: string): string | undefined {
  let found: string | Words | undefined = words;
  for (const step of key.split('.')) found = typeof found === 'object' && Object.hasOwn(found, step) ? found[step] : undefined;
  return typeof found === 'string' ? found : undefined;
}

/**
 * The first language that is spoken here: what the address asks for, then the browser's in its order, then the others given.
 * @param accepted an Accept-Language header (RFC 9110, 12.5.4)
 * @param others language tags, such as a user's locale
 */
export function chooseLanguage(asked: unknown, accepted: string | undefined, ...others: (string | undefined)[]): string {
  const ranked = (accepted ?? '')
    .split(',')
    .map((item) => item.split(';'))
    .map(([tag = '', quality = '']) => ({ tag: tag.trim(), quality: Number(/q=([\d.]+)/.exec(quality)?.[1] ?? 1) }))
    .filter(({ quality }) => quality > 0)
    .sort((a, b) => b.quality - a.quality)
    .map(({ tag }) => tag);
  for (const tag of [asked, ...ranked, ...others]) {
    const lang = typeof tag === 'string' ? tag.toLowerCase().split(/[-_]/)[0] : undefined;
    if (lang !== undefined && languages.includes(lang)) return lang;
  }
  return 'en';
}
