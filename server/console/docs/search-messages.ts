import { cellsOf, plain, readable, type Section, type ShownPart, sectionsOf } from './document-sections.js';
import type { Document } from './documents.js';

/** A message of the emulator in a table of a document, with its cause and its cure. */
export interface Message {
  name: string;
  lang: string;
  title: string;
  heading: string | undefined;
  /** The id of its row. */
  id: string;
  message: ShownPart[];
  cause: ShownPart[];
  cure: ShownPart[];
}

/** The maximum number of messages that a search finds: a pasted text can have several in one. */
const maxFound = 5;
/** The words of a pasted text that are compared. A log can be long. */
const maxWords = 300;
/** This share of a message must be in the pasted text, or of the text in the message, by the weights of the words. */
const enough = 0.75;
/** A piece of a message, word for word, is found if it has this share of the pasted text. The rest can be values. */
const enoughOfPiece = 0.5;
/** A piece has at least so many words: fewer are in too many texts. */
const minPiece = 3;
/** A message has at least this share of the weight of the best one. */
const smallest = 0.25;

/** Finds messages in a text that somebody copied from a log, an answer or a page. @param lang of the messages that it returns */
export type MessageSearch = (pasted: string, lang: string) => Message[];

/**
 * Prepares the search for messages. Where a table has …, the text has a value; other text can stand around a message, and its start or
 * its end can be missing. The text can be in any of the languages: answers and logs are in English, and the reader may not be.
 *
 * @param documentsOf the documents in each language
 */
export function createMessageSearch(documentsOf: Readonly<Record<string, readonly Document[]>>): MessageSearch {
  const byLanguage = Object.entries(documentsOf).map(([lang, documents]) => [lang, messagesOf(documents)] as const);
  const messages = new Map(byLanguage);
  const rows = byLanguage.flatMap(([, inLanguage]) =>
    [...inLanguage].flatMap(([key, { message }]) => wordings(message).map((words) => ({ key, words }))),
  );
  const weightOf = weights(rows.map(({ words }) => words));
  const total = (words: readonly string[]) => words.reduce((sum, word) => sum + weightOf(word), 0);
  const weighted = rows.map((row) => ({ ...row, weight: total(row.words) }));

  return (pasted, lang) => {
    const sought = wordsOf(pasted).slice(0, maxWords);
    // A few words are a question, not a message.
    const soughtWeight = sought.length > 3 ? total(sought) : Number.POSITIVE_INFINITY;
    const neededPiece = enoughOfPiece * soughtWeight;
    const all = new Set(sought);
    const matches = weighted.flatMap(({ key, words, weight }) => {
      const needed = enough * Math.min(weight, soughtWeight);
      const shared = total(words.filter((word) => all.has(word)));
      if (weight === 0 || shared < Math.min(needed, neededPiece)) return [];
      const common = commonWeight(words, sought, weightOf);
      if (common >= needed) return [{ key, common, weight }];
      const piece = pieceWeight(words, sought, weightOf);
      return piece >= neededPiece ? [{ key, common: piece, weight }] : [];
    });
    matches.sort((a, b) => b.common - a.common || a.weight - b.weight);
    const best = matches.filter(({ common }) => common >= smallest * (matches[0]?.common ?? 0));
    const keys = [...new Set(best.map(({ key }) => key))].slice(0, maxFound);
    return keys.flatMap((key) => messages.get(lang)?.get(key) ?? []);
  };
}

/** The messages of documents, by document and id. */
function messagesOf(documents: readonly Document[]): Map<string, Message> {
  const found = documents.flatMap((document) =>
    sectionsOf(document).flatMap((section) => (section.isRow ? messageOf(document, section) : [])),
  );
  return new Map(found.map((message) => [`${message.name}#${message.id}`, message]));
}

function messageOf({ name, lang, title }: Document, { heading, id = '', lines }: Section): Message {
  const [message = [], cause = [], cure = []] = lines.flatMap(cellsOf).map(readable);
  return { name, lang, title, heading, id, message, cause, cure };
}

/**
 * The words of a message. The title of a finding has its code after it, which does not count. A row with code alone has one message in
 * each piece of code: several libraries have words of their own for one error.
 */
function wordings(parts: readonly ShownPart[]): string[][] {
  const words = wordsOf(parts.flatMap(({ isCode, text }) => (isCode ? [] : text)).join(' '));
  return words.length > 0 ? [words] : parts.flatMap(({ isCode, text }) => (isCode ? [wordsOf(text)] : []));
}

/** Words without what is mostly a value: numbers, times and codes that begin with a digit. */
function wordsOf(text: string): string[] {
  return plain(text)
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => /^\p{L}/u.test(word));
}

/** The weight of a word: a rare one weighs more than one that many messages have. */
function weights(texts: readonly (readonly string[])[]): (word: string) => number {
  const counts = new Map<string, number>();
  for (const words of texts) for (const word of new Set(words)) counts.set(word, (counts.get(word) ?? 0) + 1);
  return (word) => Math.log(1 + texts.length / (counts.get(word) ?? 1));
}

/** The weight of the words that two texts have in the same order, with other words between them: a longest common subsequence. */
function commonWeight(message: readonly string[], sought: readonly string[], weightOf: (word: string) => number): number {
  // The best weight up to each word of the sought text.
  let best = new Array<number>(sought.length + 1).fill(0);
  for (const word of message) {
    const weight = weightOf(word);
    const next = [0];
    for (const [index, other] of sought.entries())
      next.push(word === other ? (best[index] ?? 0) + weight : Math.max(best[index + 1] ?? 0, next[index] ?? 0));
    best = next;
  }
  return best.at(-1) ?? 0;
}

/** The weight of the longest piece that two texts have word for word, without other words between. */
function pieceWeight(message: readonly string[], sought: readonly string[], weightOf: (word: string) => number): number {
  let longest = 0;
  // The length and the weight of the piece that ends at each word of the sought text.
  let pieces: { length: number; weight: number }[] = [];
  for (const word of message) {
    const before = pieces;
    pieces = sought.map((other, index) => {
      if (word !== other) return { length: 0, weight: 0 };
      const { length, weight } = before[index - 1] ?? { length: 0, weight: 0 };
      return { length: length + 1, weight: weight + weightOf(word) };
    });
    for (const { length, weight } of pieces) if (length >= minPiece) longest = Math.max(longest, weight);
  }
  return longest;
}
