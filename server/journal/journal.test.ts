import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { callFacts } from '../testing/call-facts.js';
import { text } from '../texts/text.js';
import { Journal, sequence } from './journal.js';
import { JournalBudget } from './journal-budget.js';

const never = 2 ** 30;

describe('the journal', () => {
  test('holds the last 2,000 entries, newest first, and finds them by id', () => {
    const journal = new Journal();
    for (let index = 0; index < 2500; index++) journal.add(callFacts({ at: index }));
    const list = journal.list();
    assert.equal(list.length, 2000);
    assert.deepEqual([list[0]?.at, list.at(-1)?.at], [2499, 500]);
    for (const { id, at } of [list[0], list.at(-1)] as { id: string; at: number }[]) assert.equal(journal.get(id)?.at, at);
    for (const id of ['500', '0', '-1', '2501', 'x', '', '1e3', '02500', ' 2500', '2500.0'])
      assert.equal(journal.get(id), undefined, id);
  });

  test('that is closed keeps nothing that is added later', () => {
    const budget = new JournalBudget();
    const told: unknown[] = [];
    const journal = new Journal({ budget, changed: (entry) => told.push(entry) });
    journal.add(callFacts());
    journal.close();
    journal.add(callFacts());
    assert.deepEqual([journal.size, budget.usedBytes], [0, 0]);
    assert.deepEqual(told.slice(1), [undefined], 'and only its end is told');
  });

  test('lists the last entries since it was cleared, after any sequence of adds and clears', () => {
    fc.assert(
      fc.property(
        fc.array(
          fc.oneof(
            { weight: 5, arbitrary: fc.integer({ min: 1, max: 900 }) },
            { weight: 1, arbitrary: fc.constant('clear' as const) },
          ),
          { maxLength: 8 },
        ),
        (steps) => {
          const journal = new Journal();
          let expected: string[] = [];
          let count = 0;
          for (const step of steps) {
            if (step === 'clear') {
              journal.clear();
              expected = [];
              continue;
            }
            for (let times = 0; times < step; times++) {
              expected.push(String(++count));
              journal.add(callFacts());
            }
          }
          const latest = expected.slice(-2000).reverse();
          assert.deepEqual(
            journal.list().map(({ id }) => id),
            latest,
          );
          for (const id of latest.slice(0, 3)) assert.equal(journal.get(id)?.id, id);
          assert.deepEqual(
            journal.list({}, 5).map(({ id }) => id),
            latest.slice(0, 5),
          );
          if (expected.length < count)
            assert.equal(journal.get(String(count - expected.length)), undefined, 'cleared entries are gone');
        },
      ),
      { numRuns: 40 },
    );
  });

  test('finds the entries of an authorization, as long as it has them', () => {
    const journal = new Journal();
    for (const authorizationId of ['a', 'b', 'a']) journal.add(callFacts({ authorizationId }));
    const idsOf = (authorizationId: string) => journal.entriesOf(authorizationId).map(({ id }) => id);
    assert.deepEqual([journal.authorizationIds(), idsOf('a'), idsOf('b'), idsOf('c')], [['b', 'a'], ['1', '3'], ['2'], []]);
    for (let count = 0; count < 1999; count++) journal.add(callFacts());
    assert.deepEqual([journal.authorizationIds(), idsOf('a'), idsOf('b')], [['a'], ['3'], []]);
    journal.clear();
    assert.deepEqual([journal.authorizationIds(), idsOf('a')], [[], []]);
  });

  test('filters by each given field', () => {
    const journal = new Journal();
    journal.add(callFacts({ operation: 'applyToken', resultCode: 'SUCCESS', clientId: 'c1', at: 10 }));
    journal.add(callFacts({ operation: 'applyToken', resultCode: 'USED_AUTHCODE', clientId: 'c2', userId: 'u1', at: 20 }));
    journal.add(callFacts({ kind: 'jsapi', operation: 'getAuthCode', appId: 'a1', at: 30 }));
    const ids = (filter: Parameters<Journal['list']>[0], limit?: number) => journal.list(filter, limit).map(({ id }) => id);
    assert.deepEqual(ids({ operation: 'applyToken' }), ['2', '1']);
    assert.deepEqual(ids({ operation: 'applyToken', clientId: 'c1' }), ['1']);
    assert.deepEqual(ids({ resultCode: 'USED_AUTHCODE', userId: 'u1' }), ['2']);
    assert.deepEqual(ids({ kind: 'jsapi', appId: 'a1' }), ['3']);
    assert.deepEqual(ids({ since: 20 }), ['3', '2']);
    assert.deepEqual(ids({ status: 404 }), []);
    assert.deepEqual(ids({}, 2), ['3', '2']);
    assert.deepEqual(ids({}, 0), []);
  });
});

describe('a wait', () => {
  test('ends at once if enough entries match already', async () => {
    const journal = new Journal();
    for (let index = 0; index < 3; index++) journal.add(callFacts({ clientId: 'c1' }));
    const waited = await journal.wait({ clientId: 'c1' }, 2, never);
    assert.deepEqual('entries' in waited && waited.entries.map(({ id }) => id), ['3', '2']);
  });

  test('ends when the last matching entry is added, and not for other entries', async () => {
    const journal = new Journal();
    const waiting = journal.wait({ clientId: 'c1' }, 2, never);
    let done = false;
    void waiting.then(() => (done = true));
    journal.add(callFacts({ clientId: 'c1' }));
    journal.add(callFacts({ clientId: 'c2' }));
    await Promise.resolve();
    assert.ok(!done);
    journal.add(callFacts({ clientId: 'c1' }));
    const waited = await waiting;
    assert.deepEqual('entries' in waited && waited.entries.map(({ id }) => id), ['3', '1']);
  });

  test('gives the nearest entries when it times out', async () => {
    const journal = new Journal();
    journal.add(callFacts({ operation: 'revoke', clientId: 'c2', resultCode: 'X' }));
    journal.add(callFacts({ operation: 'applyToken', clientId: 'c2', resultCode: 'SUCCESS' }));
    journal.add(callFacts({ operation: 'applyToken', clientId: 'c1', resultCode: 'USED_AUTHCODE' }));
    for (let index = 0; index < 3; index++) journal.add(callFacts({ operation: 'revoke' }));
    const waited = await journal.wait({ operation: 'applyToken', clientId: 'c1', resultCode: 'SUCCESS' }, 1, 0);
    assert.deepEqual('nearest' in waited && waited.nearest.map(({ id }) => id).slice(0, 2), ['3', '2']);
    assert.equal('nearest' in waited && waited.nearest.length, 3);
    assert.deepEqual(await new Journal().wait({}, 1, 0), { nearest: [] });
  });

  test('ends when its signal is aborted, before or during the wait', async () => {
    for (const early of [true, false]) {
      const [journal, controller] = [new Journal(), new AbortController()];
      if (early) controller.abort();
      const waiting = journal.wait({}, 1, never, controller.signal);
      controller.abort();
      assert.deepEqual(await waiting, { nearest: [] });
    }
  });
});

test('a listener gets each entry until it is removed', () => {
  const journal = new Journal();
  const received: string[] = [];
  const stop = journal.listen(({ id }) => received.push(id));
  journal.add(callFacts());
  journal.clear();
  journal.add(callFacts());
  stop();
  journal.add(callFacts());
  assert.deepEqual(received, ['1', '2']);
});

test('an entry is found by a text in its path, operation, codes, reason or bodies, whatever the case', () => {
  const journal = new Journal();
  journal.add(callFacts({ path: '/v2/authorizations/applyToken', operation: 'applyToken', resultCode: 'USED_AUTHCODE' }));
  journal.add(callFacts({ reason: text('scope-silent', { scope: '(all of it)' }), findings: ['auth-code-reused'] }));
  journal.add(callFacts({ request: { headers: {}, body: '{"a":"lucía"}' }, response: { headers: {}, body: '{"b":1}' } }));
  const ids = (q: string) => journal.list({ q }).map(({ id }) => id);
  for (const q of ['AUTHORIZATIONS', 'applytoken', 'used_auth', ' USED_AUTHCODE ']) assert.deepEqual(ids(q), ['1'], q);
  for (const q of ['it) IS silent', 'se concede sin preguntar', 'auth-code-reused']) assert.deepEqual(ids(q), ['2'], q);
  for (const q of ['LUCÍA', '"b":1']) assert.deepEqual(ids(q), ['3'], q);
  assert.deepEqual(ids('nothing like it'), []);
  assert.deepEqual(ids('.*'), [], 'the text is no pattern');
  assert.deepEqual(ids(' '), ['3', '2', '1'], 'an empty text finds everything');
});

test('a finding is found also if only later calls tell it', () => {
  const journal = new Journal();
  const consented = { clientId: 'c', userId: 'u', consented: ['USER_NAME'] };
  journal.add(callFacts({ ...consented, userId: 'other' }));
  journal.add(callFacts(consented));
  const ids = () => journal.list({ finding: 'scope-never-used' }).map(({ id }) => id);
  assert.deepEqual(ids(), ['2', '1']);
  journal.add(callFacts({ clientId: 'c', userId: 'u', used: ['USER_NAME'] }));
  assert.deepEqual(ids(), ['1']);
  journal.add(callFacts({ findings: ['auth-code-kept'] }));
  assert.deepEqual(
    journal.list({ finding: 'auth-code-kept' }).map(({ id }) => id),
    ['4'],
  );
});

test('journals with one sequence of ids find their entries, and list those before and after an id', () => {
  const nextId = sequence();
  const [one, other] = [new Journal({ nextId }), new Journal({ nextId })];
  for (let times = 0; times < 5; times++) {
    one.add(callFacts());
    other.add(callFacts());
  }
  const ids = (...of: Parameters<Journal['list']>) => one.list(...of).map(({ id }) => id);
  assert.deepEqual(ids(), ['9', '7', '5', '3', '1']);
  assert.deepEqual(ids({}, 2, { before: 7 }), ['5', '3']);
  assert.deepEqual(ids({}, undefined, { after: 5 }), ['9', '7']);
  assert.equal(one.get('7')?.id, '7');
  assert.equal(one.get('6'), undefined);
  assert.equal(other.get('6')?.id, '6');
});
