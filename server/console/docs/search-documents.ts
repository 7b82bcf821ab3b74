import type { Document } from './documents.js';
import { createHeadingIds } from './heading-id.js';

/** A part of a document that has all words of a search. */
export interface FoundSection {
  name: string;
  lang: string;
  title: string;
  /** The heading of the part, if it is not the document's own. */
  heading: string | undefined;
  /** The id of that heading. */
  id: string | undefined;
  /** The first line that has one of the words: text and code. */
  line: { text: string; isCode: boolean }[];
}

/** The maximum number of parts that a search finds. */
const maxFound = 40;

/** Finds the parts of documents that have all words of a text, headings first. Accents and capitals do not matter. */
export function searchDocuments(documents: readonly Document[], query: string): FoundSection[] {
  const words = plain(query).split(/\s+/).filter(Boolean);
  if (words.length === 0) return [];
  const found = documents.flatMap((document) =>
    sectionsOf(document)
      .filter(({ heading = document.title, lines }) =>
        words.every((word) => plain([heading, ...lines].join('\n')).includes(word)),
      )
      .map(({ heading, id, lines }) => ({
        ...{ name: document.name, lang: document.lang, title: document.title, heading, id },
        line: readable(lines.find((line) => words.some((word) => plain(line).includes(word))) ?? lines[0] ?? ''),
        inHeading: words.some((word) => plain(heading ?? document.title).includes(word)),
      })),
  );
  return found
    .sort((a, b) => Number(b.inHeading) - Number(a.inHeading))
    .slice(0, maxFound)
    .map(({ inHeading: _, ...section }) => section);
}

interface Section {
  heading: string | undefined;
  id: string | undefined;
  lines: string[];
}

function sectionsOf({ text }: Document): Section[] {
  const idOf = createHeadingIds();
  const sections: Section[] = [];
  let inCode = false;
  for (const line of text.split('\n')) {
    if (line.startsWith('```')) inCode = !inCode;
    const heading = inCode ? undefined : /^#{1,4} (.+)$/.exec(line)?.[1]?.replace(/[`*]/g, '');
    if (heading === undefined) {
      if (/\S/.test(line) && !/^(?:```|<!--)/.test(line)) sections.at(-1)?.lines.push(line);
      continue;
    }
    const id = idOf(heading);
    sections.push(sections.length === 0 ? { heading: undefined, id: undefined, lines: [] } : { heading, id, lines: [] });
  }
  return sections;
}

/** Without capitals and accents. */
function plain(text: string): string {
  return text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
}

/** A line without the marks of Markdown. */
function readable(line: string): FoundSection['line'] {
  const [start = '', ...linked] = line.slice(0, 300).split('](');
  const text = [start, ...linked.map((part) => part.slice(part.indexOf(')') + 1))].join('');
  return text.split('`').map((part, index) => ({
    text: part.replace(/[*|[\]<>]/g, ' ').replace(/\s+/g, ' '),
    isCode: index % 2 === 1,
  }));
}
