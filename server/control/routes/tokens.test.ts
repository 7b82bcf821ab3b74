import assert from 'node:assert/strict';
import test from 'node:test';
import { aurora, emulatorForFile, faro, users } from '../../testing/emulator.js';
import { Tester } from '../../testing/tester.js';

const emulator = await emulatorForFile();
const tomas = { ...aurora, userId: users.tomas, scopes: ['USER_ID', 'USER_NAME'] };

test('tokens issued without an authCode work, and are listed whole, newest first', async () => {
  const tester = new Tester(emulator);
  await tester.put('/clock', { now: '2030-01-01T00:00:00Z', frozen: true });
  const first = await tester.post('/tokens', tomas);
  assert.equal(first.status, 201);
  assert.deepEqual(Object.keys(first.body), [
    'accessToken',
    'accessTokenExpiryTime',
    'refreshToken',
    'refreshTokenExpiryTime',
    'customerId',
  ]);
  assert.deepEqual(
    [first.body.accessTokenExpiryTime, first.body.refreshTokenExpiryTime, first.body.customerId],
    ['2030-01-01T02:00:00.000Z', '2030-01-31T00:00:00.000Z', users.tomas],
  );
  assert.equal((await tester.world.userInfo(first.body.accessToken)).code, 'SUCCESS');

  await tester.post('/clock/advance', { by: 1 });
  const second = await tester.post('/tokens', {
    clientId: faro.clientId,
    userId: users.owen,
    scopes: ['USER_ID'],
    lifetimes: { accessToken: 'PT1M', refreshToken: 90 },
  });
  assert.deepEqual(
    [second.body.accessTokenExpiryTime, second.body.refreshTokenExpiryTime],
    ['2030-01-01T00:01:01.000Z', '2030-01-01T00:01:31.000Z'],
  );
  await tester.post('/clock/advance', { by: 'PT1M' });
  const { tokens } = (await tester.get('/tokens')).body;
  assert.deepEqual(tokens, [
    {
      ...second.body,
      clientId: faro.clientId,
      appId: faro.appId,
      userId: users.owen,
      scopes: ['USER_ID'],
      issuedAt: '2030-01-01T00:00:01.000Z',
      status: 'EXPIRED',
    },
    { ...first.body, ...tomas, issuedAt: '2030-01-01T00:00:00.000Z', status: 'ACTIVE' },
  ]);
  assert.equal((await tester.get(`/tokens?clientId=${faro.clientId}`)).body.tokens.length, 1);
  assert.equal((await tester.get(`/tokens?userId=${users.tomas}&clientId=`)).body.tokens.length, 1);
  assert.deepEqual((await tester.get('/tokens?limit=1')).body.tokens, tokens.slice(0, 1));
});

test('a single token expires without the others', async () => {
  const tester = new Tester(emulator);
  const world = tester.world;
  const { accessToken, refreshToken } = (await tester.post('/tokens', tomas)).body;
  assert.deepEqual((await tester.post('/tokens/expire', { accessToken })).body, { count: 1 });
  assert.deepEqual((await tester.post('/tokens/expire', { accessToken })).body, { count: 0 });
  assert.equal((await world.userInfo(accessToken)).code, 'EXPIRED_ACCESS_TOKEN');
  assert.equal((await tester.get('/tokens')).body.tokens[0].status, 'EXPIRED');
  const refreshed = await world.refresh(refreshToken);
  assert.equal(refreshed.code, 'SUCCESS');
  assert.deepEqual((await tester.post('/tokens/expire', { refreshToken })).body, { count: 0 });
  assert.deepEqual((await tester.post('/tokens/expire', { refreshToken: refreshed.body.refreshToken })).body, { count: 1 });
  assert.equal((await world.refresh(refreshed.body.refreshToken)).code, 'EXPIRED_REFRESH_TOKEN');
});

test('all tokens of a client, of a user, or of both expire, including tokens replaced by a refresh', async () => {
  const tester = new Tester(emulator);
  const world = tester.world;
  const first = (await tester.post('/tokens', tomas)).body;
  const refreshed = await world.refresh(first.refreshToken);
  await tester.post('/tokens', { ...tomas, userId: users.owen });
  await tester.post('/tokens', { ...tomas, ...faro });
  assert.deepEqual((await tester.post('/tokens/expire', { clientId: aurora.clientId, userId: users.tomas })).body, { count: 1 });
  for (const { accessToken } of [first, refreshed.body])
    assert.equal((await world.userInfo(accessToken)).code, 'EXPIRED_ACCESS_TOKEN');
  assert.deepEqual((await tester.post('/tokens/expire', { userId: users.tomas })).body, { count: 1 });
  assert.deepEqual((await tester.post('/tokens/expire', { clientId: aurora.clientId })).body, { count: 1 });
  assert.deepEqual((await tester.post('/tokens/expire', { clientId: aurora.clientId })).body, { count: 0 });
});

test('revoking a token revokes all tokens of its authorization and forgets the consent', async () => {
  const tester = new Tester(emulator);
  const world = tester.world;
  await tester.post('/consents', { userId: users.tomas, appId: aurora.appId, scopes: ['USER_NAME', 'USER_GENDER'] });
  const issue = async (changes = {}) => (await tester.post('/tokens', { ...tomas, ...changes })).body;
  const [one, two] = [await issue(), await issue()];
  const next = (await world.refresh(one.refreshToken)).body;
  assert.deepEqual((await tester.post('/tokens/revoke', { accessToken: one.accessToken })).body, { count: 1 });
  assert.deepEqual((await tester.post('/tokens/revoke', { accessToken: next.accessToken })).body, { count: 0 });
  const used = await world.userInfo(next.accessToken);
  assert.match(used.message, /revoked at .* by a tester/);
  assert.deepEqual(Object.keys((await tester.get(`/consents/${users.tomas}.${aurora.appId}`)).body.scopes), ['USER_GENDER']);
  assert.deepEqual((await tester.post('/tokens/revoke', { refreshToken: two.refreshToken })).body, { count: 1 });
  await issue();
  await issue({ userId: users.owen });
  assert.deepEqual((await tester.post('/tokens/revoke', { clientId: aurora.clientId, userId: users.owen })).body, { count: 1 });
  assert.deepEqual((await tester.post('/tokens/revoke', { clientId: aurora.clientId })).body, { count: 1 });
  assert.deepEqual(
    new Set((await tester.get('/tokens')).body.tokens.map(({ status }: { status: string }) => status)),
    new Set(['REVOKED']),
  );
  assert.deepEqual((await tester.post('/tokens/expire', { clientId: aurora.clientId })).body, { count: 0 });
});

test('an unknown token counts as 0, and the body must name tokens in exactly one way', async () => {
  const tester = new Tester(emulator);
  for (const path of ['/tokens/expire', '/tokens/revoke']) {
    for (const body of [
      { accessToken: 'nope' },
      { refreshToken: 'nope' },
      { clientId: 'nope' },
      { userId: 'nope', clientId: 'nope' },
    ]) {
      assert.deepEqual((await tester.post(path, body)).body, { count: 0 });
    }
    for (const body of [
      {},
      { accessToken: 'a', refreshToken: 'b' },
      { accessToken: 'a', clientId: 'b' },
      { refreshToken: 'a', userId: 'b' },
    ]) {
      await tester.refused(400, /^accessToken, refreshToken, clientId, userId: send an accessToken/, 'POST', path, body);
    }
    await tester.refused(400, /^accessToken: expected a string/, 'POST', path, { accessToken: 5 });
    await tester.refused(400, /^accessToken: expected/, 'POST', path, { accessToken: '' });
    await tester.refused(400, /^unknown field "token"/, 'POST', path, { token: 'a' });
  }
});

test('an error in the body or the query names the field', async () => {
  const tester = new Tester(emulator);
  const wrong: [unknown, RegExp][] = [
    [{ ...tomas, userId: undefined }, /^userId: .*missing/],
    [{ ...tomas, userId: 'nobody' }, /^userId: /],
    [{ ...tomas, clientId: 'nobody' }, /^clientId: /],
    [{ ...tomas, appId: faro.appId }, /^appId: /],
    [{ ...tomas, scopes: 'USER_ID' }, /^scopes: expected a list/],
    [{ ...tomas, scopes: ['__proto__'] }, /^scopes: the wallet platform-v2 has no scope "__proto__"/],
    [{ ...tomas, lifetimes: { accessToken: 'P1M' } }, /^lifetimes\.accessToken: /],
    [{ ...tomas, lifetimes: { idToken: 1 } }, /^lifetimes: unknown field "idToken"/],
    [{ ...tomas, grant: 1 }, /^unknown field "grant"/],
  ];
  for (const [body, names] of wrong) await tester.refused(400, names, 'POST', '/tokens', body, '/tokens');
  for (const limit of ['0', '-1', '1.5', 'x', '1e3', '200001', '99999999999999999999'])
    await tester.refused(400, /^limit: /, 'GET', `/tokens?limit=${limit}`);
  await tester.refused(400, /^limit: given 2 times; give it once/, 'GET', '/tokens?limit=1&limit=2');
  await tester.refused(400, /^unknown field "colour"/, 'GET', '/tokens?colour=red');
});
