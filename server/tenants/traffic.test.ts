import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Traffic } from './traffic.js';

test('so many calls in a window, each client for itself', () => {
  const traffic = new Traffic();
  const limit = { max: 2, per: 100 };
  const within = (client: string, now: number) => traffic.count(client, limit, now).within;
  assert.deepEqual([within('a', 0), within('a', 50), within('a', 99), within('b', 99)], [true, true, false, true]);
  assert.deepEqual([within('a', 100), within('a', 199), within('a', 199)], [true, true, false]);
  assert.equal(traffic.count('a', limit, 150).until, 200);
});

test('a clock that goes back begins a new window', () => {
  const traffic = new Traffic();
  const limit = { max: 1, per: 100 };
  traffic.count('a', limit, 1000);
  assert.equal(traffic.count('a', limit, 1001).within, false);
  assert.equal(traffic.count('a', limit, 10).within, true);
});

test('none at all is a limit too', () => {
  assert.equal(new Traffic().count('a', { max: 0, per: 100 }, 0).within, false);
});
