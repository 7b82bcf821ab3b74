// biome-ignore-all lint/suspicious/noThenProperty: a public name of the scenario format, in data that is never awaited
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { openConsolePages } from '../testing/console-pages.js';
import { aurora, emulatorForFile, hours, minutes, newWorld, users } from '../testing/emulator.js';

const emulator = await emulatorForFile();

test('a call that asked nothing offers to ask again: the consent and its tokens are withdrawn, once', async () => {
  const { tenant, client, page, act } = openConsolePages(emulator);
  const body = { scopes: ['USER_NAME'] };
  const sheet = await client.sheet(body.scopes);
  await client.post(sheet, { decision: 'allow', scope: 'USER_NAME' });
  await client.call('getAuthCode', body);
  const [agreed, first] = tenant.journal.list({ operation: 'getAuthCode' }, 2);
  const address = `/playground/steps/${agreed?.id}`;
  const form = `action="/t/${tenant.name}${address}/ask-again"`;
  assert.ok((await page(address)).includes(form));
  assert.ok(!(await page(`/playground/steps/${first?.id}`)).includes('/ask-again"'));
  assert.equal((await act(`${address}/ask-again`, {})).done, 'consent-withdrawn');
  assert.deepEqual(await tenant.store.consentsOf(String(agreed?.userId)), []);
  assert.equal(tenant.journal.list({ operation: 'deleteConsent' }, 1)[0]?.appId, aurora.appId);
  await client.sheet(body.scopes);
  assert.equal((await act(`${address}/ask-again`, {})).done, 'nothing');
  assert.equal((await act('/playground/steps/none/ask-again', {})).done, 'nothing');
});

describe('the clock in the header', () => {
  test('is frozen, moved, set to an expiry and run, and each change is in the journal', async () => {
    const { tenant, act, page } = openConsolePages(emulator);
    assert.deepEqual(await act('/clock', { frozen: 'true' }), {
      path: `/t/${tenant.name}/users`,
      done: 'clock-frozen',
      hash: '',
    });
    const at = tenant.clock.now();
    assert.match(await page('/users'), /data-frozen="true"[\s\S]*name="frozen" value="false"/);
    assert.equal((await act('/clock', { advance: 'P1D' })).done, 'clock-advanced');
    assert.equal(tenant.clock.now(), at + hours(24));
    assert.equal((await act('/clock', { to: new Date(at + minutes(5)).toISOString() })).done, 'clock-set');
    assert.equal(tenant.clock.now(), at + minutes(5));
    assert.equal((await act('/clock', { frozen: 'false' })).done, 'clock-runs');
    assert.equal(tenant.clock.frozen, false);
    assert.deepEqual(
      tenant.journal.list({ kind: 'control' }).map(({ operation }) => operation),
      ['changeClock', 'changeClock', 'advanceClock', 'changeClock'],
    );
  });

  test('ignores a change that is none', async () => {
    const { act, tenant } = openConsolePages(emulator);
    for (const form of [{}, { advance: 'soon' }, { advance: '-PT1H' }, { to: 'later' }, { to: '+275760-09-13T00:00:00Z' }])
      assert.equal((await act('/clock', form as Record<string, string>)).done, 'nothing');
    assert.equal(tenant.journal.size, 0);
  });
});

test('the menus change wallet and user, and know the tenants with their last call', async () => {
  const { world, tenant, act, client } = openConsolePages(emulator);
  assert.equal((await act('/settings/wallet', { wallet: 'vodapay' })).done, 'wallet-changed');
  assert.equal(tenant.profile.name, 'vodapay');
  assert.equal((await act('/settings/wallet', { wallet: 'no-such' })).done, 'nothing');
  await act('/settings/wallet', { wallet: 'platform-v2' });
  assert.equal((await act('/settings/user', { user: users.owen })).done, 'user-changed');
  assert.equal(tenant.currentUser?.userId, users.owen);
  await world.tokens();
  const { payload } = await emulator.app.inject('/?lang=en');
  const item = payload.split('<li>').find((part) => part.includes(`href="/t/${tenant.name}/"`)) ?? '';
  assert.match(item, /applyToken[\s\S]*SUCCESS/);
  assert.equal((await client.get('/tenants?name=tng')).headers.location, '/t/tng/');
  assert.equal((await client.get('/tenants?name=..%2F')).headers.location, `/t/${tenant.name}/`);
});

test('a form leads back to this emulator only, and a page of another origin cannot post one', async () => {
  const { act, tenant, client } = openConsolePages(emulator);
  assert.equal((await act('/clock', { frozen: 'true', back: 'https://evil.example/' })).path, `/t/${tenant.name}/`);
  assert.equal((await act('/clock', { frozen: 'false', back: '//evil.example/' })).path, `/t/${tenant.name}/`);
  const { status } = await client.post('/clock', { frozen: 'true' }, { origin: 'http://evil.example' });
  assert.deepEqual([status, tenant.clock.frozen], [403, false]);
});

test('a token expires and an authorization is revoked by its page, which shows no token', async () => {
  const { world, tenant, act, page } = openConsolePages(emulator);
  const tokens = await world.tokens();
  const [id = ''] = tenant.journal.authorizationIds();
  const place = `/authorizations/${id}`;
  const shown = await page(place);
  assert.ok(!shown.includes(tokens.accessToken));
  assert.match(shown, /data-testid="clock-to-expiry"/);
  const [, token = ''] = /data-kind="accessToken"[\s\S]*?name="token" value="(\w+)"/.exec(shown) ?? [];
  assert.equal((await act(`${place}/expire`, { token: 'unknown' })).done, 'nothing');
  assert.equal((await act(`${place}/expire`, { token })).done, 'token-expired');
  assert.equal((await world.userInfo(tokens.accessToken)).code, 'EXPIRED_ACCESS_TOKEN');
  const fresh = await world.refresh(tokens.refreshToken);
  assert.equal(fresh.code, 'SUCCESS');
  assert.equal((await act(`${place}/revoke`, {})).done, 'token-revoked');
  assert.equal((await act(`${place}/revoke`, {})).done, 'nothing');
  assert.notEqual((await world.userInfo(fresh.body.accessToken)).code, 'SUCCESS');
  assert.match(await page(place), /data-status="REVOKED"[\s\S]*revokeTokens/);
});

test('a pasted code or token is told, and links to its authorization', async () => {
  const { world, tenant, client } = openConsolePages(emulator);
  const { accessToken, refreshToken } = await world.tokens();
  const [id = ''] = tenant.journal.authorizationIds();
  const inspect = async (text: string) => (await client.post('/authorizations?lang=en', { inspect: text })).text;
  const told = await inspect(` ${accessToken} `);
  assert.match(told, /<b>accessToken<\/b> <span[^>]*>works</);
  assert.ok(told.includes(`/authorizations/${id}"`) && !told.includes(accessToken));
  await world.refresh(refreshToken);
  assert.match(await inspect(refreshToken), /<b>refreshToken<\/b> <span[^>]*>does not work<[\s\S]*<dt>Used<\/dt>/);
  assert.match(await inspect('no-token'), /This tenant has no such code or token/);
});

test('the settings are changed, and a wrong lifetime is named', async () => {
  const { tenant, act, client } = openConsolePages(emulator);
  const form = { consent: 'deny', firstScreen: 'refuse', remember: 'false', drawer: 'false', openapiCors: 'true' };
  await act('/settings', { ...form, 'lifetimes.authCode': '60', 'lifetimes.accessToken': '', 'lifetimes.refreshToken': 'P1D' });
  const { wallet, user, ...changed } = tenant.settings;
  assert.deepEqual(changed, {
    consent: 'deny',
    firstScreen: 'refuse',
    remember: false,
    drawer: false,
    openapiCors: true,
    lifetimes: { authCode: 60, refreshToken: 'P1D' },
  });
  const refused = await client.post('/settings?lang=en', { ...form, consent: 'ask', 'lifetimes.authCode': 'long' });
  assert.equal(refused.status, 400);
  assert.match(refused.text, /id="setting-authCode"[^>]*value="long"[^>]* aria-invalid="true"/);
  assert.match(refused.text, /value="ask" selected/);
  assert.equal(tenant.settings.consent, 'deny');
});

test('the header says that the clock was moved, until it is frozen or reset', async () => {
  const { tenant, page } = openConsolePages(emulator);
  const moved = async () => /data-clock-moved( hidden)?>/.exec(await page('/'))?.[1] === undefined;
  assert.equal(await moved(), false);
  tenant.clock.advance(3_600_000);
  assert.equal(await moved(), true);
  tenant.clock.freeze();
  assert.equal(await moved(), false);
});

test('a reset says what it drops, and asks', async () => {
  const { world, tenant, act, page } = openConsolePages(emulator);
  await world.tokens();
  tenant.scenarios.add({ id: 'one', then: { result: 'PROCESS_FAIL' } });
  world.changeClient(aurora.clientId, { name: 'Changed' });
  const text = await page('/reset');
  for (const line of ['Tokens: 2', 'Scenarios: 1 (1 on)', 'Calls in the journal: 1', 'mini programs: 1'])
    assert.ok(text.includes(line), line);
  assert.equal((await act('/reset', {})).done, 'nothing');
  assert.equal(emulator.tenants.get(tenant.name), tenant);
  assert.equal((await act('/reset', { confirm: 'yes' })).done, 'reset');
  assert.notEqual(emulator.tenants.get(tenant.name), tenant);
});

test('a form shows what is wrong with it in the language of the page', async () => {
  const { tenant } = newWorld(emulator);
  const post = (path: string, fields: Record<string, string>) =>
    emulator.app.inject({
      method: 'POST',
      url: `/t/${tenant.name}${path}?lang=es`,
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      payload: new URLSearchParams(fields).toString(),
    });
  const missing = await post('/add-user', { userId: 'u1' });
  assert.equal(missing.statusCode, 400);
  assert.match(missing.payload, /name: falta; se esperaba un texto/);
  const known = tenant.currentUser?.userId ?? '';
  assert.match((await post('/add-user', { userId: known, name: 'A' })).payload, new RegExp(`userId: ${known} ya existe`));
  assert.match((await post('/settings', { 'lifetimes.authCode': 'soon' })).payload, /lifetimes\.authCode: se esperaba/);
});
