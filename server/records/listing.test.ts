import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { Listing } from './listing.js';

describe('a listing', () => {
  test('starts with the fixtures, and does not change them', () => {
    const fixtures = new Map([['a', 1]]);
    const [one, other] = [new Listing(fixtures), new Listing(fixtures)];
    one.set('a', 2);
    one.set('b', 3);
    assert.deepEqual([[...one.all()], [...other.all()], [...fixtures]], [[2, 3], [1], [['a', 1]]]);
    assert.ok(one.delete('a') && !one.delete('a') && !one.delete('none'));
    assert.equal(one.get('a'), undefined);
    assert.deepEqual(
      [...one.changes()],
      [
        ['a', undefined],
        ['b', 3],
      ],
    );
  });

  test('behaves like a map', () => {
    const key = fc.constantFrom('a', 'b', 'c', '__proto__', 'constructor');
    fc.assert(
      fc.property(
        fc.array(fc.tuple(key, fc.nat())),
        fc.array(fc.tuple(key, fc.option(fc.nat(), { nil: undefined }))),
        (fixtures, changes) => {
          const model = new Map(fixtures);
          const listing = new Listing(new Map(fixtures));
          for (const [id, value] of changes) {
            if (value === undefined) assert.equal(listing.delete(id), model.delete(id));
            else {
              listing.set(id, value);
              model.set(id, value);
            }
            assert.equal(listing.get(id), model.get(id));
          }
          assert.deepEqual([...listing.all()].sort(), [...model.values()].sort());
        },
      ),
    );
  });

  test('keeps its changes when the fixtures are replaced', () => {
    const listing = new Listing(
      new Map([
        ['a', 1],
        ['b', 1],
      ]),
    );
    listing.set('a', 2);
    listing.delete('b');
    listing.useFixtures(
      new Map([
        ['a', 5],
        ['b', 5],
        ['c', 5],
      ]),
    );
    assert.deepEqual([listing.get('a'), listing.get('b'), listing.get('c')], [2, undefined, 5]);
  });
});
