import assert from 'node:assert/strict';
import { test } from 'node:test';
import { aurora, emulatorForFile } from '../testing/emulator.js';

const { app, tenants } = await emulatorForFile();

const call = (headers: Record<string, string>) =>
  app.inject({
    method: 'POST',
    url: '/v2/authorizations/applyToken',
    headers: { 'content-type': 'application/json', 'client-id': aurora.clientId, ...headers },
    payload: { grantType: 'AUTHORIZATION_CODE', authCode: 'x' },
  });

test('the OpenAPI refuses pages on other host names, and accepts servers and pages on the emulator’s', async () => {
  const rebound = await call({ host: 'evil.test:4010', origin: 'http://evil.test:4010' });
  assert.equal(rebound.json().result.resultCode, 'ACCESS_DENIED');
  assert.match(rebound.json().result.resultMessage, /--allow-host/);
  assert.equal((await call({ host: 'open.wallet.example' })).json().result.resultCode, 'INVALID_AUTHCODE');
  assert.equal(
    (await call({ host: 'localhost:4010', origin: 'http://localhost:3000' })).json().result.resultCode,
    'INVALID_AUTHCODE',
  );
});

test('a tenant that only pages of other origins call does not count as used by tests', async () => {
  const make = async (name: string, headers: Record<string, string>) => {
    await app.inject({
      method: 'POST',
      url: `/t/${name}/v2/x`,
      headers: { 'content-type': 'text/plain', ...headers },
      payload: '',
    });
    return tenants.isUsedByTests(name);
  };
  const foreign = { origin: 'http://evil.example', 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'no-cors' };
  assert.equal(await make('by-a-page', foreign), false);
  assert.equal(await make('by-a-server', {}), true);
  assert.equal(await make('by-a-server', foreign), true);
});
