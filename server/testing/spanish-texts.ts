import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { integrationMistakeTexts } from '../journal/integration-mistake-texts.js';
import { signatureMistakeTexts } from '../journal/signature-mistake-texts.js';
import { packageRoot } from '../package-root.js';
import { spanish } from '../texts/spanish/spanish.js';

/** A Spanish text for people, and its place for error messages. */
export interface SpanishText {
  place: string;
  text: string;
}

/** English words that Spanish sentences do not have. Parts of ids and keywords such as `$from` do not count. */
export const englishWords =
  /(?<![-_$\p{L}])(?:the|and|of|with|that|this|is|are|was|were|be|which|from|by|for|you|your|must|should|cannot|expected|missing|unknown|its|been|have|does|not|when|there|into)(?![-_\p{L}])/iu;

/** Every Spanish sentence that a page, an answer or the journal shows, and every Spanish document. */
export function allSpanishTexts(): SpanishText[] {
  return [
    ...textsIn('server/texts/spanish', spanish),
    ...textsIn(
      'findings',
      mapValues({ ...signatureMistakeTexts, ...integrationMistakeTexts }, ({ es }) => es),
    ),
    ...textsIn('views/locales/es.json', json('views/locales/es.json')),
    ...['fields.json', 'api.json', 'wallet-api.json'].flatMap((file) => textsIn(file, json(`docs/guides/es/${file}`))),
    ...fixtureFiles().flatMap((file) => spanishParts(file, json(file))),
    ...documentFiles().flatMap((file) => paragraphs(file)),
  ];
}

/** A text without what has no language: code, names of fields and codes, values, quotations and addresses. */
export function wordsOf(text: string): string {
  return text
    .replace(/npx billetera [a-z]+(?: [a-z]+)?|``.*?``|`[^`]*`|\{\w*\}|<[^>\s]*>|\]\([^)]*\)|https?:\S+|"[^"]*"/g, ' ')
    .replace(/(?<![\p{L}\d])[\w.$/-]*(?:[a-z][A-Z]|[_/$]|\w\.\w|--|[A-Z]{3})[\w.$/-]*/gu, ' ');
}

function fixtureFiles(): string[] {
  const profiles = readdirSync(join(packageRoot, 'fixtures', 'wallets')).map((file) => `fixtures/wallets/${file}`);
  return ['fixtures/users.json', ...profiles];
}

/** The Spanish documents. The fidelity document is left out: it is made of the catalogue and of titles in other languages. */
function documentFiles(): string[] {
  const markdown = (folder: string, ending: string) =>
    readdirSync(join(packageRoot, folder))
      .filter((file) => file.endsWith(ending) && file !== 'fidelity.es.md')
      .map((file) => `${folder}/${file}`);
  return [...markdown('docs/guides/es', '.md'), ...markdown('docs', '.es.md'), 'README.es.md'];
}

function paragraphs(file: string): SpanishText[] {
  const text = read(file).replace(/^```[\s\S]*?^```$|<!--.*?-->/gm, '');
  return text.split(/\n{2,}|\n(?=[-|#\d])/).map((paragraph) => ({ place: file, text: paragraph.replace(/\s+/g, ' ') }));
}

/** The values of the fields `es`, at any depth. */
function spanishParts(place: string, value: unknown): SpanishText[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, part]) =>
    key === 'es' ? textsIn(`${place} es`, part) : spanishParts(`${place} ${key}`, part),
  );
}

function textsIn(place: string, value: unknown): SpanishText[] {
  if (typeof value === 'string') return [{ place, text: value }];
  return Object.entries(value ?? {}).flatMap(([key, part]) => textsIn(`${place} ${key}`, part));
}

function mapValues<From, To>(record: Readonly<Record<string, From>>, change: (value: From) => To): Record<string, To> {
  return Object.fromEntries(Object.entries(record).map(([key, value]) => [key, change(value)]));
}

function json(path: string): unknown {
  return JSON.parse(read(path));
}

function read(path: string): string {
  return readFileSync(join(packageRoot, path), 'utf8');
}
