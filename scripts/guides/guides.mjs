import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { fillGuide } from './fill-guide.mjs';
import { messageTable } from './message-table.mjs';

const root = fileURLToPath(new URL('../..', import.meta.url));
const read = (path) => readFileSync(join(root, path), 'utf8');

const english = {
  headings: ['field', 'type', 'meaning'],
  messageHeadings: ['message', 'cause', 'cure'],
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
/** English description of a field → Spanish. */
const translations = JSON.parse(read('docs/guides/es/fields.json'));
const spanish = {
  headings: ['campo', 'tipo', 'significado'],
  messageHeadings: ['mensaje', 'causa', 'remedio'],
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
    const translation = translations[description];
    if (translation === undefined) throw new Error(`docs/guides/es/fields.json has no translation of "${description}"`);
    return translation;
  },
};

/**
 * @param {{ en: Record<string, string>, es: Record<string, string> }} texts the sentences of the emulator, by language and code
 * @returns {{ path: string, text: string, filled: string }[]} all guides and READMEs, as they are and as they should be
 */
export function guides(texts) {
  return Object.entries({ en: english, es: spanish }).flatMap(([language, words]) => {
    const tableOf = (area) => {
      const { problems } = JSON.parse(read(`docs/guides/messages/${area}.json`));
      const entries = Object.entries(problems).map(([code, inLanguages]) => [code, inLanguages[language]]);
      return messageTable(Object.fromEntries(entries), texts[language], words.messageHeadings);
    };
    return pathsIn(language).map((path) => {
      const text = read(path);
      return { path, text, filled: fillGuide(text, { read, words, messageTable: tableOf }) };
    });
  });
}

function pathsIn(language) {
  const folder = `docs/guides/${language}`;
  const files = readdirSync(join(root, folder)).filter((file) => file.endsWith('.md'));
  return [language === 'en' ? 'README.md' : `README.${language}.md`, ...files.map((file) => `${folder}/${file}`)];
}
