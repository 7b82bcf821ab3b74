import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { EvictingMap } from './evicting-map.js';

interface Entry {
  endsAt: number;
}

function mapWithLimit(limit: number) {
  const clock = { now: 0 };
  const removed: Entry[] = [];
  const changes: [string, Entry | undefined][] = [];
  const map = new EvictingMap<Entry>({
    limit,
    ended: ({ endsAt }) => endsAt <= clock.now,
    removable: ({ endsAt }) => endsAt + 100 <= clock.now,
    changed: (key, entry) => changes.push([key, entry]),
    removed: (entry) => removed.push(entry),
  });
  return { map, clock, removed, changes };
}

describe('an evicting map', () => {
  test('reports every change and every removed entry', () => {
    const { map, changes, removed } = mapWithLimit(10);
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
    assert.deepEqual(removed, [{ endsAt: 6 }]);
  });

  test('restore does not report a change', () => {
    const { map, changes } = mapWithLimit(10);
    map.restore('a', { endsAt: 5 });
    assert.deepEqual([...map.keys()], ['a']);
    assert.deepEqual(changes, []);
  });

  test('ended entries stay for a while, and later inserts remove them', () => {
    const { map, clock } = mapWithLimit(1000);
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

  test('never has more entries than its limit, and removes ended entries before live ones', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 300 }),
        fc.array(fc.record({ live: fc.boolean(), used: fc.boolean() }), { maxLength: 600 }),
        (limit, inserts) => {
          const { map, clock, removed } = mapWithLimit(limit);
          clock.now = 10;
          for (const [index, { live, used }] of inserts.entries()) {
            map.add(String(index), { endsAt: live || used ? 1000 : 5 });
            if (used) map.change(String(index), { endsAt: 5 });
            assert.ok(map.size <= limit);
          }
          const ended = [...map.values()].filter(({ endsAt }) => endsAt <= clock.now).length;
          const liveRemoved = removed.filter(({ endsAt }) => endsAt > clock.now).length;
          assert.ok(liveRemoved === 0 || ended <= 1, `${liveRemoved} live entries were removed while ${ended} ended ones stayed`);
        },
      ),
      { numRuns: 60 },
    );
  });

  test('if all entries are live, an insert removes one of the others', () => {
    const { map } = mapWithLimit(3);
    for (const key of ['a', 'b', 'c', 'd']) map.add(key, { endsAt: 1000 });
    assert.equal(map.size, 3);
    assert.ok(map.get('d'));
  });

  test('removes ended entries first, wherever they are in the map', () => {
    for (let from = 0; from < 390; from += 10) {
      const { map, clock, removed } = mapWithLimit(400);
      clock.now = 10;
      for (let index = 0; index < 400; index++) map.add(String(index), { endsAt: 1000 });
      for (let index = from; index < from + 10; index++) map.change(String(index), { endsAt: 5 });
      for (let index = 0; index < 10; index++) map.add(`new${index}`, { endsAt: 1000 });
      assert.deepEqual(
        removed.map(({ endsAt }) => endsAt),
        Array(10).fill(5),
      );
    }
  });

  test('an entry that ended is live again if the clock is set back', () => {
    const { map, clock, removed } = mapWithLimit(2);
    map.add('a', { endsAt: 10 });
    clock.now = 20;
    map.add('b', { endsAt: 15 });
    clock.now = 12;
    map.add('c', { endsAt: 30 });
    assert.deepEqual(removed, [{ endsAt: 10 }]);
  });

  test('removes ended entries, not older live ones', () => {
    const { map, clock } = mapWithLimit(400);
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
