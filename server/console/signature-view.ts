import type { SignatureMistakeCode } from '../engine/finding-codes.js';
import { catalogue, phrase } from '../pages/catalogues.js';
import { text } from '../texts/text.js';
import { inLanguage } from '../texts/write-text.js';

/** The contents that a signature is about: the one to sign, and the one that was signed. */
export interface ComparedContents {
  contentToSign?: string | undefined;
  signedContent?: string | undefined;
  /** A byte's index. */
  firstDifference?: number | undefined;
  ruledOut?: readonly { code: SignatureMistakeCode; tried: number }[] | undefined;
}

/** A piece of a content: text as it is, or a character that is not seen otherwise. */
export interface ContentPiece {
  text: string;
  /** The character's name. Absent for text as it is. */
  name?: string;
  /** The first character that differs. */
  differs?: true;
}

/** Characters shown at most before and after the first difference. */
const shownAround = 1500;

/** Signs for characters that are not seen, each with the key of its name. A line feed also ends the line. */
const invisible: Readonly<Record<string, { text: string; key: string }>> = {
  ' ': { text: '·', key: 'space' },
  '\n': { text: '↵\n', key: 'lineFeed' },
  '\r': { text: '←', key: 'carriageReturn' },
  '\t': { text: '⇥', key: 'tab' },
  '\u0000': { text: 'NUL', key: 'null' },
  '\u00a0': { text: 'NBSP', key: 'noBreakSpace' },
  '\ufeff': { text: 'BOM', key: 'byteOrderMark' },
  '\u200b': { text: 'ZWSP', key: 'zeroWidthSpace' },
  '\ufffd': { text: '�', key: 'notUtf8' },
};
const visibleRun = new RegExp(`[^${Object.keys(invisible).join('')}]+|[\\s\\S]`, 'gu');

/** The comparison for a page; undefined if there is nothing to compare. */
export function signatureView({ contentToSign, signedContent, firstDifference, ruledOut = [] }: ComparedContents, lang: string) {
  if (contentToSign === undefined) return undefined;
  const index = signedContent === undefined ? undefined : differenceOf(contentToSign, signedContent);
  return {
    expected: piecesOf(contentToSign, index, lang),
    ...(signedContent !== undefined && { signed: piecesOf(signedContent, index, lang) }),
    ...(firstDifference !== undefined && { position: firstDifference + 1, hidden: index === undefined }),
    ruledOut: ruledOut.map(({ code, tried }) => ({ sentence: inLanguage(text(`ruled-out-${code}`), lang), tried })),
  };
}

/** The index of the first character that differs. */
function differenceOf(one: string, other: string): number | undefined {
  if (one === other) return undefined;
  const end = Math.min(one.length, other.length);
  let index = 0;
  while (index < end && one[index] === other[index]) index++;
  return index;
}

/** Cuts a content to what is near the difference, and splits it where a character needs a sign. */
function piecesOf(content: string, index: number | undefined, lang: string): ContentPiece[] {
  const from = Math.max(0, (index ?? 0) - shownAround);
  const to = (index ?? 0) + shownAround;
  const before = split(content.slice(from, index ?? to), lang);
  const beginning = from > 0 ? [{ text: '…' }, ...before] : before;
  const end = content.length > to ? [{ text: '…' }] : [];
  if (index === undefined) return [...beginning, ...end];
  const character = String.fromCodePoint(...[content.codePointAt(index)].filter((code) => code !== undefined));
  const marked = markedPiece(character, lang);
  // The mark ends with its line.
  const lineEnd = marked.text.endsWith('\n') ? [{ text: '\n' }] : [];
  const rest = split(content.slice(index + character.length, to), lang);
  return [...beginning, { ...marked, text: marked.text.replace(/\n$/, '') }, ...lineEnd, ...rest, ...end];
}

/** The first character that differs. If one content ends earlier, its end has a sign too. */
function markedPiece(character: string, lang: string): ContentPiece {
  if (character === '') return { text: '■', name: nameOf('end', lang), differs: true };
  return { ...pieceOf(character, lang), differs: true };
}

function split(content: string, lang: string): ContentPiece[] {
  return Array.from(content.matchAll(visibleRun), ([run]) => pieceOf(run, lang));
}

function pieceOf(run: string, lang: string): ContentPiece {
  const sign = invisible[run];
  return sign ? { text: sign.text, name: nameOf(sign.key, lang) } : { text: run };
}

function nameOf(key: string, lang: string): string {
  return phrase(catalogue(lang), `signature.characters.${key}`) ?? key;
}
