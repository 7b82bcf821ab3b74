import assert from 'node:assert/strict';
import { test } from 'node:test';
import { pino } from 'pino';
import { readOptions } from '../emulator/config.js';
import { openEmulator } from '../emulator/emulator.js';
import { presentEntry } from '../journal/present.js';
import { aurora, World } from '../testing/emulator.js';

/** Returns true if the log contains a code and a token. The calls have them in the wrong place and in the right one. */
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
  // A merchant that mixes up its tenants sends the token in a wrong field, too.
  const elsewhere = new World(emulator.url, emulator.tenants.get('elsewhere'));
  await elsewhere.aurora.call('/v2/users/inquiryUserInfo', { accessToken: 'x', extendInfo: accessToken, appId: authCode });
  const journal = JSON.stringify(
    elsewhere.tenant.journal.list().map((entry) => presentEntry(entry, elsewhere.tenant, showSecrets)),
  );
  await emulator.close();
  const text = lines.join('') + journal;
  assert.match(text, /no operation at \/v2\/users\//);
  return { accessToken: text.includes(accessToken), authCode: text.includes(authCode) };
}

test('the log shortens every code and token, in any part of a call', async () => {
  assert.deepEqual(await logged(false), { accessToken: false, authCode: false });
});

test('a call’s line that the log does not show is not written', async () => {
  const log = pino({ level: 'warn' });
  const written: unknown[] = [];
  // Fastify makes a log for each request with `child`.
  log.child = () => Object.assign(Object.create(log), { info: (facts: unknown) => written.push(facts) });
  const emulator = await openEmulator(readOptions({ port: 0 }), log);
  await new World(emulator.url, emulator.tenants.default).tokens();
  await emulator.close();
  assert.deepEqual(written, [`listening at ${emulator.url}`]);
});

test('with --show-secrets the log has whole codes and tokens', async () => {
  assert.deepEqual(await logged(true), { accessToken: true, authCode: true });
});
