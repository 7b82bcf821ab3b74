import assert from 'node:assert/strict';
import { test } from 'node:test';
import { soak } from '../../dist/testing/soak/soak.js';

test('a short soak keeps every promise, and holds no more after it than before', async (context) => {
  const { tally, rounds, seconds } = await soak({ seconds: 12, seed: 1, emulators: [[]] });
  context.diagnostic(`${tally.count('checks')} checks in ${rounds.length} rounds and ${seconds.toFixed(0)} s`);
  assert.deepEqual(tally.violations, []);
  for (const kind of ['tenant lives', 'notified lives', 'races', 'followers that do not read', 'clients that hang up'])
    assert.ok(tally.count(kind) > 0, kind);
});
