import assert from 'node:assert/strict';
import { test } from 'node:test';
import { oneLine } from './one-line.js';

test('control characters and line ends are written as in JSON, and other characters stay', () => {
  assert.equal(oneLine('a\nb\r\t\0\x7f\u2028 ñ "\\'), 'a\\nb\\r\\t\\u0000\\u007f\\u2028 ñ "\\');
});
