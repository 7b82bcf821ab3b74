import assert from 'node:assert/strict';
import { test } from 'node:test';
import { aurora, emulatorForFile, minutes, newWorld, users } from '../../testing/emulator.js';
import { Tester } from '../../testing/tester.js';

const emulator = await emulatorForFile();

function start() {
  const world = newWorld(emulator);
  world.tenant.clock.freeze();
  const control = new Tester(emulator, world.tenant.name);
  return { world, inspect: async (token: string) => (await control.post('/tokens/inspect', { token })).body, control };
}

test('a code is active until it is exchanged', async () => {
  const { world, inspect } = start();
  const authCode = await world.code();
  const found = await inspect(authCode);
  const { kind, active, clientId, appId, userId, scopes } = found;
  assert.deepEqual(
    { kind, active, clientId, appId, userId, scopes },
    { kind: 'authCode', active: true, ...aurora, userId: users.tomas, scopes: ['USER_ID'] },
  );
  await world.aurora.call('/v2/authorizations/applyToken', { grantType: 'AUTHORIZATION_CODE', authCode });
  const used = await inspect(authCode);
  assert.deepEqual([used.active, used.usedAt], [false, found.issuedAt]);
});

test('tokens belong to the authorization of their code, and end when it is revoked', async () => {
  const { world, inspect } = start();
  const { accessToken, refreshToken } = await world.tokens();
  const [access, refresh] = [await inspect(accessToken), await inspect(refreshToken)];
  assert.deepEqual([access.kind, refresh.kind, access.active, refresh.active], ['accessToken', 'refreshToken', true, true]);
  assert.equal(access.authorizationId, refresh.authorizationId);
  await world.revoke(accessToken);
  assert.deepEqual([(await inspect(refreshToken)).active, (await inspect(refreshToken)).revokedAt], [false, access.issuedAt]);
});

test('a token is not active after its expiry, nor a refresh token after its use', async () => {
  const { world, inspect } = start();
  const { accessToken, refreshToken } = await world.tokens({ lifetimes: { accessToken: minutes(5) } });
  await world.refresh(refreshToken);
  assert.equal((await inspect(refreshToken)).active, false);
  assert.equal((await inspect(accessToken)).active, true);
  world.tenant.clock.advance(minutes(5));
  assert.equal((await inspect(accessToken)).active, false);
});

test('an unknown or shortened token gets 404, and the journal has no entry for it', async () => {
  const { control } = start();
  await control.refused(404, /Send it whole/, 'POST', '/tokens/inspect', { token: '281011…0000' });
  await control.refused(400, /^token/, 'POST', '/tokens/inspect', {});
  assert.deepEqual((await control.get('/journal')).body.entries, []);
});
