import assert from 'node:assert/strict';
import test from 'node:test';
import { durationInWords, shortMilliseconds } from './duration-text.js';

test('a duration is written with its two largest units', () => {
  const expected: [number, string][] = [
    [0, '0 ms'],
    [999, '999 ms'],
    [1000, '1 sec'],
    [61_500, '1 min 1 sec'],
    [7_200_000, '2 hr'],
    [7_201_000, '2 hr'],
    [90_061_000, '1 day 1 hr'],
    [400 * 86_400_000, '400 days'],
  ];
  for (const [ms, words] of expected) assert.equal(durationInWords(ms, 'en'), words);
  assert.equal(durationInWords(7_260_000, 'es'), '2 h 1 min');
});

test('the milliseconds of a list have decimals only below 100', () => {
  assert.deepEqual([0.07, 99.99, 100.4, 4098.61].map(shortMilliseconds), [0.07, 99.99, 100, 4099]);
});
