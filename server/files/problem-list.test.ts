import assert from 'node:assert/strict';
import { test } from 'node:test';
import { FilesInvalidError } from './problem-list.js';

test('each problem of a file is one line, also if it quotes a name with a line feed', () => {
  const { message, problems } = new FilesInvalidError(['a.json: sources.a\nb: expected one of c', 'd.json: e']);
  assert.equal(message, 'a.json: sources.a\\nb: expected one of c (and 1 more problem)');
  assert.deepEqual(problems, ['a.json: sources.a\\nb: expected one of c', 'd.json: e']);
});
