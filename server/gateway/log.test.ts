import assert from 'node:assert/strict';
import { test } from 'node:test';
import { pino } from 'pino';
import { readOptions } from '../emulator/config.js';
import { openEmulator } from '../emulator/emulator.js';
import { aurora, World } from '../testing/emulator.js';

/** What the log says of calls that carry a live token where none belongs, and where one does. */
async function logged(showSecrets: boolean) {
  const lines: string[] = [];
  const log = pino({ level: 'info' }, { write: (line: string) => lines.push(line) });
  const emulator = await openEmulator({ ...readOptions({ port: 0 }), showSecrets }, log);
  const world = new World(emulator.url, emulator.tenants.default);
  const { accessToken } = await world.tokens();
  const authCode = await world.code();
  await world.aurora.call(`/v2/users/${accessToken}`, {});
  await world.aurora.call('/v2/authorizations/applyToken', { grantType: authCode, appId: aurora.appId });
  await world.userInfo(accessToken);
  await emulator.close();
  const text = lines.join('');
  assert.match(text, /no operation at \/v2\/users\//);
  return { accessToken: text.includes(accessToken), authCode: text.includes(authCode) };
}

test('the log has no code or token whole, wherever a call put it', async () => {
  assert.deepEqual(await logged(false), { accessToken: false, authCode: false });
});

test('with --show-secrets it has', async () => {
  assert.deepEqual(await logged(true), { accessToken: true, authCode: true });
});
