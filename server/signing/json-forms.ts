import { type Text, text } from '../texts/text.js';
import { inOtherOrders } from './key-orders.js';
import { NumberText, parseNumbersAsText } from './number-text.js';

/** A text with its difference to the sent one in words. */
export type NamedText = readonly [name: Text, text: string];

interface Layout {
  name: Text;
  colon: string;
  comma: string;
  /** Absent: everything is on one line. */
  indent?: string;
  newline?: string;
  /** Lists stay on one line, with a space inside the brackets. */
  inlineLists?: boolean;
}

const compact: Layout = { name: text('form-compact'), colon: ':', comma: ',' };
const layouts: readonly Layout[] = [
  compact,
  { name: text('form-spaces'), colon: ': ', comma: ', ' },
  { name: text('form-space-after-colons'), colon: ': ', comma: ',' },
  ...[2, 4, 1, 3, 5, 6, 7, 8].map(indented),
  { name: text('form-tabs'), colon: ': ', comma: ',', indent: '\t' },
  { name: text('form-jackson'), colon: ' : ', comma: ',', indent: '  ', inlineLists: true },
  { name: text('form-spaced-colons'), colon: ' : ', comma: ',', indent: '  ' },
  { name: text('form-indented-cr-lf', { width: 2 }), colon: ': ', comma: ',', indent: '  ', newline: '\r\n' },
  { name: text('form-indented-cr-lf', { width: 4 }), colon: ': ', comma: ',', indent: '    ', newline: '\r\n' },
];

/** Python writes line feeds alone for an indentation of 0. */
const rareIndentations = [0, 9, 10, 11, 12, 13, 14, 15, 16].map(indented);
const onOneLine = layouts.slice(0, 2);

function indented(width: number): Layout {
  return { name: text('form-indented', { width }), colon: ': ', comma: ',', indent: ' '.repeat(width) };
}

/** The escapes of common libraries. Each changes only characters that occur inside of strings. */
const escapes: readonly [name: Text, apply: (json: string) => string][] = [
  [text('form-slashes'), (json) => json.replaceAll('/', '\\/')],
  [text('form-ascii'), asciiOnly],
  [text('form-slashes-ascii'), (json) => asciiOnly(json.replaceAll('/', '\\/'))],
  [text('form-html'), (json) => json.replace(/[<>&\u2028\u2029]/g, escaped)],
  [text('form-html-quotes'), (json) => json.replace(/[<>&='\u2028\u2029]/g, escaped)],
  [text('form-ascii-capitals'), (json) => json.replace(nonAscii, escapedInCapitals)],
  [
    text('form-dotnet'),
    (json) =>
      json
        .replaceAll('\\"', '\\u0022')
        .replace(/[<>&'+`]/g, escapedInCapitals)
        .replace(nonAscii, escapedInCapitals),
  ],
];

/** The same JSON as other languages and libraries print it. Empty if the text is not JSON. */
export function* jsonForms(body: string): Generator<NamedText> {
  const sent = readings(body);
  if (sent.length === 0) return;
  for (const value of sent) yield* formsOf(value);
  yield [text('form-object'), '[object Object]'];
  yield [text('form-string'), JSON.stringify(body)];
}

function* formsOf(sent: unknown): Generator<NamedText> {
  for (const [change, value] of changedValues(sent)) {
    for (const layout of layouts) {
      const name = change === undefined ? layout.name : text('forms-both', { first: change, second: layout.name });
      yield* withEscapes(name, write(value, layout));
    }
  }
  yield [text('form-python'), pythonText(sent)];
  yield [text('form-java'), javaText(sent)];
  if (isRecord(sent)) yield* queryStrings(sent);
}

/** The same JSON as few programs print it. Other mistakes are not combined with these forms, because they are many. */
export function* rareJsonForms(body: string): Generator<NamedText> {
  for (const sent of readings(body)) {
    for (const layout of rareIndentations) yield* withEscapes(layout.name, write(sent, layout));
    if (!isRecord(sent)) continue;
    for (const value of inOtherOrders(sent)) {
      for (const layout of onOneLine) yield [text('form-reordered'), write(value, layout)];
    }
  }
}

/** The value of a JSON text: with its numbers as JavaScript prints them, and as they are written. None if the text is not JSON. */
function readings(json: string): unknown[] {
  try {
    const value: unknown = JSON.parse(json);
    const asWritten = parseNumbersAsText(json);
    return asWritten === undefined ? [value] : [asWritten, value];
  } catch {
    return [];
  }
}

/** Returns true for an object or a list, and false for a number that is kept as it is written. */
function isContainer(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !(value instanceof NumberText);
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return isContainer(value) && !Array.isArray(value);
}

/** The sent text itself, with other escapes, line ends or Unicode forms. */
export function* textForms(sent: string): Generator<NamedText> {
  yield* withEscapes(undefined, sent);
  yield [text('form-plain-slashes'), sent.replaceAll('\\/', '/')];
  yield [text('form-cr-lf'), sent.replace(/\r?\n/g, '\r\n')];
  yield [text('form-lf'), sent.replaceAll('\r\n', '\n')];
  yield [text('form-nfc'), sent.normalize('NFC')];
  yield [text('form-nfd'), sent.normalize('NFD')];
}

function* withEscapes(name: Text | undefined, json: string): Generator<NamedText> {
  if (name !== undefined) yield [name, json];
  for (const [escapeName, apply] of escapes) {
    const changed = apply(json);
    if (changed !== json)
      yield [name === undefined ? escapeName : text('forms-both', { first: name, second: escapeName }), changed];
  }
}

function* changedValues(sent: unknown): Generator<[Text | undefined, unknown]> {
  yield [undefined, sent];
  const json = JSON.stringify(sent);
  const seen = new Set([json]);
  const dropped = withoutNulls(sent, (value) => value === null);
  const changes: [Text, unknown][] = [
    [text('form-sorted'), sorted(sent)],
    [text('form-without-nulls'), dropped],
    [text('form-sorted-without-nulls'), sorted(dropped)],
    [text('form-without-empty'), withoutNulls(sent, (value) => value === null || value === '')],
  ];
  for (const [name, value] of changes) {
    const changed = JSON.stringify(value);
    if (!seen.has(changed)) yield [name, value];
    seen.add(changed);
  }
}

function write(value: unknown, layout: Layout, depth = 0): string {
  if (!isContainer(value)) return value instanceof NumberText ? String(value) : JSON.stringify(value);
  const { colon, comma, indent, newline = '\n', inlineLists = false } = layout;
  const inner = indent === undefined ? '' : newline + indent.repeat(depth + 1);
  const outer = indent === undefined ? '' : newline + indent.repeat(depth);
  if (Array.isArray(value)) {
    if (inlineLists) return value.length === 0 ? '[ ]' : `[ ${value.map((item) => write(item, layout, depth)).join(', ')} ]`;
    const items = value.map((item) => write(item, layout, depth + 1));
    return items.length === 0 ? '[]' : `[${inner}${items.join(comma + inner)}${outer}]`;
  }
  const fields = Object.entries(value).map(([key, item]) => JSON.stringify(key) + colon + write(item, layout, depth + 1));
  if (fields.length === 0) return inlineLists ? '{ }' : '{}';
  return `{${inner}${fields.join(comma + inner)}${outer}}`;
}

function pythonText(value: unknown): string {
  if (value === null) return 'None';
  if (typeof value === 'boolean') return value ? 'True' : 'False';
  if (typeof value === 'string') return value.includes("'") ? JSON.stringify(value) : `'${value}'`;
  if (!isContainer(value)) return String(value);
  if (Array.isArray(value)) return `[${value.map(pythonText).join(', ')}]`;
  return `{${Object.entries(value)
    .map(([key, item]) => `${pythonText(key)}: ${pythonText(item)}`)
    .join(', ')}}`;
}

function javaText(value: unknown): string {
  if (!isContainer(value)) return String(value);
  if (Array.isArray(value)) return `[${value.map(javaText).join(', ')}]`;
  return `{${Object.entries(value)
    .map(([key, item]) => `${key}=${javaText(item)}`)
    .join(', ')}}`;
}

function* queryStrings(value: Record<string, unknown>): Generator<NamedText> {
  const pair = ([key, item]: [string, unknown]) => `${key}=${isContainer(item) ? write(item, compact) : item}`;
  yield [text('form-query'), Object.entries(value).map(pair).join('&')];
  yield [
    text('form-query-sorted'),
    Object.entries(sorted(value) as object)
      .map(pair)
      .join('&'),
  ];
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (!isContainer(value)) return value;
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, item]) => [key, sorted(item)]),
  );
}

function withoutNulls(value: unknown, isDropped: (value: unknown) => boolean): unknown {
  if (Array.isArray(value)) return value.map((item) => withoutNulls(item, isDropped));
  if (!isContainer(value)) return value;
  const fields = Object.entries(value).filter(([, item]) => !isDropped(item));
  return Object.fromEntries(fields.map(([key, item]) => [key, withoutNulls(item, isDropped)]));
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: the whole ASCII range
const nonAscii = /[^\x00-\x7f]/g;

function asciiOnly(json: string): string {
  return json.replace(nonAscii, escaped);
}

/** One UTF-16 unit as JSON escapes it. */
function escaped(unit: string): string {
  return `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`;
}

function escapedInCapitals(unit: string): string {
  return `\\u${unit.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}`;
}
