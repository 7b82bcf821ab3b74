import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { fillGuide } from './fill-guide.mjs';
import { findingTable, messageTable } from './message-table.mjs';

const root = fileURLToPath(new URL('../..', import.meta.url));
const read = (path) => readFileSync(join(root, path), 'utf8');

const english = {
  headings: ['field', 'type', 'meaning'],
  messageHeadings: ['message', 'cause', 'cure'],
  findingHeadings: ['finding', 'explanation', 'what to do'],
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
  messageHeadings: ['mensaje', 'causa', 'solución'],
  findingHeadings: ['hallazgo', 'explicación', 'qué hacer'],
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
 * @param {Record<string, Record<string, Record<'en' | 'es', { title: string, explanation: string, whatToDo: string }>>>} findings the
 *   texts of the findings, by area, code and language
 * @returns {{ path: string, text: string, filled: string }[]} all guides and READMEs, as they are and as they should be
 */
export function guides(texts, findings) {
  return Object.entries({ en: english, es: spanish }).flatMap(([language, words]) => {
    const sources = {
      ...{ read, words },
      messageTable(area) {
        const { problems } = JSON.parse(read(`docs/guides/messages/${area}.json`));
        return messageTable(inLanguage(problems, language), texts[language], words.messageHeadings);
      },
      findingTable: (area) => findingTable(inLanguage(findings[area], language), words.findingHeadings),
    };
    return pathsIn(language).map((path) => {
      const text = read(path);
      return { path, text, filled: fillGuide(text, sources) };
    });
  });
}

/** One language of a table that has several for each code. */
function inLanguage(byCode, language) {
  return Object.fromEntries(Object.entries(byCode).map(([code, languages]) => [code, languages[language]]));
}

function pathsIn(language) {
  const folder = `docs/guides/${language}`;
  const files = readdirSync(join(root, folder)).filter((file) => file.endsWith('.md'));
  return [language === 'en' ? 'README.md' : `README.${language}.md`, ...files.map((file) => `${folder}/${file}`)];
}
