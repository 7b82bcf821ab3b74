import { fieldTable, recordSchema } from './field-table.mjs';

/** A code block that names its file after the language: ```js docs/snippets/tests/start.mjs */
const snippet = /^(```\w+ (docs\/snippets\/\S+)\n)[\s\S]*?^(```)$/gm;
/** A table of the fields of a file of fixtures, between two comments. */
const fields = /^(<!-- fields of (\w+) -->\n)[\s\S]*?^(<!-- end of fields -->)$/gm;

/** A table of messages with cause and cure, between two comments. */
const messages = /^(<!-- messages of ([\w-]+) -->\n)[\s\S]*?^(<!-- end of messages -->)$/gm;

/**
 * Fills in the parts of a guide that come from files: code blocks, tables of fields, and tables of messages.
 *
 * @param {string} text the guide
 * @param {{ read(path: string): string, words: import('./field-table.mjs').Words, messageTable(area: string): string }} sources
 * @returns {string} the guide with its current parts
 */
export function fillGuide(text, { read, words, messageTable }) {
  return text
    .replace(snippet, (_block, begin, path, end) => `${begin}${read(path)}${end}`)
    .replace(fields, (_table, begin, kind, end) => {
      const schema = recordSchema(JSON.parse(read(`fixtures/${kind}.schema.json`)));
      return `${begin}\n${fieldTable(schema, words)}\n\n${end}`;
    })
    .replace(messages, (_table, begin, area, end) => `${begin}\n${messageTable(area)}\n\n${end}`);
}
