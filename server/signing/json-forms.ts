/** A text with its difference to the sent one in words. */
export type NamedText = readonly [name: string, text: string];

interface Layout {
  name: string;
  colon: string;
  comma: string;
  /** Absent: everything is on one line. */
  indent?: string;
  newline?: string;
  /** Lists stay on one line, with a space inside the brackets. */
  inlineLists?: boolean;
}

const layouts: readonly Layout[] = [
  { name: 'written compactly', colon: ':', comma: ',' },
  { name: 'a space after commas and colons', colon: ': ', comma: ', ' },
  { name: 'a space after colons', colon: ': ', comma: ',' },
  ...[2, 4, 1, 3, 5, 6, 7, 8].map((width) => ({
    name: `indented by ${width}`,
    colon: ': ',
    comma: ',',
    indent: ' '.repeat(width),
  })),
  { name: 'indented by a tab', colon: ': ', comma: ',', indent: '\t' },
  { name: 'indented as Jackson does', colon: ' : ', comma: ',', indent: '  ', inlineLists: true },
  { name: 'indented by 2, with spaces around colons', colon: ' : ', comma: ',', indent: '  ' },
  { name: 'indented by 2, with CR LF', colon: ': ', comma: ',', indent: '  ', newline: '\r\n' },
  { name: 'indented by 4, with CR LF', colon: ': ', comma: ',', indent: '    ', newline: '\r\n' },
];

/** The escapes of common libraries. Each changes only characters that occur inside of strings. */
const escapes: readonly [name: string, apply: (text: string) => string][] = [
  ['slashes escaped', (text) => text.replaceAll('/', '\\/')],
  ['escapes for non-ASCII characters', asciiOnly],
  ['slashes and non-ASCII characters escaped', (text) => asciiOnly(text.replaceAll('/', '\\/'))],
  ['escapes for <, > and &', (text) => text.replace(/[<>&\u2028\u2029]/g, escaped)],
  ["escapes for <, >, &, = and '", (text) => text.replace(/[<>&='\u2028\u2029]/g, escaped)],
  ['escapes in capitals for non-ASCII characters', (text) => text.replace(nonAscii, escapedInCapitals)],
  [
    'escapes as .NET writes them',
    (text) =>
      text
        .replaceAll('\\"', '\\u0022')
        .replace(/[<>&'+`]/g, escapedInCapitals)
        .replace(nonAscii, escapedInCapitals),
  ],
];

/** The same JSON as other languages and libraries print it. Empty if the text is not JSON. */
export function* jsonForms(text: string): Generator<NamedText> {
  let sent: unknown;
  try {
    sent = JSON.parse(text);
  } catch {
    return;
  }
  for (const [change, value] of changedValues(sent)) {
    for (const layout of layouts) {
      const name = change === '' ? layout.name : `${change}, ${layout.name}`;
      yield* withEscapes(name, write(value, layout));
    }
  }
  yield ['as JavaScript turns an object into text', '[object Object]'];
  yield ['as a JSON string', JSON.stringify(text)];
  yield ['as Python prints a dict', pythonText(sent)];
  yield ['as Java prints a Map', javaText(sent)];
  if (typeof sent === 'object' && sent !== null && !Array.isArray(sent)) yield* queryStrings(sent as Record<string, unknown>);
}

/** The sent text itself, with other escapes, line ends or Unicode forms. */
export function* textForms(text: string): Generator<NamedText> {
  yield* withEscapes('', text);
  yield ['slashes not escaped', text.replaceAll('\\/', '/')];
  yield ['lines ended by CR LF', text.replace(/\r?\n/g, '\r\n')];
  yield ['lines ended by LF', text.replaceAll('\r\n', '\n')];
  yield ['in the Unicode form NFC', text.normalize('NFC')];
  yield ['in the Unicode form NFD', text.normalize('NFD')];
}

function* withEscapes(name: string, text: string): Generator<NamedText> {
  if (name !== '') yield [name, text];
  for (const [escapeName, apply] of escapes) {
    const changed = apply(text);
    if (changed !== text) yield [name === '' ? escapeName : `${name}, ${escapeName}`, changed];
  }
}

function* changedValues(sent: unknown): Generator<[string, unknown]> {
  yield ['', sent];
  const json = JSON.stringify(sent);
  const seen = new Set([json]);
  const dropped = withoutNulls(sent, (value) => value === null);
  const changes: [string, unknown][] = [
    ['keys sorted', sorted(sent)],
    ['without null fields', dropped],
    ['keys sorted, without null fields', sorted(dropped)],
    ['without empty fields', withoutNulls(sent, (value) => value === null || value === '')],
  ];
  for (const [name, value] of changes) {
    const changed = JSON.stringify(value);
    if (!seen.has(changed)) yield [name, value];
    seen.add(changed);
  }
}

function write(value: unknown, layout: Layout, depth = 0): string {
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
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
  if (typeof value !== 'object') return String(value);
  if (Array.isArray(value)) return `[${value.map(pythonText).join(', ')}]`;
  return `{${Object.entries(value)
    .map(([key, item]) => `${pythonText(key)}: ${pythonText(item)}`)
    .join(', ')}}`;
}

function javaText(value: unknown): string {
  if (typeof value !== 'object' || value === null) return String(value);
  if (Array.isArray(value)) return `[${value.map(javaText).join(', ')}]`;
  return `{${Object.entries(value)
    .map(([key, item]) => `${key}=${javaText(item)}`)
    .join(', ')}}`;
}

function* queryStrings(value: Record<string, unknown>): Generator<NamedText> {
  const pair = ([key, item]: [string, unknown]) => `${key}=${typeof item === 'object' ? JSON.stringify(item) : item}`;
  yield ['as a query string', Object.entries(value).map(pair).join('&')];
  yield [
    'as a query string with sorted names',
    Object.entries(sorted(value) as object)
      .map(pair)
      .join('&'),
  ];
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, item]) => [key, sorted(item)]),
  );
}

function withoutNulls(value: unknown, isDropped: (value: unknown) => boolean): unknown {
  if (Array.isArray(value)) return value.map((item) => withoutNulls(item, isDropped));
  if (typeof value !== 'object' || value === null) return value;
  const fields = Object.entries(value).filter(([, item]) => !isDropped(item));
  return Object.fromEntries(fields.map(([key, item]) => [key, withoutNulls(item, isDropped)]));
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: the whole ASCII range
const nonAscii = /[^\x00-\x7f]/g;

function asciiOnly(text: string): string {
  return text.replace(nonAscii, escaped);
}

/** One UTF-16 unit as JSON escapes it. */
function escaped(unit: string): string {
  return `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`;
}

function escapedInCapitals(unit: string): string {
  return `\\u${unit.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}`;
}
