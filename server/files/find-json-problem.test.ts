import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { findJsonProblem } from './find-json-problem.js';

const isJson = (text: string) => {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
};

describe('the place and the words of a JSON mistake', () => {
  const cases: [text: string, line: number, column: number, message: string][] = [
    ['', 1, 1, 'the file ends here; expected a value'],
    ['{', 1, 2, 'the file ends here; expected the name of a field in double quotes, or "}"'],
    ['[\n  {"a": 1}\n  {"b": 2}\n]', 3, 3, 'expected "," or "]"'],
    ['{\n  "a": 1,\n}', 3, 1, 'remove the comma before this "}"'],
    ['[1, 2,]', 1, 7, 'remove the comma before this "]"'],
    ['{"a" 1}', 1, 6, 'expected ":"'],
    ['{a: 1}', 1, 2, 'expected the name of a field in double quotes, or "}"'],
    ['{"a": 1, b: 2}', 1, 10, 'expected the name of a field in double quotes'],
    ['{"a": \'x\'}', 1, 7, 'expected a string in double quotes'],
    ['{\n  // a note\n  "a": 1\n}', 2, 3, 'JSON has no comments; remove this one'],
    ['{"a": yes}', 1, 7, 'expected a value'],
    ['{"a": "x\n"}', 1, 9, 'a string has no line breaks, tabs or control characters; write \\n or \\t'],
    ['["C:\\data"]', 1, 5, 'unknown escape in a string; write a backslash as \\\\'],
    ['["a]', 1, 2, 'this string has no closing quotation mark'],
    ['[1] [2]', 1, 5, 'expected nothing more'],
    ['[01]', 1, 3, 'expected "," or "]"'],
    ['[}', 1, 2, 'expected a value or "]"'],
  ];
  for (const [text, line, column, message] of cases) {
    test(JSON.stringify(text), () => assert.deepEqual(findJsonProblem(text), { line, column, message }));
  }
});

test('a text has a problem exactly if JSON.parse rejects it', () => {
  const piece = fc.constantFrom(
    '{',
    '}',
    '[',
    ']',
    ',',
    ':',
    '"a"',
    '"',
    '\\',
    '\\u00e9',
    '1',
    '-',
    '.5',
    'e3',
    'null',
    ' ',
    '\n',
    '/',
  );
  const damaged = fc.tuple(fc.json(), fc.nat(), piece).map(([text, at, inserted]) => {
    const index = at % (text.length + 1);
    return text.slice(0, index) + inserted + text.slice(index);
  });
  const text = fc.oneof(
    fc.array(piece, { maxLength: 12 }).map((pieces) => pieces.join('')),
    fc.json(),
    damaged,
  );
  fc.assert(
    fc.property(text, (sample) => isJson(sample) === (findJsonProblem(sample) === undefined)),
    { numRuns: 3000 },
  );
});

test('a long or deeply nested text takes linear time and no stack', () => {
  assert.equal(findJsonProblem(`"${'x'.repeat(1_000_000)}`)?.column, 1);
  assert.equal(findJsonProblem('['.repeat(1_000_000))?.column, 1_000_001);
});
