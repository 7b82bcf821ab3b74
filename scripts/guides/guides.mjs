import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { fillGuide } from './fill-guide.mjs';

const root = fileURLToPath(new URL('../..', import.meta.url));
const read = (path) => readFileSync(join(root, path), 'utf8');

const english = {
  headings: ['field', 'type', 'meaning'],
  types: {
    string: 'text',
    integer: 'whole number',
    number: 'number',
    boolean: '`true` or `false`',
    object: 'object',
    array: 'list',
    null: '`null`',
    any: 'anything',
  },
  required: '**required**',
  default: 'default',
  translate: (description) => description,
};
const spanish = {
  headings: ['campo', 'tipo', 'significado'],
  types: {
    string: 'texto',
    integer: 'número entero',
    number: 'número',
    boolean: '`true` o `false`',
    object: 'objeto',
    array: 'lista',
    null: '`null`',
    any: 'cualquier valor',
  },
  required: '**obligatorio**',
  default: 'por defecto',
  translate: (description) => {
    const translation = JSON.parse(read('docs/guides/es/fields.json'))[description];
    if (translation === undefined) throw new Error(`docs/guides/es/fields.json has no translation of "${description}"`);
    return translation;
  },
};

/** @returns {{ path: string, text: string, filled: string }[]} all guides and READMEs, as they are and as they should be */
export function guides() {
  return Object.entries({ en: english, es: spanish }).flatMap(([language, words]) =>
    pathsIn(language).map((path) => {
      const text = read(path);
      return { path, text, filled: fillGuide(text, { read, words }) };
    }),
  );
}

function pathsIn(language) {
  const folder = `docs/guides/${language}`;
  const files = readdirSync(join(root, folder)).filter((file) => file.endsWith('.md'));
  return [language === 'en' ? 'README.md' : `README.${language}.md`, ...files.map((file) => `${folder}/${file}`)];
}
