import assert from 'node:assert/strict';
import { test } from 'node:test';
import { aurora, emulatorForFile } from '../testing/emulator.js';

const { app, tenants } = await emulatorForFile();

test('tenants that pages of other origins make go before one that a test has used', { timeout: 60_000 }, async () => {
  const precious = { method: 'POST', url: '/t/precious/_emulator/auth-codes' } as const;
  const { authCode } = (await app.inject({ ...precious, payload: { clientId: aurora.clientId, scopes: ['USER_ID'] } })).json();
  for (let index = 0; index < 5050; index++) tenants.get(`page-${index}`, { byPage: true });
  assert.ok(await tenants.get('precious').store.findAuthCode(authCode));
});
