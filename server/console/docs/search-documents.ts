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
  const hasAll = ({ plainHeading, plainLines }: Section) =>
    words.every((word) => plainHeading.includes(word) || plainLines.some((line) => line.includes(word)));
  const hasAny = (text: string) => words.some((word) => text.includes(word));
  const found = documents.flatMap((document) =>
    sectionsOf(document)
      .filter(hasAll)
      .map((section) => ({ document, section, isInHeading: hasAny(section.plainHeading) })),
  );
  return found
    .sort((a, b) => Number(b.isInHeading) - Number(a.isInHeading))
    .slice(0, maxFound)
    .map(({ document: { name, lang, title }, section: { heading, id, lines, plainLines } }) => {
      const first = Math.max(plainLines.findIndex(hasAny), 0);
      return { name, lang, title, heading, id, line: readable(lines[first] ?? '') };
    });
}

interface Section {
  heading: string | undefined;
  id: string | undefined;
  /** The heading, or the title of the document, without capitals and accents. */
  plainHeading: string;
  lines: string[];
  /** The same lines without capitals and accents. */
  plainLines: string[];
}

/** The sections of the documents that were searched. */
const searched = new WeakMap<Document, readonly Section[]>();

function sectionsOf(document: Document): readonly Section[] {
  const sections = searched.get(document) ?? readSections(document);
  searched.set(document, sections);
  return sections;
}

/** A row of a table that has an id is a section too: /docs/messages has one for each message. */
const anchor = /<a id="([\w-]+)"><\/a>/;

function readSections({ text, title }: Document): Section[] {
  const idOf = createHeadingIds();
  const sections: Section[] = [];
  let current: Section | undefined;
  let inCode = false;
  for (const line of text.split('\n')) {
    if (line.startsWith('```')) inCode = !inCode;
    const heading = inCode ? undefined : /^#{1,4} (.+)$/.exec(line)?.[1]?.replace(/[`*]/g, '');
    if (heading !== undefined) {
      const id = idOf(heading);
      const own = current === undefined ? { heading: undefined, id: undefined } : { heading, id };
      current = { ...own, plainHeading: plain(own.heading ?? title), lines: [], plainLines: [] };
      sections.push(current);
    } else if (current !== undefined && /\S/.test(line) && !/^(?:```|<!--)/.test(line)) {
      const [, id] = anchor.exec(line) ?? [];
      const section = id === undefined ? current : { heading: current.heading, id, plainHeading: '', lines: [], plainLines: [] };
      section.lines.push(line);
      section.plainLines.push(plain(withoutEscapes(line.replace(anchor, ''))));
      if (section !== current) sections.push(section);
    }
  }
  return sections;
}

/** Without capitals and accents. */
function plain(text: string): string {
  return text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
}

/** A line without the marks of Markdown. */
function readable(line: string): FoundSection['line'] {
  const cells = line.startsWith('| ') ? line.replace(/^\| | \|$/g, '').replaceAll(' | ', ' · ') : line;
  const [start = '', ...linked] = cells.replace(anchor, '').slice(0, 300).split('](');
  const text = [start, ...linked.map((part) => part.slice(part.indexOf(')') + 1))].join('');
  return text.split('`').map((part, index) => ({
    text: (index % 2 === 1 ? part : withoutEscapes(part)).replace(/[*|[\]<>]/g, ' ').replace(/\s+/g, ' '),
    isCode: index % 2 === 1,
  }));
}

/** Characters that would be marks of Markdown have a backslash before them, as in `USED\_CODE`, or are written as `&lt;`. */
function withoutEscapes(line: string): string {
  return line.replace(/\\([_*|[\]<>])/g, '$1').replaceAll('&lt;', '<');
}
