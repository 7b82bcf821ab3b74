import { depthOf } from '../schemas/depth.js';

/** Longer (in bytes) and deeper bodies are not rewritten: with indentation, a deeply nested body grows by the square of its length. */
const maxRewrittenLength = 16_384;
const maxRewrittenDepth = 32;

/** Bodies that may have been signed instead of the one that was sent, each with the difference in words. */
export function otherBodies(body: Buffer): [string, Buffer][] {
  const text = body.length > maxRewrittenLength ? '' : body.toString();
  const rewritten = depthOf(text) > maxRewrittenDepth ? [] : [...otherJson(text), ...otherEscapes(text)];
  const bytes: [string, Buffer][] = [
    ['a line feed at the end', Buffer.concat([body, Buffer.from('\n')])],
    ['no line feed at the end', Buffer.from(body.toString().trimEnd())],
    ['empty', Buffer.alloc(0)],
  ];
  return [...rewritten.map(([name, text]): [string, Buffer] => [name, Buffer.from(text)]), ...bytes];
}

/** Other ways to write the same JSON. Empty if the text is not JSON. */
function otherJson(text: string): [string, string][] {
  try {
    const parsed: unknown = JSON.parse(text);
    const compact = JSON.stringify(parsed);
    return [
      ['written compactly', compact],
      ['indented by two', JSON.stringify(parsed, null, 2)],
      ['indented by four', JSON.stringify(parsed, null, 4)],
      ['indented by a tab', JSON.stringify(parsed, null, '\t')],
      ['a space after commas and colons', spaced(parsed)],
      ['keys sorted', JSON.stringify(sorted(parsed))],
      ['slashes escaped', compact.replaceAll('/', '\\/')],
      ['with escapes for non-ASCII characters, and a space after commas and colons', asciiOnly(spaced(parsed))],
    ];
  } catch {
    return [];
  }
}

/** The same text, with other escapes in its strings or other line ends. */
function otherEscapes(text: string): [string, string][] {
  return [
    ['with escapes for non-ASCII characters', asciiOnly(text)],
    ['with escapes for <, > and &', text.replace(/[<>&]/g, escaped)],
    ['lines ended by CR LF', text.replace(/\r?\n/g, '\r\n')],
    ['lines ended by LF', text.replaceAll('\r\n', '\n')],
  ];
}

function asciiOnly(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: the whole ASCII range
  return text.replace(/[^\x00-\x7f]/g, escaped);
}

/** One UTF-16 unit as JSON escapes it. */
function escaped(unit: string): string {
  return `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`;
}

function spaced(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(spaced).join(', ')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  return `{${Object.entries(value)
    .map(([key, item]) => `${JSON.stringify(key)}: ${spaced(item)}`)
    .join(', ')}}`;
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
