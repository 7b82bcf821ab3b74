import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { aurora, emulatorForFile, faro, users, World } from '../testing/emulator.js';
import { PageClient, policy } from '../testing/page-client.js';
import { Tester } from '../testing/tester.js';

const emulator = await emulatorForFile();
let count = 0;

/** Lucía and Tomás share their names with Café Aurora. */
async function world() {
  const tenant = `apps-${++count}`;
  const pageClient = new PageClient(emulator, tenant);
  const control = new Tester(emulator, tenant);
  const merchant = new World(emulator.url, emulator.tenants.get(tenant));
  const tokens: Record<string, string> = {};
  for (const user of [users.tomas, users.lucia]) {
    await control.put('/settings', { user, consent: 'grant' });
    const { authCode } = (await pageClient.call('getAuthCode', { scopes: ['USER_NAME'] })).body.result;
    const exchanged = { grantType: 'AUTHORIZATION_CODE', authCode };
    tokens[user] = (await merchant.aurora.call('/v2/authorizations/applyToken', exchanged)).body.accessToken;
  }
  await control.put('/settings', { consent: 'ask' });
  const owners = async () =>
    (await control.get('/consents')).body.consents.map(({ userId }: { userId: string }) => userId).sort();
  return { pageClient, control, merchant, tokens, owners };
}

describe('/wallet/apps', () => {
  test('lists the granted scopes of the logged-in user in words, with the day in the wallet’s time zone', async () => {
    const { pageClient, control } = await world();
    await control.put('/clock', { now: '2026-03-01T02:00:00Z', frozen: true });
    await control.delete(`/consents?userId=${users.lucia}`);
    await control.put('/settings', { consent: 'grant' });
    await pageClient.call('getAuthCode', { scopes: ['USER_BIRTHDAY', 'USER_ID'] });
    const { text } = await pageClient.get('/wallet/apps?lang=es');
    assert.match(text, new RegExp(`data-testid="app-${aurora.appId}"`));
    assert.match(text, /Tu fecha de nacimiento/);
    assert.match(text, /Desde el 28 de febrero de 2026 <bdi dir="ltr">\(UTC-05:00\)<\/bdi>/);
    assert.match((await pageClient.get('/wallet/apps?lang=en')).text, /Since February 28, 2026/);
    assert.doesNotMatch(text, new RegExp(faro.appId));
  });

  test('withdrawing a consent ends its tokens, and no others', async () => {
    const { pageClient, merchant, tokens, owners } = await world();
    const answer = await pageClient.post('/wallet/apps?lang=es', { userId: users.lucia, withdraw: aurora.appId });
    assert.equal(answer.status, 303);
    assert.equal(answer.headers.location, `/t/${pageClient.tenant}/wallet/apps?lang=es`);
    assert.deepEqual(await owners(), [users.tomas]);
    assert.equal((await merchant.userInfo(tokens[users.lucia] as string)).code, 'INVALID_ACCESS_TOKEN');
    assert.equal((await merchant.userInfo(tokens[users.tomas] as string)).code, 'SUCCESS');
    assert.ok((await pageClient.call('getAuthCode', { scopes: ['USER_NAME'] })).body.sheet, 'it is asked for again');
  });

  test('a consent of a user who is not logged in cannot be withdrawn', async () => {
    const { pageClient, control, owners } = await world();
    for (const userId of [users.tomas, '', 'nobody', [users.lucia, users.tomas]])
      await pageClient.post('/wallet/apps', { userId, withdraw: aurora.appId });
    await pageClient.post('/wallet/apps', { withdraw: aurora.appId });
    assert.deepEqual(await owners(), [users.lucia, users.tomas]);
    assert.equal((await control.get('/settings')).body.user, users.lucia);
  });

  test('withdrawing from an unknown mini program, or one without a consent, changes nothing', async () => {
    const { pageClient, owners } = await world();
    for (const withdraw of [faro.appId, '', 'nothing', '__proto__', [aurora.appId, aurora.appId]])
      assert.equal((await pageClient.post('/wallet/apps', { userId: users.lucia, withdraw })).status, 303);
    assert.deepEqual(await owners(), [users.lucia, users.tomas]);
  });

  test('choosing a user logs that user in, if there is one with that userId', async () => {
    const { pageClient, control } = await world();
    await pageClient.post('/wallet/apps', { chosenUser: users.tomas });
    assert.equal((await control.get('/settings')).body.user, users.tomas);
    for (const chosenUser of ['nobody', '', [users.lucia, users.lucia]]) await pageClient.post('/wallet/apps', { chosenUser });
    assert.equal((await control.get('/settings')).body.user, users.tomas);
  });

  test('accepts forms from its own page only, and cannot be framed', async () => {
    const { pageClient, owners } = await world();
    const form = { userId: users.lucia, withdraw: aurora.appId };
    for (const headers of [{ origin: PageClient.origin }, { origin: 'null' }, { 'sec-fetch-site': 'cross-site' }])
      assert.equal((await pageClient.post('/wallet/apps', form, headers as Record<string, string>)).status, 403);
    assert.deepEqual(await owners(), [users.lucia, users.tomas]);
    assert.equal(policy(await pageClient.get('/wallet/apps'), 'frame-ancestors'), "'none'");
  });

  test('writes names as text, and works without any user', async () => {
    const { pageClient, control } = await world();
    const name = '<img src=x onerror=alert(1)>';
    await control.patch(`/apps/${aurora.appId}`, { name });
    assert.doesNotMatch((await pageClient.get('/wallet/apps')).text, /<img src=x/);
    for (const { userId } of (await control.get('/users')).body.users) await control.delete(`/users/${userId}`);
    assert.equal((await pageClient.get('/wallet/apps')).status, 200);
    assert.equal((await pageClient.post('/wallet/apps', { withdraw: aurora.appId })).status, 303);
  });
});
