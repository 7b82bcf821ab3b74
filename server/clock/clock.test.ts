import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { Clock } from './clock.js';
import { latestInstant } from './time.js';

/** A running clock is read a moment after it was set. */
const near = (actual: number, expected: number) =>
  assert.ok(Math.abs(actual - expected) < 2000, `${actual} is not near ${expected}`);

describe('a running clock', () => {
  test('starts with the machine’s time', () => {
    near(new Clock().now(), Date.now());
    assert.equal(new Clock().frozen, false);
  });

  test('can be set forward and back, and runs on from there', () => {
    const clock = new Clock();
    clock.set(1_000_000_000_000);
    near(clock.now(), 1_000_000_000_000);
    clock.advance(3_600_000);
    near(clock.now(), 1_000_003_600_000);
    clock.advance(-7_200_000);
    near(clock.now(), 999_996_400_000);
    assert.equal(clock.frozen, false);
  });
});

test('machineNow is the machine’s time, whatever the clock says', () => {
  const clock = new Clock();
  clock.set(5);
  near(clock.machineNow(), Date.now());
  clock.freeze();
  near(clock.machineNow(), Date.now());
});

describe('a frozen clock', () => {
  test('stands still, and can be set', () => {
    const clock = new Clock();
    clock.freeze();
    const at = clock.now();
    assert.equal(clock.now(), at);
    clock.advance(1);
    assert.equal(clock.now(), at + 1);
    clock.set(5);
    assert.equal(clock.now(), 5);
    assert.ok(clock.frozen);
  });

  test('runs on from its time', () => {
    const clock = new Clock();
    clock.freeze();
    clock.set(1_000_000_000_000);
    clock.run();
    assert.equal(clock.frozen, false);
    near(clock.now(), 1_000_000_000_000);
    clock.run();
    near(clock.now(), 1_000_000_000_000);
  });
});

test('stays within the times that can be written as dates', () => {
  const clock = new Clock();
  clock.freeze();
  clock.set(Number.POSITIVE_INFINITY);
  assert.equal(clock.now(), latestInstant);
  clock.advance(1e15);
  assert.equal(clock.now(), latestInstant);
  clock.set(-1);
  assert.equal(clock.now(), 0);
});

test('restore sets another clock to the same time, frozen or running', () => {
  for (const freeze of [true, false]) {
    const [clock, other] = [new Clock(), new Clock()];
    clock.set(1_000_000_000_000);
    if (freeze) clock.freeze();
    other.restore(JSON.parse(JSON.stringify(clock.state)));
    assert.equal(other.frozen, freeze);
    near(other.now(), 1_000_000_000_000);
    other.restore(new Clock().state);
    assert.equal(other.frozen, false);
  }
});
