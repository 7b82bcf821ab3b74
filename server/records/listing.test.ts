import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { Listing } from './listing.js';

describe('a listing', () => {
  test('begins from the fixtures, and leaves them as they are', () => {
    const beginning = new Map([['a', 1]]);
    const [one, other] = [new Listing(beginning), new Listing(beginning)];
    one.set('a', 2);
    one.set('b', 3);
    assert.deepEqual([[...one.all()], [...other.all()], [...beginning]], [[2, 3], [1], [['a', 1]]]);
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

  test('behaves as a map does, whatever is done to it', () => {
    const key = fc.constantFrom('a', 'b', 'c', '__proto__', 'constructor');
    fc.assert(
      fc.property(
        fc.array(fc.tuple(key, fc.nat())),
        fc.array(fc.tuple(key, fc.option(fc.nat(), { nil: undefined }))),
        (beginning, changes) => {
          const model = new Map(beginning);
          const listing = new Listing(new Map(beginning));
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

  test('keeps its changes when it is begun from other fixtures', () => {
    const listing = new Listing(
      new Map([
        ['a', 1],
        ['b', 1],
      ]),
    );
    listing.set('a', 2);
    listing.delete('b');
    listing.rebase(
      new Map([
        ['a', 5],
        ['b', 5],
        ['c', 5],
      ]),
    );
    assert.deepEqual([listing.get('a'), listing.get('b'), listing.get('c')], [2, undefined, 5]);
  });
});
