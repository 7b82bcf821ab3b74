import assert from 'node:assert/strict';
import test from 'node:test';
import { delayOf } from './delay.js';

const row = (delay: { min: string | number; max: string | number; seed?: number }) =>
  Array.from({ length: 50 }, (_, hit) => delayOf({ delay }, hit + 1));

test('a duration, in seconds or ISO 8601', () => {
  assert.equal(delayOf({ delay: 'PT2S' }, 1), 2000);
  assert.equal(delayOf({ delay: 0.25 }, 7), 250);
  assert.equal(delayOf({ result: 'x' }, 1), 0);
});

test('a range with a seed is the same row every time, within its ends and spread', () => {
  const range = { min: 'PT1S', max: 'PT3S', seed: 7 };
  assert.deepEqual(row(range), row(range));
  assert.notDeepEqual(row(range), row({ ...range, seed: 8 }));
  const delays = row(range);
  assert.ok(delays.every((delay) => delay >= 1000 && delay <= 3000));
  assert.ok(Math.min(...delays) < 1300 && Math.max(...delays) > 2700, delays.join(' '));
  assert.deepEqual(row({ min: 2, max: 1 }), Array(50).fill(2000));
});

test('what no timer can wait is as long as one can', () => {
  assert.equal(delayOf({ delay: 'P365D' }, 1), 2 ** 31 - 1);
});
