import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { EvictingMap } from './evicting-map.js';

interface Credential {
  endsAt: number;
}

function ledgerAt(limit: number) {
  const clock = { now: 0 };
  const left: Credential[] = [];
  const changes: [string, Credential | undefined][] = [];
  const map = new EvictingMap<Credential>({
    limit,
    ended: ({ endsAt }) => endsAt <= clock.now,
    forgettable: ({ endsAt }) => endsAt + 100 <= clock.now,
    changed: (key, entry) => changes.push([key, entry]),
    removed: (entry) => left.push(entry),
  });
  return { map, clock, left, changes };
}

describe('a ledger', () => {
  test('tells of every change, and of what leaves', () => {
    const { map, changes, left } = ledgerAt(10);
    map.add('a', { endsAt: 5 });
    map.change('a', { endsAt: 6 });
    assert.deepEqual(map.get('a'), { endsAt: 6 });
    assert.equal(map.change('b', { endsAt: 6 }), undefined);
    assert.ok(map.remove('a'));
    assert.ok(!map.remove('a'));
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
    const { map, changes } = ledgerAt(10);
    map.restore('a', { endsAt: 5 });
    assert.deepEqual([...map.keys()], ['a']);
    assert.deepEqual(changes, []);
  });

  test('remembers what has ended for its while, then forgets it as others come', () => {
    const { map, clock } = ledgerAt(1000);
    for (let index = 0; index < 10; index++) map.add(`old${index}`, { endsAt: 10 });
    clock.now = 109;
    for (let index = 0; index < 20; index++) map.add(`new${index}`, { endsAt: 1000 });
    assert.equal(map.size, 30);
    clock.now = 110;
    for (let index = 0; index < 30; index++) map.add(`newer${index}`, { endsAt: 1000 });
    assert.deepEqual(
      [...map.keys()].filter((key) => key.startsWith('old')),
      [],
    );
    assert.equal(map.size, 50);
  });

  test('never holds more than its limit, and lets what has ended go before what lives', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 300 }),
        fc.array(fc.record({ live: fc.boolean(), used: fc.boolean() }), { maxLength: 600 }),
        (limit, comings) => {
          const { map, clock, left } = ledgerAt(limit);
          clock.now = 10;
          for (const [index, { live, used }] of comings.entries()) {
            map.add(String(index), { endsAt: live || used ? 1000 : 5 });
            if (used) map.change(String(index), { endsAt: 5 });
            assert.ok(map.size <= limit);
          }
          const ended = [...map.values()].filter(({ endsAt }) => endsAt <= clock.now).length;
          const liveLeft = left.filter(({ endsAt }) => endsAt > clock.now).length;
          assert.ok(liveLeft === 0 || ended <= 1, `${liveLeft} live ones left while ${ended} ended ones stayed`);
        },
      ),
      { numRuns: 60 },
    );
  });

  test('where all live one of them goes, and not the one that came', () => {
    const { map } = ledgerAt(3);
    for (const key of ['a', 'b', 'c', 'd']) map.add(key, { endsAt: 1000 });
    assert.equal(map.size, 3);
    assert.ok(map.get('d'));
  });

  test('lets those that ended together go before any other, wherever they stand', () => {
    for (let from = 0; from < 390; from += 10) {
      const { map, clock, left } = ledgerAt(400);
      clock.now = 10;
      for (let index = 0; index < 400; index++) map.add(String(index), { endsAt: 1000 });
      for (let index = from; index < from + 10; index++) map.change(String(index), { endsAt: 5 });
      for (let index = 0; index < 10; index++) map.add(`new${index}`, { endsAt: 1000 });
      assert.deepEqual(
        left.map(({ endsAt }) => endsAt),
        Array(10).fill(5),
      );
    }
  });

  test('a clock that goes back gives life back to what it had seen ended', () => {
    const { map, clock, left } = ledgerAt(2);
    map.add('a', { endsAt: 10 });
    clock.now = 20;
    map.add('b', { endsAt: 15 });
    clock.now = 12;
    map.add('c', { endsAt: 30 });
    assert.deepEqual(left, [{ endsAt: 10 }]);
  });

  test('lets one that has ended go though a hundred that live are older', () => {
    const { map, clock } = ledgerAt(400);
    clock.now = 10;
    for (let index = 0; index < 100; index++) map.add(`live${index}`, { endsAt: 1000 });
    for (let index = 0; index < 2000; index++) {
      map.add(`used${index}`, { endsAt: 1000 });
      map.change(`used${index}`, { endsAt: 5 });
    }
    assert.equal([...map.keys()].filter((key) => key.startsWith('live')).length, 100);
    assert.equal(map.size, 400);
  });
});
