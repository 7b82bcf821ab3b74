import assert from 'node:assert/strict';
import test from 'node:test';
import { version } from '../../emulator/version.js';
import { emulatorForFile } from '../../testing/emulator.js';
import { Tester } from '../../testing/tester.js';

const emulator = await emulatorForFile();

test('health has the version, the wallet and the time', async () => {
  const { status, body, headers } = await new Tester(emulator).get('/health');
  assert.equal(status, 200);
  assert.deepEqual({ ...body, now: typeof body.now }, { status: 'ok', version, wallet: 'platform-v2', now: 'string' });
  assert.equal(headers['cache-control'], 'no-store');
  assert.equal(headers['x-content-type-options'], 'nosniff');
  assert.match(String(headers['content-security-policy']), /frame-ancestors 'none'/);
});
