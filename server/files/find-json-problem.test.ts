import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { inEnglish, inLanguage } from '../texts/write-text.js';
import { findJsonProblem, type JsonProblem } from './find-json-problem.js';

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
    ['', 1, 1, 'the text ends here; expected a value'],
    ['{', 1, 2, 'the text ends here; expected the name of a field in double quotes, or "}"'],
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
    test(JSON.stringify(text), () => {
      const { problem, ...place } = findJsonProblem(text) as JsonProblem;
      assert.deepEqual([place, inEnglish(problem)], [{ line, column }, message]);
    });
  }
});

const piece = fc.constantFrom(
  ...['{', '}', '[', ']', ',', ':', '"a"', '"', '\\', '\\u00e9', '1', '-', '.5', 'e3', 'null', ' ', '\n', '/', "'", '//'],
);
const damaged = fc.tuple(fc.json(), fc.nat(), piece).map(([json, at, inserted]) => {
  const index = at % (json.length + 1);
  return json.slice(0, index) + inserted + json.slice(index);
});
const cut = fc.tuple(fc.json(), fc.nat()).map(([json, at]) => json.slice(0, at % (json.length + 1)));
const sample = fc.oneof(
  fc.array(piece, { maxLength: 12 }).map((pieces) => pieces.join('')),
  fc.json(),
  damaged,
  cut,
);

test('a text has a problem exactly if JSON.parse rejects it', () => {
  fc.assert(
    fc.property(sample, (json) => isJson(json) === (findJsonProblem(json) === undefined)),
    { numRuns: 3000 },
  );
});

test('a problem has a place in the text, and is told in Spanish without an English word', () => {
  const english = /\b(the|this|a string|expected|field|value|file|text|ends|remove|write|nothing|quotes|unexpected|token)\b/i;
  fc.assert(
    fc.property(sample, (json) => {
      const found = findJsonProblem(json);
      if (found === undefined) return;
      const { line, column, problem } = found;
      const lines = json.split('\n');
      assert.ok(line >= 1 && line <= lines.length, `line ${line}`);
      assert.ok(column >= 1 && column <= (lines[line - 1] as string).length + 1, `column ${column}`);
      assert.doesNotMatch(inLanguage(problem, 'es'), english);
      assert.doesNotMatch(inEnglish(problem), /undefined|\{\w+\}/);
    }),
    { numRuns: 3000 },
  );
});

test('a long or deeply nested text takes linear time and no stack', () => {
  assert.equal(findJsonProblem(`"${'x'.repeat(1_000_000)}`)?.column, 1);
  assert.equal(findJsonProblem('['.repeat(1_000_000))?.column, 1_000_001);
});
