import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import Type from 'typebox';
import { packageRoot } from '../package-root.js';
import { inEnglish } from '../texts/write-text.js';
import { Dictionary } from './common.js';
import { findProblem } from './problem.js';

test('a dictionary checks the value of every key, whatever characters the key has', () => {
  const schema = Dictionary(Type.Integer());
  for (const key of ['a', '', 'a\nb', '\r', '\u2028', 'ñ', '\ud800', '__proto__x']) {
    assert.equal(findProblem(schema, { [key]: 1 }), undefined, JSON.stringify(key));
    const problem = findProblem(schema, { [key]: 'x' });
    assert.match(problem ? inEnglish(problem.message) : '', /whole number/, JSON.stringify(key));
  }
});

test('no schema uses Type.Record with keys that Dictionary would check better', () => {
  const server = join(packageRoot, 'server');
  const sources = readdirSync(server, { recursive: true, encoding: 'utf8' }).filter((file) => /(?<!\.test)\.ts$/.test(file));
  const wrong = sources.filter((file) => /Type\.Record\(\s*Type\.String\(\)/.test(readFileSync(join(server, file), 'utf8')));
  assert.deepEqual(wrong, []);
});
