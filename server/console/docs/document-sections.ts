import type { Document } from './documents.js';
import { createHeadingIds } from './heading-id.js';

/**
 * A heading of a document, and the lines below it. The first section has no heading of its own: it is that of the document. A row of a
 * table that has an id is a section too: /docs/messages has one for each message.
 */
export interface Section {
  heading: string | undefined;
  id: string | undefined;
  isRow: boolean;
  /** The heading, or the title of the document, without capitals and accents. A row has none. */
  plainHeading: string;
  /** A paragraph, an item of a list, a row of a table and a line of code are one line each. */
  lines: string[];
  /** The same lines without capitals and accents. */
  plainLines: string[];
}

/** The id of a row of a table stands at its start. */
const rowStart = /^\| <a id="([\w-]{1,100})"><\/a>/;

/** The sections of the documents that were searched. */
const searched = new WeakMap<Document, readonly Section[]>();

/** The sections of a document, without empty lines and comments. */
export function sectionsOf(document: Document): readonly Section[] {
  const sections = searched.get(document) ?? readSections(document);
  searched.set(document, sections);
  return sections;
}

function readSections({ text, title }: Document): Section[] {
  const idOf = createHeadingIds();
  const sections: Section[] = [];
  let current: Section | undefined;
  let inCode = false;
  let before = '';
  for (const line of text.split('\n')) {
    if (line.startsWith('```')) inCode = !inCode;
    const heading = inCode ? undefined : /^#{1,4} (.+)$/.exec(line)?.[1]?.replace(/[`*]/g, '');
    if (heading !== undefined) {
      const id = idOf(heading);
      const own = current === undefined ? { heading: undefined, id: undefined } : { heading, id };
      current = { ...own, isRow: false, plainHeading: plain(own.heading ?? title), lines: [], plainLines: [] };
      sections.push(current);
    } else if (current !== undefined && /\S/.test(line) && !/^(?:```|<!--)/.test(line)) {
      const [, id] = rowStart.exec(line) ?? [];
      if (!inCode && isParagraph(before) && isParagraph(line) && !itemMark.test(line)) extendLine(current, line);
      else if (id === undefined) addLine(current, inCode ? line : line.replace(itemMark, ''));
      else {
        const row = { heading: current.heading, id, isRow: true, plainHeading: '', lines: [], plainLines: [] };
        addLine(row, line.replace(rowStart, '| '));
        sections.push(row);
      }
    }
    before = line;
  }
  return sections;
}

const itemMark = /^\s*(?:[-*]|\d{1,3}\.) /;

/** Returns true for a line of running text or of a list, which may go on in the next line. */
function isParagraph(line: string): boolean {
  return /\S/.test(line) && !/^(?:#|\||```|<!--)/.test(line);
}

function addLine(section: Section, line: string): void {
  section.lines.push(line);
  section.plainLines.push(plain(withoutEscapes(line)));
}

/** Adds the next line of a paragraph to its first. */
function extendLine(section: Section, line: string): void {
  addLine(section, `${section.lines.pop()} ${line.trim()}`);
  section.plainLines.splice(-2, 1);
}

/** The cells of a row of a table. */
export function cellsOf(line: string): string[] {
  return line
    .replace(/^\||\|$/g, '')
    .split(/(?<!\\)\|/)
    .map((cell) => cell.trim());
}

/** Without capitals and accents. */
export function plain(text: string): string {
  return text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
}

/** A part of a line, as a page shows it. */
export interface ShownPart {
  text: string;
  isCode: boolean;
}

/** A line without the marks of Markdown. */
export function readable(line: string): ShownPart[] {
  const [start = '', ...linked] = line.split('](');
  const text = [start, ...linked.map((part) => part.slice(part.indexOf(')') + 1))].join('');
  return text.split('`').map((part, index) => ({ text: index % 2 === 1 ? part : withoutMarks(part), isCode: index % 2 === 1 }));
}

function withoutMarks(text: string): string {
  return withoutEscapes(text.replace(/(?<!\\)\*/g, '').replace(/(?<!\\)[|[\]<>]/g, ' ')).replace(/\s+/g, ' ');
}

/** Characters that would be marks of Markdown have a backslash before them, as in `USED\_CODE`, or are written as `&lt;`. */
function withoutEscapes(text: string): string {
  return text
    .replace(/\\([\\_*|[\]<>])/g, '$1')
    .replaceAll('&lt;', '<')
    .replaceAll('&amp;', '&');
}
