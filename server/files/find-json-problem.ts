/** The first place at which a text is not JSON (RFC 8259). */
export interface JsonProblem {
  /** From 1. */
  line: number;
  /** From 1, in UTF-16 code units. */
  column: number;
  /** Such as `expected "," or "}"`. It never quotes the text, because the file may hold secrets. */
  message: string;
}

type Expected = 'value' | 'value-or-end' | 'name' | 'name-or-end' | 'colon' | 'comma-or-end';

const number = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
const word = /true|false|null/y;
const whitespace = /[ \t\n\r]*/y;
const escaped = /\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})/y;

/**
 * Finds where a text is not JSON. The errors of JSON.parse differ between versions of Node, and some have no position.
 * @returns undefined if the text is JSON
 */
export function findJsonProblem(text: string): JsonProblem | undefined {
  /** The ends of the open objects and lists, the innermost one last. */
  const ends: ('}' | ']')[] = [];
  let expected: Expected = 'value';
  let afterComma = false;
  let at = 0;

  const problem = (message: string, where = at): JsonProblem => ({ ...placeOf(text, where), message });
  for (;;) {
    at = matchAt(whitespace, text, at) ?? at;
    const character = text[at];
    const end = ends.at(-1);
    if (character === undefined && expected === 'comma-or-end' && end === undefined) return undefined;
    if (character === undefined) return problem(`the file ends here; expected ${inWords(expected, end)}`);
    if (character === '/' && /[/*]/.test(text[at + 1] ?? '')) return problem('JSON has no comments; remove this one');

    if (character === end && (expected.endsWith('-or-end') || afterComma)) {
      if (afterComma) return problem(`remove the comma before this "${end}"`);
      ends.pop();
      expected = 'comma-or-end';
      at++;
    } else if (expected === 'colon' || expected === 'comma-or-end') {
      if (end === undefined || character !== (expected === 'colon' ? ':' : ','))
        return problem(`expected ${inWords(expected, end)}`);
      afterComma = expected === 'comma-or-end';
      expected = afterComma && end === '}' ? 'name' : 'value';
      at++;
    } else if (character === '"') {
      const { next, message } = scanString(text, at);
      if (message !== undefined) return problem(message, next);
      expected = expected.startsWith('name') ? 'colon' : 'comma-or-end';
      afterComma = false;
      at = next;
    } else if (expected.startsWith('name')) {
      return problem(`expected ${inWords(expected, end)}`);
    } else if (character === '{' || character === '[') {
      ends.push(character === '{' ? '}' : ']');
      expected = character === '{' ? 'name-or-end' : 'value-or-end';
      afterComma = false;
      at++;
    } else {
      const next = matchAt(number, text, at) ?? matchAt(word, text, at);
      if (next === undefined)
        return problem(character === "'" ? 'expected a string in double quotes' : `expected ${inWords(expected, end)}`);
      expected = 'comma-or-end';
      afterComma = false;
      at = next;
    }
  }
}

/** @returns the index after the match, or undefined if the pattern does not match here */
function matchAt(pattern: RegExp, text: string, at: number): number | undefined {
  pattern.lastIndex = at;
  return pattern.test(text) ? pattern.lastIndex : undefined;
}

/** @returns the index after the string, or with `message` the index of the problem */
function scanString(text: string, start: number): { next: number; message?: string } {
  let at = start + 1;
  while (at < text.length) {
    const character = text[at] as string;
    if (character === '"') return { next: at + 1 };
    if (character < ' ')
      return { next: at, message: 'a string has no line breaks, tabs or control characters; write \\n or \\t' };
    const next = character === '\\' ? matchAt(escaped, text, at) : at + 1;
    if (next === undefined) return { next: at, message: 'unknown escape in a string; write a backslash as \\\\' };
    at = next;
  }
  return { next: start, message: 'this string has no closing quotation mark' };
}

function inWords(expected: Expected, end: string | undefined): string {
  switch (expected) {
    case 'value':
      return 'a value';
    case 'value-or-end':
      return 'a value or "]"';
    case 'name':
      return 'the name of a field in double quotes';
    case 'name-or-end':
      return 'the name of a field in double quotes, or "}"';
    case 'colon':
      return '":"';
    case 'comma-or-end':
      return end === undefined ? 'nothing more' : `"," or "${end}"`;
  }
}

function placeOf(text: string, at: number): { line: number; column: number } {
  const before = text.slice(0, at);
  return { line: before.split('\n').length, column: at - before.lastIndexOf('\n') };
}
