import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { packageRoot } from '../../package-root.js';
import { type Document, listDocuments } from './documents.js';

const summary = JSON.parse(readFileSync(join(packageRoot, 'package.json'), 'utf8')).description as string;
const skillFile = join(packageRoot, 'skills', 'billetera', 'SKILL.md');

/**
 * Writes llms.txt (https://llmstxt.org): what billetera is, and where its documents are.
 * @param addressOf the address of a document as Markdown
 */
export function llmsIndex(addressOf: (document: Document) => string): string {
  const links = documentsInEnglish().map((document) => `- [${document.title}](${addressOf(document)})`);
  return [`# billetera`, `> ${summary}.`, readSkill(), '## Documents', links.join('\n')].join('\n\n').concat('\n');
}

/** All documents in one text, for assistants that read everything at once. */
export function llmsFull(): string {
  return ['# billetera', `> ${summary}.`, readSkill(), ...documentsInEnglish().map(({ text }) => text.trim())]
    .join('\n\n')
    .concat('\n');
}

function documentsInEnglish(): readonly Document[] {
  return listDocuments('en');
}

/** The skill without its frontmatter and its heading. */
function readSkill(): string {
  const [, text = ''] = readFileSync(skillFile, 'utf8').split('\n# billetera\n');
  return text.trim();
}
