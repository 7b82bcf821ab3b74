/** Changes the values of a JSON text. */
export interface JsonChanges {
  /** @param name of the field, or of the field that holds the list */
  string(name: string, value: string): string;
  /** @param written the number as the text has it */
  number(name: string, written: string): string;
  /** The name of a field. */
  name(name: string): string;
}

const number = /-?\d[\d.eE+-]*/y;
/** Other characters up to the next string or number, bracket, comma or colon. */
const others = /[^"{}[\],:\d-]+/y;

/**
 * Changes the values of a JSON text, and nothing else: the order, the spaces and the way in which a string is escaped stay.
 * @param text valid JSON
 */
export function mapJson(text: string, changes: JsonChanges): string {
  /** The open objects and lists, the innermost one last, with the names of their own fields. */
  const open: { isObject: boolean; field: string }[] = [];
  let field = '';
  let isName = false;
  let mapped = '';
  for (let at = 0; at < text.length; ) {
    const found = tokenAt(text, at);
    at += found.length;
    if (found.startsWith('"')) {
      const value = JSON.parse(found) as string;
      mapped += rewritten(found, value, isName ? changes.name(value) : changes.string(field, value));
      if (isName) field = value;
    } else mapped += /^[-\d]/.test(found) ? changes.number(field, found) : found;
    if (found === '{' || found === '[') open.push({ isObject: found === '{', field });
    if (found === '}' || found === ']') field = open.pop()?.field ?? '';
    if (found === ',') field = open.at(-1)?.field ?? '';
    if (found === '{' || found === ',') isName = open.at(-1)?.isObject ?? false;
    if (found === '[' || found === ':') isName = false;
  }
  return mapped;
}

function tokenAt(text: string, at: number): string {
  if (text[at] === '"') return text.slice(at, stringEnd(text, at));
  for (const pattern of [number, others]) {
    pattern.lastIndex = at;
    const [found] = pattern.exec(text) ?? [];
    if (found !== undefined) return found;
  }
  return text[at] as string;
}

/** The index after the closing quotation mark. */
function stringEnd(text: string, start: number): number {
  let at = start + 1;
  while (at < text.length && text[at] !== '"') at += text[at] === '\\' ? 2 : 1;
  return at + 1;
}

/** Writes a string as the old one was written: with escaped slashes, or in ASCII only. */
function rewritten(found: string, before: string, after: string): string {
  if (after === before) return found;
  const plain = JSON.stringify(after);
  const slashes = found.includes('\\/') ? plain.replaceAll('/', '\\/') : plain;
  const isEscaped = isAscii(found) && !isAscii(before);
  if (!isEscaped) return slashes;
  return slashes.replace(/[^\0-\x7f]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

function isAscii(text: string): boolean {
  return !/[^\0-\x7f]/.test(text);
}
