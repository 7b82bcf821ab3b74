import assert from 'node:assert/strict';
import { test } from 'node:test';
import { RateLimiter } from './rate-limiter.js';

test('limits the calls in a window, for each client separately', () => {
  const limiter = new RateLimiter();
  const limit = { max: 2, per: 100 };
  const allowed = (client: string, now: number) => limiter.count(client, limit, now).allowed;
  assert.deepEqual([allowed('a', 0), allowed('a', 50), allowed('a', 99), allowed('b', 99)], [true, true, false, true]);
  assert.deepEqual([allowed('a', 100), allowed('a', 199), allowed('a', 199)], [true, true, false]);
  assert.equal(limiter.count('a', limit, 150).resetsAt, 200);
});

test('starts a new window if the clock is set back', () => {
  const limiter = new RateLimiter();
  const limit = { max: 1, per: 100 };
  limiter.count('a', limit, 1000);
  assert.equal(limiter.count('a', limit, 1001).allowed, false);
  assert.equal(limiter.count('a', limit, 10).allowed, true);
});

test('a limit of 0 allows no call', () => {
  assert.equal(new RateLimiter().count('a', { max: 0, per: 100 }, 0).allowed, false);
});
