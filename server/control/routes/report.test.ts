import assert from 'node:assert/strict';
import { test } from 'node:test';
import { emulatorForFile, users } from '../../testing/emulator.js';
import { Tester } from '../../testing/tester.js';

const emulator = await emulatorForFile({ showSecrets: true });

test('a report has the version, profile, settings, clock, scenarios, journal, findings and authorizations', async () => {
  const tester = new Tester(emulator);
  const { world } = tester;
  await tester.put('/clock', { now: '2030-01-01T00:00:00Z', frozen: true });
  await tester.post('/scenarios', { library: 'user-refuses' });
  const code = await world.code();
  const exchange = () => world.aurora.call('/v2/authorizations/applyToken', { grantType: 'AUTHORIZATION_CODE', authCode: code });
  await exchange();
  await exchange();
  const { body } = await tester.get('/report');
  assert.equal(body.report, 1);
  assert.equal(body.takenAt, '2030-01-01T00:00:00.000Z');
  assert.equal(body.tenant, tester.tenant);
  assert.equal(body.version, (await tester.get('/health')).body.version);
  for (const [field, path] of [
    ['profile', '/profile'],
    ['settings', '/settings'],
    ['clock', '/clock'],
  ] as const)
    assert.deepEqual(body[field], (await tester.get(path)).body);
  for (const field of ['scenarios', 'findings', 'authorizations'])
    assert.deepEqual(body[field], (await tester.get(`/${field}`)).body[field]);
  assert.deepEqual(body.findings[0].code, 'auth-code-reused');
  assert.equal(body.authorizations.length, 1);
  assert.deepEqual(
    body.entries.map(({ id }: { id: string }) => id),
    (await tester.get('/journal')).body.entries.map(({ id }: { id: string }) => id),
  );
});

test('codes and tokens are hidden, also with showSecrets', async () => {
  const tester = new Tester(emulator);
  const { world } = tester;
  const { accessToken, refreshToken } = await world.tokens();
  await world.userInfo(accessToken);
  assert.ok((await tester.get('/journal')).text.includes(accessToken));
  const { text } = await tester.get('/report');
  for (const token of [accessToken, refreshToken]) assert.ok(!text.includes(token));
});

test('data of people is hidden in JSON, in forms and in multipart forms', async () => {
  const tester = new Tester(emulator);
  const { aurora } = tester.world;
  const part = '--b\r\nContent-Disposition: form-data; name="email"\r\n\r\nPASSPORT998877\r\n--b--\r\n';
  for (const body of ['{"idNo":"PASSPORT998877","cardNo":"PASSPORT998877"}', 'phone=PASSPORT998877&x=1', part])
    await aurora.call('/v2/any', body);
  assert.equal((await tester.get('/journal')).text.split('PASSPORT998877').length, 5);
  const { text, body } = await tester.get('/report');
  assert.ok(!text.includes('PASSPORT998877'));
  assert.equal(body.entries.at(-1).request.body, '{"idNo":"P***","cardNo":"P***"}');
});

test('the comment of a tester is in the report, without codes, tokens and data of users', async () => {
  const tester = new Tester(emulator);
  const { world } = tester;
  const { accessToken } = await world.tokens();
  const { record } = world.tenant.users.get(users.lucia) ?? {};
  assert.ok(record);
  const comment = `I expected the card of ${record.name}, not an error with ${accessToken}.\n${'ñ'.repeat(900)}`;
  const { status, body } = await tester.get(`/report?${new URLSearchParams({ comment })}`);
  assert.equal(status, 200);
  assert.match(body.comment, /^I expected the card of L\*\*\*, not an error with .{4,20}\.\nñ+$/);
  assert.ok(!body.comment.includes(accessToken));
  assert.ok(!('comment' in (await tester.get('/report?comment=+')).body));
  assert.equal((await tester.get(`/report?${new URLSearchParams({ comment: 'a'.repeat(2001) })}`)).status, 400);
});

test('the data of every user is hidden, and user ids stay', async () => {
  const tester = new Tester(emulator);
  const { world } = tester;
  const scopes = ['auth_user', 'PLAINTEXT_MOBILE_PHONE', 'PLAINTEXT_USER_LOGIN_ID', 'HASH_LOGIN_ID'];
  let checked = 0;
  for (const { userId, record } of world.tenant.users.all()) {
    const { accessToken } = await world.tokens({ user: userId, scopes });
    const { body } = await world.userInfo(accessToken);
    const { text } = await tester.get('/report');
    assert.ok(text.includes(userId));
    const { userId: _, ...read } = body.userInfo as Record<string, unknown>;
    for (const value of [...texts(read), ...texts(record.userName), ...texts(record.addresses)]) {
      if (value.length < 5 || /^[A-Z_]+$/.test(value)) continue;
      assert.ok(!text.includes(value), `${userId}: ${value}`);
      checked++;
    }
  }
  assert.ok(checked > 100);
});

test('a report says which data a user has, without the values', async () => {
  const tester = new Tester(emulator);
  await tester.post('/users', {
    userId: 'z1',
    name: 'Zenobia Q.',
    birthday: '2000-02-29',
    contactInfos: [{ contactType: 'MOBILE_PHONE', contactNo: '5512345678' }],
    extra: { cards: [{ maskedCardNo: '4111', active: true }] },
    behaviour: { denyScopes: ['USER_NAME'] },
  });
  const { body } = await tester.get('/report');
  assert.deepEqual(
    body.users.find(({ userId }: { userId: string }) => userId === 'z1'),
    {
      userId: 'z1',
      name: 'Z*** z1',
      contactInfos: [{ contactType: 'MOBILE_PHONE', contactNo: '5***' }],
      extra: { cards: [{ maskedCardNo: '4***', active: true }] },
      behaviour: { denyScopes: ['USER_NAME'] },
    },
  );
});

test('the data in changes of users is hidden, also after a user was removed', async () => {
  const tester = new Tester(emulator);
  const userName = { fullName: 'Zenobia Quintanar', firstName: 'Zenobia' };
  await tester.post('/users', { userId: 'z1', name: 'Zenobia Q.', nickName: 'Zeni "Z"', userName });
  await tester.patch(`/users/${users.lucia}`, { nickName: 'Lulú de antes' });
  await tester.patch(`/users/${users.lucia}`, { nickName: 'Otra' });
  await tester.delete('/users/z1');
  const { text } = await tester.get('/report');
  for (const value of ['Zenobia', 'Quintanar', 'Zeni', 'Lulú de antes']) assert.ok(!text.includes(value), value);
});

function texts(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(texts) : [];
}
