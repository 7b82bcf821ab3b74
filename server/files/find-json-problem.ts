import { type Text, text } from '../texts/text.js';

/** The first place at which a text is not JSON (RFC 8259). */
export interface JsonProblem {
  /** From 1. */
  line: number;
  /** From 1, in UTF-16 code units. */
  column: number;
  /** Such as `expected "," or "}"`. It never quotes the text, because the file may hold secrets. */
  problem: Text;
}

type Expected = 'value' | 'value-or-end' | 'name' | 'name-or-end' | 'colon' | 'comma-or-end';

const number = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
const word = /true|false|null/y;
const whitespace = /[ \t\n\r]*/y;
const escaped = /\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})/y;

/**
 * Finds where a text is not JSON. The errors of JSON.parse differ between versions of Node, and some have no position.
 * @param uniqueNames a field that an object has twice is a problem too. JSON.parse silently takes the last one
 * @returns undefined if the text is JSON
 */
export function findJsonProblem(json: string, uniqueNames = false): JsonProblem | undefined {
  /** The ends of the open objects and lists, the innermost one last. */
  const ends: ('}' | ']')[] = [];
  /** The names of the fields of each open object; empty for a list. */
  const names: Set<string>[] = [];
  let expected: Expected = 'value';
  let afterComma = false;
  let at = 0;

  const wrong = (problem: Text, where = at): JsonProblem => ({ ...placeOf(json, where), problem });
  for (;;) {
    at = matchAt(whitespace, json, at) ?? at;
    const character = json[at];
    const end = ends.at(-1);
    if (character === undefined && expected === 'comma-or-end' && end === undefined) return undefined;
    if (character === undefined) return wrong(text('json-ends-early', { expected: inWords(expected, end) }));
    if (character === '/' && /[/*]/.test(json[at + 1] ?? '')) return wrong(text('json-comment'));

    if (character === end && (expected.endsWith('-or-end') || afterComma)) {
      if (afterComma) return wrong(text('json-comma-too-many', { end }));
      ends.pop();
      names.pop();
      expected = 'comma-or-end';
      at++;
    } else if (expected === 'colon' || expected === 'comma-or-end') {
      if (end === undefined || character !== (expected === 'colon' ? ':' : ','))
        return wrong(text('json-other-expected', { expected: inWords(expected, end) }));
      afterComma = expected === 'comma-or-end';
      expected = afterComma && end === '}' ? 'name' : 'value';
      at++;
    } else if (character === '"') {
      const { next, problem } = scanString(json, at);
      if (problem !== undefined) return wrong(text(problem), next);
      const isName = expected.startsWith('name');
      if (uniqueNames && isName && !addName(json.slice(at, next), names.at(-1))) return wrong(text('json-name-twice'));
      expected = isName ? 'colon' : 'comma-or-end';
      afterComma = false;
      at = next;
    } else if (expected.startsWith('name')) {
      return wrong(text('json-other-expected', { expected: inWords(expected, end) }));
    } else if (character === '{' || character === '[') {
      ends.push(character === '{' ? '}' : ']');
      names.push(new Set());
      expected = character === '{' ? 'name-or-end' : 'value-or-end';
      afterComma = false;
      at++;
    } else {
      const next = matchAt(number, json, at) ?? matchAt(word, json, at);
      if (next === undefined)
        return wrong(
          character === "'" ? text('json-single-quote') : text('json-other-expected', { expected: inWords(expected, end) }),
        );
      expected = 'comma-or-end';
      afterComma = false;
      at = next;
    }
  }
}

/** @param quoted the name as it is written: `"a"` and `"\\u0061"` are one name @returns false if the object has it already */
function addName(quoted: string, names = new Set<string>()): boolean {
  const name: string = JSON.parse(quoted);
  const isNew = !names.has(name);
  names.add(name);
  return isNew;
}

/** @returns the index after the match, or undefined if the pattern does not match here */
function matchAt(pattern: RegExp, json: string, at: number): number | undefined {
  pattern.lastIndex = at;
  return pattern.test(json) ? pattern.lastIndex : undefined;
}

type StringProblem = 'json-control-character' | 'json-escape-unknown' | 'json-string-open';

/** @returns the index after the string, or with `problem` the index of the problem */
function scanString(json: string, start: number): { next: number; problem?: StringProblem } {
  let at = start + 1;
  while (at < json.length) {
    const character = json[at] as string;
    if (character === '"') return { next: at + 1 };
    if (character < ' ') return { next: at, problem: 'json-control-character' };
    const next = character === '\\' ? matchAt(escaped, json, at) : at + 1;
    if (next === undefined) return { next: at, problem: 'json-escape-unknown' };
    at = next;
  }
  return { next: start, problem: 'json-string-open' };
}

function inWords(expected: Expected, end: '}' | ']' | undefined): Text {
  switch (expected) {
    case 'value':
      return text('json-needs-value');
    case 'value-or-end':
      return text('json-needs-value-or-end');
    case 'name':
      return text('json-needs-name');
    case 'name-or-end':
      return text('json-needs-name-or-end');
    case 'colon':
      return text('json-needs-colon');
    case 'comma-or-end':
      return end === undefined ? text('json-needs-end') : text('json-needs-comma-or-end', { end });
  }
}

function placeOf(json: string, at: number): { line: number; column: number } {
  const before = json.slice(0, at);
  return { line: before.split('\n').length, column: at - before.lastIndexOf('\n') };
}
