import assert from 'node:assert/strict';
import test from 'node:test';
import { aurora, emulatorForFile, faro, users } from '../testing/emulator.js';
import { Tester } from '../testing/tester.js';

const emulator = await emulatorForFile();

const kinds = [
  {
    path: '/clients',
    list: 'clients',
    id: 'clientId',
    record: { clientId: 'c-1', name: 'One', scopes: ['USER_ID'], lifetimes: { authCode: 60, accessToken: 'PT5M' } },
  },
  {
    path: '/apps',
    list: 'apps',
    id: 'appId',
    record: { appId: 'a-1', name: 'One', clientId: aurora.clientId, lifetimes: undefined },
  },
  {
    path: '/users',
    list: 'users',
    id: 'userId',
    record: { userId: 'u-1', name: 'One', userName: { firstName: 'Ona', lastName: 'Uno' }, extra: { card: { last4: '1111' } } },
  },
];

for (const { path, list, id, record } of kinds) {
  const [name] = [(record as unknown as Record<string, string>)[id] as string];
  const stored = JSON.parse(JSON.stringify(record));

  test(`${path}: records are listed, added, read, changed and removed`, async () => {
    const tester = new Tester(emulator);
    const before = (await tester.get(path)).body[list];
    assert.ok(before.length >= 2);
    const added = await tester.post(path, record);
    assert.deepEqual([added.status, added.body], [201, stored]);
    assert.deepEqual((await tester.get(path)).body[list], [...before, stored]);
    assert.deepEqual((await tester.get(`${path}/${name}`)).body, stored);
    const changed = await tester.patch(`${path}/${name}`, { name: 'Two', [id]: name });
    assert.deepEqual([changed.status, changed.body], [200, { ...stored, name: 'Two' }]);
    assert.deepEqual((await tester.get(`${path}/${name}`)).body, { ...stored, name: 'Two' });
    assert.deepEqual((await tester.patch(`${path}/${name}`, {})).body, { ...stored, name: 'Two' });
    const removed = await tester.delete(`${path}/${name}`);
    assert.deepEqual([removed.status, removed.text], [204, '']);
    assert.deepEqual((await tester.get(path)).body[list], before);
    for (const method of ['GET', 'PATCH', 'DELETE'])
      await tester.refused(
        404,
        new RegExp(`^${id}: no .* ${name}$`),
        method,
        `${path}/${name}`,
        method === 'PATCH' ? {} : undefined,
      );
    assert.equal((await tester.post(path, record)).status, 201);
  });

  test(`${path}: an error names the field and changes nothing`, async () => {
    const tester = new Tester(emulator);
    await tester.post(path, record);
    await tester.refused(409, new RegExp(`^${id}: .*${name} already exists`), 'POST', path, record, path);
    const wrong: [Record<string, unknown>, RegExp][] = [
      [{ [id]: undefined }, new RegExp(`^${id}: .*missing`)],
      [{ name: undefined }, /^name: .*missing/],
      [{ name: 5 }, /^name: expected a string/],
      [{ [id]: 'a b' }, new RegExp(`^${id}: expected`)],
      [{ [id]: '' }, new RegExp(`^${id}: expected`)],
      [{ [id]: 'x'.repeat(129) }, new RegExp(`^${id}: expected`)],
      [{ colour: 'red' }, /^unknown field "colour"/],
    ];
    for (const [changes, names] of wrong)
      await tester.refused(400, names, 'POST', path, { ...record, [id]: 'new-one', ...changes }, path);
    await tester.refused(400, /^name: expected a string/, 'PATCH', `${path}/${name}`, { name: 5 }, path);
    await tester.refused(400, /^name: .*missing/, 'PATCH', `${path}/${name}`, { name: null }, path);
    await tester.refused(400, /^unknown field "colour"/, 'PATCH', `${path}/${name}`, { colour: null }, path);
    await tester.refused(
      400,
      new RegExp(`^${id}: an id cannot change; leave it out, or send ${name}`),
      'PATCH',
      `${path}/${name}`,
      { [id]: 'other' },
      path,
    );
    for (const body of ['[]', 'null', '5', ''])
      await tester.refused(400, /^the body: expected an object/, 'PATCH', `${path}/${name}`, body, path);
  });
}

test('a change merges objects, and null removes a field', async () => {
  const tester = new Tester(emulator);
  await tester.post('/users', {
    userId: 'u',
    name: 'U',
    userName: { firstName: 'A', lastName: 'B' },
    behaviour: { consent: 'deny' },
    extra: { a: { b: 1, c: 2 }, list: [1] },
  });
  const { body } = await tester.patch('/users/u', {
    userName: { firstName: 'C' },
    behaviour: null,
    extra: { a: { b: null }, list: [2, 3] },
  });
  assert.deepEqual(body, {
    userId: 'u',
    name: 'U',
    userName: { firstName: 'C', lastName: 'B' },
    extra: { a: { c: 2 }, list: [2, 3] },
  });
  await tester.refused(400, /^userName: unknown field "middle"/, 'PATCH', '/users/u', { userName: { middle: 'x' } }, '/users');
  await tester.refused(
    400,
    /^behaviour\.lifetimes\.accessToken: expected/,
    'PATCH',
    '/users/u',
    { behaviour: { lifetimes: { accessToken: 'P1M' } } },
    '/users',
  );
  await tester.refused(400, /^birthday: expected/, 'PATCH', '/users/u', { birthday: '1 May' }, '/users');
});

test('ids may contain special characters', async () => {
  const tester = new Tester(emulator);
  for (const userId of ['__proto__', 'constructor', 'a/b', 'ñandú', '%41', 'a.b', '..x']) {
    assert.equal((await tester.post('/users', { userId, name: 'X' })).status, 201, userId);
    assert.equal((await tester.get(`/users/${encodeURIComponent(userId)}`)).body.userId, userId);
    assert.equal((await tester.delete(`/users/${encodeURIComponent(userId)}`)).status, 204);
  }
});

test("a client's fields are validated; its key is PEM or bare Base64", async () => {
  const tester = new Tester(emulator);
  const { publicKey } = (await tester.get(`/clients/${faro.clientId}`)).body;
  for (const key of [publicKey, `-----BEGIN PUBLIC KEY-----\n${publicKey}\n-----END PUBLIC KEY-----`]) {
    assert.equal((await tester.patch(`/clients/${aurora.clientId}`, { publicKey: key })).body.publicKey, key);
  }
  for (const key of ['', 'x', 'MIIB', '-----BEGIN PUBLIC KEY-----'])
    await tester.refused(400, /^publicKey: expected/, 'PATCH', `/clients/${aurora.clientId}`, { publicKey: key }, '/clients');
  const wrong: [object, RegExp][] = [
    [{ status: 'DEAD' }, /^status: expected one of ACTIVE, SUSPENDED/],
    [{ scopes: 'USER_ID' }, /^scopes: /],
    [{ grantTypes: ['PASSWORD'] }, /^grantTypes\.0: /],
    [{ rateLimit: { max: '5', per: 1 } }, /^rateLimit\.max: /],
    [{ rateLimit: { max: 5, per: 'P1M' } }, /^rateLimit\.per: /],
    [{ notifyUrl: 'javascript:alert(1)' }, /^notifyUrl: /],
    [{ lifetimes: { authCode: 'x' } }, /^lifetimes\.authCode: /],
    [{ agentTokens: [{ token: 'x', expiryTime: '2030-99-99T00:00' }] }, /^agentTokens/],
  ];
  for (const [changes, names] of wrong) {
    await tester.refused(400, names, 'PATCH', `/clients/${aurora.clientId}`, { name: 'changed', ...changes }, '/clients');
    await tester.refused(400, names, 'POST', '/clients', { clientId: 'c', name: 'new', ...changes }, '/clients');
  }
});

test('changes of records take effect at once', async () => {
  const tester = new Tester(emulator);
  const world = tester.world;
  const { accessToken } = (await tester.post('/tokens', { ...aurora, userId: users.lucia, scopes: ['USER_NICKNAME'] })).body;
  await tester.patch(`/users/${users.lucia}`, { nickName: 'Lu' });
  assert.equal((await world.userInfo(accessToken)).body.userInfo.nickName, 'Lu');
  await tester.patch(`/clients/${aurora.clientId}`, { status: 'SUSPENDED' });
  assert.notEqual((await world.userInfo(accessToken)).code, 'SUCCESS');
});

test("an app's client must exist, and its origins must be valid", async () => {
  const tester = new Tester(emulator);
  await tester.refused(
    400,
    /^clientId: no client "nobody"; known: 2020/,
    'POST',
    '/apps',
    { appId: 'a', name: 'A', clientId: 'nobody' },
    '/apps',
  );
  await tester.refused(
    400,
    /^clientId: no client "nobody"; known: 2020/,
    'PATCH',
    `/apps/${aurora.appId}`,
    { clientId: 'nobody' },
    '/apps',
  );
  await tester.refused(
    400,
    /^callbackOrigins\.0: /,
    'PATCH',
    `/apps/${aurora.appId}`,
    { callbackOrigins: ['http://x/y'] },
    '/apps',
  );
});

test('removing a client removes its mini programs, codes, tokens and consents', async () => {
  const tester = new Tester(emulator);
  const record = (await tester.get(`/clients/${aurora.clientId}`)).body;
  const app = (await tester.get(`/apps/${aurora.appId}`)).body;
  const { authCode } = (await tester.post('/auth-codes', { ...aurora, userId: users.lucia, scopes: ['USER_NAME'] })).body;
  const { accessToken } = (await tester.post('/tokens', { ...aurora, userId: users.lucia, scopes: ['USER_NAME'] })).body;
  await tester.post('/tokens', { ...faro, userId: users.lucia, scopes: ['USER_NAME'] });
  await tester.delete(`/clients/${aurora.clientId}`);
  assert.equal((await tester.get(`/apps/${aurora.appId}`)).status, 404);
  assert.deepEqual((await tester.get('/consents')).body.consents, []);
  assert.deepEqual(
    (await tester.get('/tokens')).body.tokens.map(({ clientId }: { clientId: string }) => clientId),
    [faro.clientId],
  );
  await tester.post('/clients', record);
  await tester.post('/apps', app);
  const world = tester.world;
  assert.equal((await world.userInfo(accessToken)).code, 'INVALID_ACCESS_TOKEN');
  assert.equal(
    (await world.aurora.call('/v2/authorizations/applyToken', { grantType: 'AUTHORIZATION_CODE', authCode })).code,
    'INVALID_AUTHCODE',
  );
});

test('removing a user removes their tokens and consents, and logs in another user', async () => {
  const tester = new Tester(emulator);
  await tester.post('/tokens', { ...aurora, userId: users.lucia, scopes: ['USER_NAME'] });
  await tester.post('/consents', { userId: users.lucia, appId: aurora.appId, scopes: ['USER_NAME'] });
  await tester.delete(`/users/${users.lucia}`);
  assert.deepEqual((await tester.get('/tokens')).body.tokens, []);
  assert.deepEqual((await tester.get('/consents')).body.consents, []);
  assert.equal((await tester.get('/settings')).body.user, users.tomas);
  for (const { userId } of (await tester.get('/users')).body.users)
    assert.equal((await tester.delete(`/users/${userId}`)).status, 204);
  assert.equal((await tester.get('/settings')).status, 200);
  await tester.refused(400, /^userId: missing, and there are no users/, 'POST', '/auth-codes', {
    ...aurora,
    scopes: ['USER_ID'],
  });
});

test('removing a mini program revokes its tokens and deletes its consents', async () => {
  const tester = new Tester(emulator);
  await tester.post('/tokens', { ...aurora, userId: users.lucia, scopes: ['USER_NAME'] });
  await tester.post('/consents', { userId: users.lucia, appId: aurora.appId, scopes: ['USER_GENDER'] });
  await tester.delete(`/apps/${aurora.appId}`);
  assert.equal((await tester.get('/tokens')).body.tokens[0].status, 'REVOKED');
  assert.deepEqual((await tester.get('/consents')).body.consents, []);
});
