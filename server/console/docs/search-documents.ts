import { cellsOf, plain, readable, type Section, type ShownPart, sectionsOf } from './document-sections.js';
import type { Document } from './documents.js';

/** A part of a document that has all words of a search. */
export interface FoundSection {
  name: string;
  lang: string;
  title: string;
  /** The heading of the part, if it is not the document's own. */
  heading: string | undefined;
  /** The id of that heading, or of the row of a table. */
  id: string | undefined;
  /** The first line that has all the words, else one of them: text and code. */
  line: ShownPart[];
}

/** The maximum number of parts that a search finds. */
const maxFound = 40;
/** The maximum number of characters of a line that a search shows. */
const maxLine = 300;

/**
 * Finds the parts of documents that have all words of a text, those with most of the words in their heading first. Accents and
 * capitals do not matter.
 */
export function searchDocuments(documents: readonly Document[], query: string): FoundSection[] {
  const words = plain(query).split(/\s+/).filter(Boolean);
  if (words.length === 0) return [];
  const hasAll = ({ plainHeading, plainLines }: Section) =>
    words.every((word) => plainHeading.includes(word) || plainLines.some((line) => line.includes(word)));
  const hasAny = (text: string) => words.some((word) => text.includes(word));
  const isWhole = (line: string) => words.every((word) => line.includes(word));
  const found = documents.flatMap((document) =>
    sectionsOf(document)
      .filter(hasAll)
      .map((section) => ({ document, section, inHeading: words.filter((word) => section.plainHeading.includes(word)).length })),
  );
  return found
    .sort((a, b) => b.inHeading - a.inHeading)
    .slice(0, maxFound)
    .map(({ document: { name, lang, title }, section: { heading, id, lines, plainLines } }) => {
      const [index = 0] = [plainLines.findIndex(isWhole), plainLines.findIndex(hasAny)].filter((found) => found !== -1);
      return { name, lang, title, heading, id, line: shown(lines[index] ?? '') };
    });
}

function shown(line: string): ShownPart[] {
  const text = line.startsWith('| ') ? cellsOf(line).join(' · ') : line;
  return readable(text.length > maxLine ? `${text.slice(0, text.lastIndexOf(' ', maxLine))} …` : text);
}
