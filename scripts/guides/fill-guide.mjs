import { fieldTable, recordSchema } from './field-table.mjs';

/** A code block that names its file after the language: ```js docs/snippets/tests/start.mjs */
const snippet = /^(```\w+ (docs\/snippets\/\S+)\n)[\s\S]*?^(```)$/gm;
/** A table of the fields of a file of fixtures, between two comments. */
const fields = /^(<!-- fields of (\w+) -->\n)[\s\S]*?^(<!-- end of fields -->)$/gm;
/** A table of messages with cause and cure, between two comments. */
const messages = /^(<!-- messages of ([\w-]+) -->\n)[\s\S]*?^(<!-- end of messages -->)$/gm;
/** A table of findings with explanation and what to do, between two comments. */
const findings = /^(<!-- findings of (\w+) -->\n)[\s\S]*?^(<!-- end of findings -->)$/gm;
/** A list of the guide's sections, between two comments. */
const contents = /^(<!-- contents -->\n)[\s\S]*?^(<!-- end of contents -->)$/gm;

/**
 * Fills in the parts of a guide that come from files: code blocks, tables of fields, tables of messages and findings, and the list of
 * sections.
 *
 * @param {string} text the guide
 * @param {{ read(path: string): string, words: import('./field-table.mjs').Words, messageTable(area: string): string,
 *   findingTable(area: string): string }} sources
 * @returns {string} the guide with its current parts
 */
export function fillGuide(text, { read, words, messageTable, findingTable }) {
  return text
    .replace(snippet, (_block, begin, path, end) => `${begin}${read(path)}${end}`)
    .replace(fields, (_table, begin, kind, end) => {
      const schema = recordSchema(JSON.parse(read(`fixtures/${kind}.schema.json`)));
      return `${begin}\n${fieldTable(schema, words)}\n\n${end}`;
    })
    .replace(messages, (_table, begin, area, end) => `${begin}\n${messageTable(area)}\n\n${end}`)
    .replace(findings, (_table, begin, area, end) => `${begin}\n${findingTable(area)}\n\n${end}`)
    .replace(contents, (_list, begin, end) => `${begin}\n${sectionLinks(text)}\n\n${end}`);
}

function sectionLinks(text) {
  return Array.from(text.matchAll(/^## (.+)$/gm), ([, heading]) => `- [${heading}](#${headingId(heading)})`).join('\n');
}

/** The id that GitHub and the page give to a heading. */
function headingId(heading) {
  return heading
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\s_-]/gu, '')
    .replaceAll(' ', '-');
}
