import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { callFacts } from '../testing/call-facts.js';
import { Journal } from './journal.js';
import { JournalBudget } from './journal-budget.js';

const call = (bodyBytes = 0) => callFacts({ request: { headers: {}, body: 'x'.repeat(bodyBytes) } });
/** An entry of `call(1024)` counts as 2 KiB. */
const entryBytes = 2048;
const idsIn = (journal: Journal) => journal.list().map(({ id }) => Number(id));

describe('the budget of all journals', () => {
  test('removes the oldest entries of the journal that was idle for longest', () => {
    const budget = new JournalBudget(4 * entryBytes);
    const [idle, busy] = [new Journal({ budget }), new Journal({ budget })];
    for (let count = 0; count < 3; count++) idle.add(call(1024));
    for (let count = 0; count < 2; count++) busy.add(call(1024));
    assert.deepEqual(
      [idsIn(idle), idsIn(busy)],
      [
        [3, 2],
        [2, 1],
      ],
    );
    idle.add(call(1024));
    assert.deepEqual([idsIn(idle), idsIn(busy)], [[4, 3, 2], [2]]);
    assert.equal(idle.get('1'), undefined);
    assert.equal(budget.usedBytes, 4 * entryBytes);
  });

  test('removes entries of tenants that only pages have used before those of tests', () => {
    const budget = new JournalBudget(4 * entryBytes);
    const tests = new Journal({ budget });
    const pages = new Journal({ budget, onlyPages: () => true });
    for (let count = 0; count < 3; count++) tests.add(call(1024));
    for (let count = 0; count < 50; count++) pages.add(call(1024));
    assert.deepEqual([idsIn(tests), idsIn(pages)], [[3, 2, 1], [50]]);
  });

  test('gets back the bytes of a cleared journal, and of entries over the capacity', () => {
    const budget = new JournalBudget();
    const journal = new Journal({ budget });
    for (let count = 0; count < 2500; count++) journal.add(call(1024));
    assert.equal(budget.usedBytes, 2000 * entryBytes);
    journal.clear();
    assert.equal(budget.usedBytes, 0);
  });

  test('is never exceeded, and counts exactly what the journals hold, after any sequence of calls', () => {
    const step = fc.record({ journal: fc.nat(3), clear: fc.boolean(), bodyBytes: fc.nat(20_000) });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 200 }), (steps) => {
        const limit = 100_000;
        const budget = new JournalBudget(limit);
        const journals = Array.from({ length: 4 }, (_, index) => new Journal({ budget, onlyPages: () => index === 0 }));
        for (const { journal, clear, bodyBytes } of steps) {
          if (clear && bodyBytes < 2000) journals[journal]?.clear();
          else journals[journal]?.add(call(bodyBytes));
          assert.ok(budget.usedBytes <= limit);
        }
        for (const journal of journals) journal.clear();
        assert.equal(budget.usedBytes, 0);
      }),
      { numRuns: 100 },
    );
  });
});
