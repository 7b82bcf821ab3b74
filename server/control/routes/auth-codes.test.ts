import assert from 'node:assert/strict';
import test from 'node:test';
import { aurora, emulatorForFile, faro, users } from '../../testing/emulator.js';
import { Tester } from '../../testing/tester.js';

const emulator = await emulatorForFile();

test('an authCode issued without a browser can be exchanged', async () => {
  const tester = new Tester(emulator);
  await tester.put('/clock', { now: '2030-01-01T00:00:00+02:00', frozen: true });
  const { status, body } = await tester.post('/auth-codes', {
    ...aurora,
    userId: users.tomas,
    scopes: ['USER_ID', 'USER_NAME', 'USER_ID'],
  });
  assert.equal(status, 201);
  assert.deepEqual(
    { ...body, authCode: '' },
    { authCode: '', authSuccessScopes: ['USER_ID', 'USER_NAME'], authErrorScopes: {}, expiryTime: '2030-01-01T22:00:00.000Z' },
  );
  const { aurora: merchant } = tester.world;
  const exchanged = await merchant.call('/v2/authorizations/applyToken', {
    grantType: 'AUTHORIZATION_CODE',
    authCode: body.authCode,
  });
  assert.equal(exchanged.body.customerId, users.tomas);
});

test('defaults: the user who is logged in and the first mini program; scopes may be a string', async () => {
  const tester = new Tester(emulator);
  await tester.put('/settings', { user: users.owen });
  const { body } = await tester.post('/auth-codes', {
    clientId: aurora.clientId,
    scopes: 'USER_ID, USER_NAME',
    lifetime: 'PT1M',
  });
  const code = await emulator.tenants.get(tester.tenant).store.findAuthCode(body.authCode);
  assert.deepEqual([code?.userId, code?.appId, code?.scopes], [users.owen, aurora.appId, ['USER_ID', 'USER_NAME']]);
  assert.equal((code?.expiresAt ?? 0) - (code?.issuedAt ?? 0), 60_000);
  await tester.post('/clients', { clientId: 'lonely', name: 'No mini program' });
  assert.equal((await tester.post('/auth-codes', { clientId: 'lonely', scopes: ['USER_ID'], lifetime: 0 })).status, 201);
});

test('a user who would be asked agrees, and a user who refuses refuses', async () => {
  const tester = new Tester(emulator);
  const ask = async (userId: string, scopes: string[]) => {
    const { authCode, authSuccessScopes, authErrorScopes, error } = (
      await tester.post('/auth-codes', { ...aurora, userId, scopes })
    ).body;
    return [authCode !== undefined, authSuccessScopes, authErrorScopes, error];
  };
  assert.deepEqual(await ask(users.lucia, ['USER_NAME']), [true, ['USER_NAME'], {}, undefined]);
  assert.deepEqual(await ask(users.harriet, ['USER_NAME']), [false, [], { USER_NAME: '10001' }, 11]);
  assert.deepEqual(await ask(users.harriet, ['USER_ID', 'USER_NAME']), [true, ['USER_ID'], { USER_NAME: '10001' }, undefined]);
  assert.deepEqual(await ask(users.marisol, ['USER_NAME', 'USER_GENDER']), [
    true,
    ['USER_GENDER'],
    { USER_NAME: '10001' },
    undefined,
  ]);
  assert.deepEqual(await ask(users.tomas, ['USER_ID', 'NO_SUCH']), [true, ['USER_ID'], { NO_SUCH: '40006' }, undefined]);
  assert.deepEqual(await ask(users.tomas, ['NO_SUCH']), [false, [], { NO_SUCH: '40006' }, 4]);
  await tester.patch(`/clients/${aurora.clientId}`, { scopes: ['USER_ID'] });
  assert.deepEqual(await ask(users.tomas, ['USER_ID', 'USER_GENDER']), [true, ['USER_ID'], { USER_GENDER: '40006' }, undefined]);
});

test('the behaviour overrides the setting, and both override a remembered consent', async () => {
  const tester = new Tester(emulator);
  const granted = async (userId: string) =>
    (await tester.post('/auth-codes', { ...aurora, userId, scopes: ['USER_NAME'] })).body.authSuccessScopes;
  assert.deepEqual(await granted(users.lucia), ['USER_NAME']);
  await tester.put('/settings', { consent: 'deny' });
  assert.deepEqual(await granted(users.lucia), []);
  assert.deepEqual(await granted(users.tomas), ['USER_NAME']);
  await tester.put('/settings', { consent: 'grant' });
  await tester.patch(`/users/${users.lucia}`, { behaviour: { denyScopes: ['USER_NAME'] } });
  assert.deepEqual(await granted(users.lucia), []);
});

test('an error names the field', async () => {
  const tester = new Tester(emulator);
  const good = { clientId: aurora.clientId, scopes: ['USER_ID'] };
  const wrong: [unknown, RegExp][] = [
    [{ scopes: ['USER_ID'] }, /^clientId: .*missing/],
    [{ clientId: aurora.clientId }, /^scopes: .*missing/],
    [{ ...good, clientId: 5 }, /^clientId: expected a string/],
    [{ ...good, clientId: 'nobody' }, /^clientId: no client "nobody"; known: 2020/],
    [{ ...good, appId: 'nothing' }, /^appId: no mini program "nothing"; known: 3333/],
    [{ ...good, appId: faro.appId }, /^appId: the mini program \d+ belongs to the client/],
    [{ ...good, userId: 'nobody' }, /^userId: no user "nobody"; known: 1000/],
    [{ ...good, scopes: [] }, /^scopes: /],
    [{ ...good, scopes: '' }, /^scopes: /],
    [{ ...good, scopes: ' ,' }, /^scopes: /],
    [{ ...good, scopes: [5] }, /^scopes/],
    [{ ...good, scopes: { USER_ID: true } }, /^scopes: /],
    [{ ...good, lifetime: '5' }, /^lifetime: expected an ISO 8601 duration/],
    [{ ...good, lifetime: 'P1M' }, /^lifetime: expected an ISO 8601 duration/],
    [{ ...good, lifetime: 1e300 }, /^lifetime: expected an ISO 8601 duration/],
    [{ ...good, lifetime: -1 }, /^lifetime: expected/],
    [{ ...good, extra: 1 }, /^unknown field "extra"/],
  ];
  for (const [body, names] of wrong) await tester.refused(400, names, 'POST', '/auth-codes', body, '/consents');
});
