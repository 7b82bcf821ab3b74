import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { Ledger } from './ledger.js';

interface Thing {
  endsAt: number;
}

function ledgerAt(limit: number) {
  const clock = { now: 0 };
  const left: Thing[] = [];
  const changes: [string, Thing | undefined][] = [];
  const ledger = new Ledger<Thing>({
    limit,
    ended: ({ endsAt }) => endsAt <= clock.now,
    forgettable: ({ endsAt }) => endsAt + 100 <= clock.now,
    changed: (key, entry) => changes.push([key, entry]),
    removed: (entry) => left.push(entry),
  });
  return { ledger, clock, left, changes };
}

describe('a ledger', () => {
  test('tells of every change, and of what leaves', () => {
    const { ledger, changes, left } = ledgerAt(10);
    ledger.add('a', { endsAt: 5 });
    ledger.change('a', { endsAt: 6 });
    assert.deepEqual(ledger.get('a'), { endsAt: 6 });
    assert.equal(ledger.change('b', { endsAt: 6 }), undefined);
    assert.ok(ledger.remove('a'));
    assert.ok(!ledger.remove('a'));
    assert.deepEqual(
      changes.map(([key, entry]) => [key, entry !== undefined]),
      [
        ['a', true],
        ['a', true],
        ['a', false],
      ],
    );
    assert.deepEqual(left, [{ endsAt: 6 }]);
  });

  test('puts back without telling', () => {
    const { ledger, changes } = ledgerAt(10);
    ledger.restore('a', { endsAt: 5 });
    assert.deepEqual([...ledger.keys()], ['a']);
    assert.deepEqual(changes, []);
  });

  test('remembers what has ended for its while, then forgets it as others come', () => {
    const { ledger, clock } = ledgerAt(1000);
    for (let index = 0; index < 10; index++) ledger.add(`old${index}`, { endsAt: 10 });
    clock.now = 109;
    for (let index = 0; index < 20; index++) ledger.add(`new${index}`, { endsAt: 1000 });
    assert.equal(ledger.size, 30);
    clock.now = 110;
    for (let index = 0; index < 30; index++) ledger.add(`newer${index}`, { endsAt: 1000 });
    assert.deepEqual(
      [...ledger.keys()].filter((key) => key.startsWith('old')),
      [],
    );
    assert.equal(ledger.size, 50);
  });

  test('never holds more than its limit, and lets what has ended go before what lives', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 300 }),
        fc.array(fc.record({ live: fc.boolean(), used: fc.boolean() }), { maxLength: 600 }),
        (limit, comings) => {
          const { ledger, clock, left } = ledgerAt(limit);
          clock.now = 10;
          for (const [index, { live, used }] of comings.entries()) {
            ledger.add(String(index), { endsAt: live || used ? 1000 : 5 });
            if (used) ledger.change(String(index), { endsAt: 5 });
            assert.ok(ledger.size <= limit);
          }
          const ended = [...ledger.values()].filter(({ endsAt }) => endsAt <= clock.now).length;
          const liveLeft = left.filter(({ endsAt }) => endsAt > clock.now).length;
          assert.ok(liveLeft === 0 || ended <= 1, `${liveLeft} live ones left while ${ended} ended ones stayed`);
        },
      ),
      { numRuns: 60 },
    );
  });

  test('where all live one of them goes, and not the one that came', () => {
    const { ledger } = ledgerAt(3);
    for (const key of ['a', 'b', 'c', 'd']) ledger.add(key, { endsAt: 1000 });
    assert.equal(ledger.size, 3);
    assert.ok(ledger.get('d'));
  });

  test('lets those that ended together go before any other, wherever they stand', () => {
    for (let from = 0; from < 390; from += 10) {
      const { ledger, clock, left } = ledgerAt(400);
      clock.now = 10;
      for (let index = 0; index < 400; index++) ledger.add(String(index), { endsAt: 1000 });
      for (let index = from; index < from + 10; index++) ledger.change(String(index), { endsAt: 5 });
      for (let index = 0; index < 10; index++) ledger.add(`new${index}`, { endsAt: 1000 });
      assert.deepEqual(
        left.map(({ endsAt }) => endsAt),
        Array(10).fill(5),
      );
    }
  });

  test('a clock that goes back gives life back to what it had seen ended', () => {
    const { ledger, clock, left } = ledgerAt(2);
    ledger.add('a', { endsAt: 10 });
    clock.now = 20;
    ledger.add('b', { endsAt: 15 });
    clock.now = 12;
    ledger.add('c', { endsAt: 30 });
    assert.deepEqual(left, [{ endsAt: 10 }]);
  });

  test('lets one that has ended go though a hundred that live are older', () => {
    const { ledger, clock } = ledgerAt(400);
    clock.now = 10;
    for (let index = 0; index < 100; index++) ledger.add(`live${index}`, { endsAt: 1000 });
    for (let index = 0; index < 2000; index++) {
      ledger.add(`used${index}`, { endsAt: 1000 });
      ledger.change(`used${index}`, { endsAt: 5 });
    }
    assert.equal([...ledger.keys()].filter((key) => key.startsWith('live')).length, 100);
    assert.equal(ledger.size, 400);
  });
});
