import assert from 'node:assert/strict';
import { test } from 'node:test';
import { oneLine } from './one-line.js';

test('control characters, line ends and changes of direction are written as in JSON, and other characters stay', () => {
  assert.equal(oneLine('a\nb\r\t\0\x7f\u2028 ñ "\\'), 'a\\nb\\r\\t\\u0000\\u007f\\u2028 ñ "\\');
  assert.equal(oneLine('\x1b[31m\x9b\u202eabc\u2066'), '\\u001b[31m\\u009b\\u202eabc\\u2066');
});
