import { TextDecoder } from 'node:util';

/** Bytes with the charset that they are in. */
export type NamedBytes = readonly [charset: string, bytes: Buffer];

/** The charsets with one or two bytes per character that merchants' systems use, by their WHATWG labels. */
const legacyCharsets = [
  ['Windows-1252', 'windows-1252'],
  ['GBK', 'gbk'],
  ['Big5', 'big5'],
  ['Shift_JIS', 'shift_jis'],
  ['EUC-KR', 'euc-kr'],
] as const;

/** A text in charsets other than UTF-8. Empty if the text is ASCII, because then most charsets give the same bytes. */
export function* inOtherCharsets(text: string): Generator<NamedBytes> {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: the whole ASCII range
  if (/^[\x00-\x7f]*$/.test(text)) return;
  yield ['ISO-8859-1', singleBytes(text, 0xff)];
  yield ['US-ASCII', singleBytes(text, 0x7f)];
  for (const [name, label] of legacyCharsets) {
    const table = tableOf(label);
    if (table !== undefined) yield [name, encodeWith(table, text)];
  }
}

/** Bytes that are UTF-8 again after they were read in another charset. */
export function* misread(bytes: Buffer): Generator<NamedBytes> {
  if (bytes.every((byte) => byte < 0x80)) return;
  yield ['ISO-8859-1', Buffer.from(bytes.toString('latin1'))];
  for (const [name, label] of legacyCharsets) {
    const text = decoderOf(label)?.decode(bytes);
    if (text !== undefined) yield [name, Buffer.from(text)];
  }
}

/** A text in UTF-16, with and without a byte-order mark. */
export function* inUtf16(text: string): Generator<NamedBytes> {
  const little = Buffer.from(text, 'utf16le');
  const big = Buffer.from(little).swap16();
  yield ['UTF-16LE', little];
  yield ['UTF-16BE', big];
  yield ['UTF-16 with a byte-order mark', Buffer.concat([Buffer.from([0xfe, 0xff]), big])];
  yield ['UTF-16LE with a byte-order mark', Buffer.concat([Buffer.from([0xff, 0xfe]), little])];
}

/** Characters over the limit become question marks, as in Java. */
function singleBytes(text: string, limit: number): Buffer {
  return Buffer.from(
    Array.from(text, (character) => ((character.codePointAt(0) ?? 0) <= limit ? character : '?')).join(''),
    'latin1',
  );
}

function encodeWith(table: ReadonlyMap<string, number>, text: string): Buffer {
  const bytes: number[] = [];
  for (const character of text) {
    const code = character <= '\x7f' ? character.charCodeAt(0) : (table.get(character) ?? 0x3f);
    if (code > 0xff) bytes.push(code >> 8);
    bytes.push(code & 0xff);
  }
  return Buffer.from(bytes);
}

const tables = new Map<string, ReadonlyMap<string, number> | undefined>();

/** Character → its one or two bytes. Node decodes these charsets and does not encode them, so the table comes from its decoder. */
function tableOf(label: string): ReadonlyMap<string, number> | undefined {
  if (!tables.has(label)) tables.set(label, makeTable(label));
  return tables.get(label);
}

function makeTable(label: string): ReadonlyMap<string, number> | undefined {
  const decoder = decoderOf(label);
  if (decoder === undefined) return undefined;
  const table = new Map<string, number>();
  const add = (decoded: string, code: number) => {
    const isOne = decoded.length === 1 || (decoded.length === 2 && (decoded.codePointAt(0) ?? 0) > 0xffff);
    if (isOne && decoded !== '\ufffd' && decoded > '\x7f' && !table.has(decoded)) table.set(decoded, code);
  };
  for (let lead = 0x80; lead <= 0xff; lead++) {
    // Line feeds separate the sequences: no charset here has one inside of a sequence.
    const sequences = Buffer.alloc(0xc0 * 3, '\n');
    for (let trail = 0x40; trail <= 0xff; trail++) sequences.set([lead, trail], (trail - 0x40) * 3);
    const decoded = decoder.decode(Buffer.concat([Buffer.from([lead, 0x0a]), sequences])).split('\n');
    for (const [index, characters] of decoded.entries()) add(characters, index === 0 ? lead : (lead << 8) | (0x3f + index));
  }
  return table;
}

/** Returns undefined if this Node was built without the charset. */
function decoderOf(label: string): TextDecoder | undefined {
  try {
    return new TextDecoder(label);
  } catch {
    return undefined;
  }
}
