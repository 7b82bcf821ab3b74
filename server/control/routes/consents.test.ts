import assert from 'node:assert/strict';
import test from 'node:test';
import { aurora, emulatorForFile, faro, users } from '../../testing/emulator.js';
import { Tester } from '../../testing/tester.js';

const emulator = await emulatorForFile();
const consentId = `${users.lucia}.${aurora.appId}`;

test('a consent is added, read, changed and withdrawn', async () => {
  const tester = new Tester(emulator);
  await tester.put('/clock', { now: '2030-01-01T00:00:00Z', frozen: true });
  const at = '2030-01-01T00:00:00.000Z';
  const made = await tester.post('/consents', {
    userId: users.lucia,
    appId: aurora.appId,
    scopes: ['USER_NAME', 'USER_AVATAR', 'USER_NAME'],
  });
  const consent = { consentId, userId: users.lucia, ...aurora, scopes: { USER_NAME: at, USER_AVATAR: at } };
  assert.deepEqual([made.status, made.body], [201, consent]);
  assert.deepEqual((await tester.get('/consents')).body, { consents: [consent] });
  assert.deepEqual((await tester.get(`/consents/${consentId}`)).body, consent);
  await tester.post('/clock/advance', { by: 1 });
  const changed = { ...consent, scopes: { USER_AVATAR: at, USER_GENDER: '2030-01-01T00:00:01.000Z' } };
  assert.deepEqual((await tester.patch(`/consents/${consentId}`, { scopes: ['USER_GENDER', 'USER_AVATAR'] })).body, changed);
  assert.deepEqual((await tester.patch(`/consents/${consentId}`, {})).body, changed);
  const merge = { USER_AVATAR: null, USER_GENDER: '2029-12-31T23:00:00Z', USER_NAME: '2030-01-01T01:00:00+01:00', NO_SUCH: null };
  const merged = { ...consent, scopes: { USER_GENDER: '2029-12-31T23:00:00.000Z', USER_NAME: at } };
  assert.deepEqual((await tester.patch(`/consents/${consentId}`, { scopes: merge })).body, merged);
  assert.equal((await tester.delete(`/consents/${consentId}`)).status, 204);
  assert.deepEqual((await tester.get('/consents')).body, { consents: [] });
  for (const method of ['GET', 'DELETE', 'PATCH'])
    await tester.refused(404, /^consentId: no consent/, method, `/consents/${consentId}`, method === 'PATCH' ? {} : undefined);
});

test('a consent without a mini program belongs to the client; an authorization is remembered as a consent', async () => {
  const tester = new Tester(emulator);
  const { body } = await tester.post('/consents', { userId: users.lucia, clientId: aurora.clientId, scopes: ['USER_NAME'] });
  assert.equal(body.consentId, `${users.lucia}.${aurora.clientId}`);
  assert.equal(body.appId, undefined);
  await tester.post('/auth-codes', { ...aurora, userId: users.lucia, scopes: ['USER_GENDER'] });
  assert.deepEqual(Object.keys((await tester.get(`/consents/${consentId}`)).body.scopes), ['USER_GENDER']);
  await tester.post('/users', { userId: 'a.b', name: 'Dots' });
  const dotted = await tester.post('/consents', { userId: 'a.b', ...aurora, scopes: ['USER_NAME'] });
  assert.equal((await tester.get(`/consents/${dotted.body.consentId}`)).body.userId, 'a.b');
});

test('withdrawing a consent revokes its tokens and no others', async () => {
  const tester = new Tester(emulator);
  const world = tester.world;
  await tester.post('/consents', { userId: users.lucia, appId: aurora.appId, scopes: ['USER_NAME'] });
  const { accessToken } = (await tester.post('/tokens', { ...aurora, userId: users.lucia, scopes: ['USER_NAME'] })).body;
  await tester.post('/tokens', { ...aurora, userId: users.tomas, scopes: ['USER_NAME'] });
  await tester.post('/tokens', { ...faro, userId: users.lucia, scopes: ['USER_NAME'] });
  await tester.delete(`/consents/${consentId}`);
  assert.match((await world.userInfo(accessToken)).message, /revoked at .* by the user, who withdrew the consent/);
  const revoked = (await tester.get('/tokens')).body.tokens.filter(({ status }: { status: string }) => status === 'REVOKED');
  assert.equal(revoked.length, 1);
});

test('an error names the field and changes nothing', async () => {
  const tester = new Tester(emulator);
  const good = { userId: users.lucia, appId: aurora.appId, scopes: ['USER_NAME'] };
  const wrong: [object, RegExp][] = [
    [{ ...good, userId: 'nobody' }, /^userId: /],
    [{ ...good, appId: 'nothing' }, /^appId: /],
    [{ ...good, appId: undefined }, /^appId: .*missing/],
    [{ ...good, appId: undefined, clientId: 'nobody' }, /^clientId: /],
    [
      { ...good, clientId: faro.clientId },
      new RegExp(`^clientId: the mini program \\d+ belongs to the client ${aurora.clientId}`),
    ],
    [{ ...good, scopes: ['NO_SUCH'] }, /^scopes: the wallet platform-v2 has no scope "NO_SUCH"; it has: auth_base/],
    [{ ...good, scopes: [] }, /^scopes: /],
    [{ ...good, scopes: 'USER_NAME' }, /^scopes: /],
    [{ ...good, grantedAt: 1 }, /^unknown field "grantedAt"/],
  ];
  for (const [body, names] of wrong) await tester.refused(400, names, 'POST', '/consents', body, '/consents');
  await tester.post('/consents', good);
  await tester.refused(409, /^userId: the consent .* already exists/, 'POST', '/consents', good, '/consents');
  await tester.refused(400, /^scopes: /, 'PATCH', `/consents/${consentId}`, { scopes: [] }, '/consents');
  await tester.refused(400, /^scopes: /, 'PATCH', `/consents/${consentId}`, { scopes: ['USER_NAME', 'NO_SUCH'] }, '/consents');
  for (const [scopes, names] of [
    [{ USER_NAME: null }, /^scopes: no scope would remain/],
    [{ USER_NAME: '2030-02-30T00:00:00Z' }, /^scopes\.USER_NAME: /],
    [{ NO_SUCH: '2030-01-01T00:00:00Z' }, /^scopes: the wallet platform-v2 has no scope "NO_SUCH"/],
    [{ USER_NAME: 5 }, /^scopes/],
  ] as const)
    await tester.refused(400, names, 'PATCH', `/consents/${consentId}`, { scopes }, '/consents');
  await tester.refused(400, /^unknown field "userId"/, 'PATCH', `/consents/${consentId}`, { userId: users.tomas }, '/consents');
  for (const id of ['x', '.', 'a.b', users.lucia]) assert.equal((await tester.get(`/consents/${id}`)).status, 404);
});
