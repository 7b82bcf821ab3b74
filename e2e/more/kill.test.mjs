import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { killRounds } from '../../dist/testing/kill-rounds.js';

const data = mkdtempSync(join(tmpdir(), 'billetera-kill-'));
after(() => rmSync(data, { recursive: true, force: true }));

test('200 kills during load, resets, restores and page actions lose nothing, and bring nothing back', async (context) => {
  const checks = await killRounds(data, 200);
  context.diagnostic(`${checks} checks`);
  assert.ok(checks > 1000);
});
