import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { mergePatch, mergePatchBetween } from './merge-patch.js';

/** JSON without null, which a merge patch cannot write. */
const json = fc.jsonValue({ maxDepth: 3 }).map((value) => withoutNull(value));

function withoutNull(value: unknown): unknown {
  if (value === null) return 0;
  if (Array.isArray(value)) return value.map(withoutNull);
  if (typeof value !== 'object') return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, withoutNull(item)]));
}

test('a patch between two values makes the second from the first', () => {
  fc.assert(fc.property(json, json, (from, to) => assert.deepEqual(mergePatch(from, mergePatchBetween(from, to)), to)));
});

test('a patch names only what differs', () => {
  const from = { a: 1, b: { c: 2, d: [1, 2] }, e: 'gone' };
  const to = { a: 1, b: { c: 3, d: [1, 2] }, f: { g: true } };
  assert.deepEqual(mergePatchBetween(from, to), { b: { c: 3 }, e: null, f: { g: true } });
  assert.deepEqual(mergePatchBetween(from, structuredClone(from)), {});
});
