import { depthOf } from '../schemas/depth.js';

/** Longer and deeper bodies are not written again: indented, a deeply nested one grows by the square of its length. */
const longestRewritten = 16_384;
const deepestRewritten = 32;

/** Other bodies that may have been signed in place of the one that came, and what is other about them. */
export function otherBodies(body: Buffer): [string, Buffer][] {
  const text = body.length > longestRewritten ? '' : body.toString();
  const rewritten = depthOf(text) > deepestRewritten ? [] : [...otherJson(text), ...otherEscapes(text)];
  const bytes: [string, Buffer][] = [
    ['a line feed at its end', Buffer.concat([body, Buffer.from('\n')])],
    ['no line feed at its end', Buffer.from(body.toString().trimEnd())],
    ['empty', Buffer.alloc(0)],
  ];
  return [...rewritten.map(([name, text]): [string, Buffer] => [name, Buffer.from(text)]), ...bytes];
}

/** Other ways to write the same JSON; none where it is no JSON, or is nested too deeply to be written again. */
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
      ['with escapes for what is not ASCII, and a space after commas and colons', asciiOnly(spaced(parsed))],
    ];
  } catch {
    return [];
  }
}

/** The same text, with other escapes in its strings or other ends of its lines. */
function otherEscapes(text: string): [string, string][] {
  return [
    ['with escapes for what is not ASCII', asciiOnly(text)],
    ['with escapes for <, > and &', text.replace(/[<>&]/g, escaped)],
    ['lines ended by CR LF', text.replace(/\r?\n/g, '\r\n')],
    ['lines ended by LF', text.replaceAll('\r\n', '\n')],
  ];
}

function asciiOnly(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: all of ASCII
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
