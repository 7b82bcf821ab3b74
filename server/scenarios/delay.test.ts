import assert from 'node:assert/strict';
import test from 'node:test';
import { delayOf } from './delay.js';

const delaysOf = (delay: { min: string | number; max: string | number; seed?: number }) =>
  Array.from({ length: 50 }, (_, hit) => delayOf({ delay }, hit + 1));

test('a delay is a duration in seconds or ISO 8601', () => {
  assert.equal(delayOf({ delay: 'PT2S' }, 1), 2000);
  assert.equal(delayOf({ delay: 0.25 }, 7), 250);
  assert.equal(delayOf({ result: 'x' }, 1), 0);
});

test('a range with a seed gives the same sequence every time, spread over the range', () => {
  const range = { min: 'PT1S', max: 'PT3S', seed: 7 };
  assert.deepEqual(delaysOf(range), delaysOf(range));
  assert.notDeepEqual(delaysOf(range), delaysOf({ ...range, seed: 8 }));
  const delays = delaysOf(range);
  assert.ok(delays.every((delay) => delay >= 1000 && delay <= 3000));
  assert.ok(Math.min(...delays) < 1300 && Math.max(...delays) > 2700, delays.join(' '));
  assert.deepEqual(delaysOf({ min: 2, max: 1 }), Array(50).fill(2000));
});

test('a delay is at most as long as a timer allows', () => {
  assert.equal(delayOf({ delay: 'P365D' }, 1), 2 ** 31 - 1);
});
