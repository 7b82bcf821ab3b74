// biome-ignore-all lint/suspicious/noThenProperty: a public name of the scenario format, in data that is never awaited
import assert from 'node:assert/strict';
import { createPrivateKey, createPublicKey } from 'node:crypto';
import { describe, test } from 'node:test';
import { aurora, emulatorForFile, hours, minutes, newWorld, users } from '../testing/emulator.js';
import { PageClient } from '../testing/page-client.js';

const emulator = await emulatorForFile();

/** A tenant, its pages, and a post that must lead back to a page that says what was done. */
function newPages() {
  const world = newWorld(emulator);
  const { tenant } = world;
  const client = new PageClient(emulator, tenant.name);
  const page = async (path: string) => (await client.get(`${path}${path.includes('?') ? '&' : '?'}lang=en`)).text;
  const act = async (path: string, form: Record<string, string | string[]>) => {
    const back = `/t/${tenant.name}/users?lang=en`;
    const { status, headers } = await client.post(path, { back, ...form });
    assert.equal(status, 303);
    const address = new URL(String(headers.location), 'http://emulator.test');
    return { path: address.pathname, done: address.searchParams.get('done'), hash: address.hash };
  };
  return { world, tenant, client, page, act };
}

test('a call that asked nothing offers to ask again: the consent and its tokens are withdrawn, once', async () => {
  const { tenant, client, page, act } = newPages();
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
    const { tenant, act, page } = newPages();
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
    const { act, tenant } = newPages();
    for (const form of [{}, { advance: 'soon' }, { advance: '-PT1H' }, { to: 'later' }, { to: '+275760-09-13T00:00:00Z' }])
      assert.equal((await act('/clock', form as Record<string, string>)).done, 'nothing');
    assert.equal(tenant.journal.size, 0);
  });
});

test('the menus change wallet and user, and know the tenants with their last call', async () => {
  const { world, tenant, act, client } = newPages();
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
  const { act, tenant, client } = newPages();
  assert.equal((await act('/clock', { frozen: 'true', back: 'https://evil.example/' })).path, `/t/${tenant.name}/`);
  assert.equal((await act('/clock', { frozen: 'false', back: '//evil.example/' })).path, `/t/${tenant.name}/`);
  const { status } = await client.post('/clock', { frozen: 'true' }, { origin: 'http://evil.example' });
  assert.deepEqual([status, tenant.clock.frozen], [403, false]);
});

test('a token expires and an authorization is revoked by its page, which shows no token', async () => {
  const { world, tenant, act, page } = newPages();
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
  const { world, tenant, client } = newPages();
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

describe('users', () => {
  test('the list says what a changed user does now, and the change can be undone', async () => {
    const { tenant, act, page } = newPages();
    const record = tenant.users.get(users.tomas)?.record;
    assert.ok(record);
    tenant.put('user', users.tomas, { ...record, behaviour: { error: 1005 } });
    const item = async () => new RegExp(`id="user-${users.tomas}"[\\s\\S]*?</li>`).exec(await page('/users'))?.[0] ?? '';
    assert.match(await item(), /Every authorization fails with error 1005[\s\S]*data-testid="user-reset"/);
    assert.equal((await act(`/users/${users.tomas}/reset-behaviour`, {})).done, 'behaviour-reset');
    assert.match(await item(), /Grants everything/);
    assert.doesNotMatch(await item(), /user-reset/);
  });

  test('one is added, changed and removed; what the form does not have stays', async () => {
    const { tenant, act, client, page } = newPages();
    assert.equal((await act('/add-user', { userId: 'nadia', name: 'Nadia' })).hash, '#user-nadia');
    tenant.put('user', 'nadia', { userId: 'nadia', name: 'Nadia', userNameInArabic: { fullName: 'N' } });
    const form = {
      name: 'Nadia Ferrán',
      'behaviour.consent': 'grant',
      'behaviour.denyScopes': ['USER_NAME', 'USER_AVATAR'],
      'behaviour.delay': '3',
      'behaviour.lifetimes.accessToken': 'PT5S',
      userNameInArabic: '{"fullName":"N"}',
    };
    await act('/users/nadia', form);
    assert.deepEqual(tenant.users.get('nadia')?.record, {
      userId: 'nadia',
      name: 'Nadia Ferrán',
      userNameInArabic: { fullName: 'N' },
      behaviour: { consent: 'grant', denyScopes: ['USER_NAME', 'USER_AVATAR'], delay: 3, lifetimes: { accessToken: 'PT5S' } },
    });
    assert.match(await page('/users/nadia'), /value="USER_NAME" checked/);
    await act('/users/nadia', { name: 'Nadia' });
    assert.deepEqual(tenant.users.get('nadia')?.record, { userId: 'nadia', name: 'Nadia' });
    const twice = await client.post('/add-user?lang=en', { userId: 'nadia', name: 'Another' });
    assert.equal(twice.status, 400);
    assert.match(twice.text, /userId: nadia already exists/);
    await act('/users/nadia/remove', {});
    assert.equal(tenant.users.get('nadia'), undefined);
    assert.equal((await act('/users/nadia', { name: 'x' })).done, 'unknown');
  });

  test('a wrong form names the field, keeps what was typed, and changes nothing', async () => {
    const { tenant, client } = newPages();
    const before = tenant.users.get(users.lucia)?.record;
    const wrong: [Record<string, string>, string, RegExp][] = [
      [{ name: '', country: 'Typed' }, 'name', /name: missing; expected a string/],
      [{ name: 'L', country: 'Typed', birthday: '31/02/1990' }, 'birthday', /birthday: expected/],
      [{ name: 'L', country: 'Typed', 'behaviour.delay': 'soon' }, 'behaviour-delay', /behaviour\.delay: expected/],
      [{ name: 'L', country: 'Typed', contactInfos: '[{' }, 'contactInfos', /contactInfos: expected JSON/],
      [{ name: 'L', country: 'Typed', addresses: '{"a":1}' }, 'addresses', /addresses: expected a list/],
    ];
    for (const [form, field, message] of wrong) {
      const { status, text } = await client.post(`/users/${users.lucia}?lang=en`, form);
      assert.equal(status, 400, field);
      assert.match(text, message);
      assert.match(text, new RegExp(`id="field-${field}"[^>]* aria-invalid="true"`), field);
      assert.match(text, /value="Typed"/);
    }
    assert.equal(tenant.users.get(users.lucia)?.record, before);
  });
});

describe('merchants and mini programs', () => {
  test('one is suspended and activated', async () => {
    const { world, act } = newPages();
    const path = `/clients/${aurora.clientId}/status`;
    assert.equal((await act(path, { status: 'SUSPENDED' })).done, 'client-suspended');
    const code = await world.code();
    const call = () => world.aurora.call('/v2/authorizations/applyToken', { grantType: 'AUTHORIZATION_CODE', authCode: code });
    assert.notEqual((await call()).code, 'SUCCESS');
    assert.equal((await act(path, { status: 'ACTIVE' })).done, 'client-activated');
    assert.equal((await call()).code, 'SUCCESS');
    assert.equal((await act(path, { status: 'GONE' })).done, 'unknown');
  });

  test('a generated private key is shown once, and fits the public key', async () => {
    const { tenant, client, page } = newPages();
    const { status, text } = await client.post(`/clients/${aurora.clientId}/key`, {});
    assert.equal(status, 200);
    const [pem = ''] = /-----BEGIN PRIVATE KEY-----[\s\S]*?-----END PRIVATE KEY-----/.exec(text) ?? [];
    const decoded = pem.replaceAll('&#x3D;', '=').replaceAll('&#x2B;', '+');
    const made = createPublicKey(createPrivateKey(decoded)).export({ type: 'spki', format: 'pem' });
    assert.equal(tenant.clients.get(aurora.clientId)?.record.publicKey, made);
    assert.doesNotMatch(await page('/clients'), /PRIVATE KEY/);
    assert.ok(!JSON.stringify(tenant.journal.list()).includes('PRIVATE KEY'));
  });

  test('a key is pasted, a wrong one is refused; a mini program needs a client that exists', async () => {
    const { tenant, act, client } = newPages();
    const refused = await client.post(`/clients/${aurora.clientId}`, { name: 'Aurora', publicKey: 'no key' });
    assert.equal(refused.status, 400);
    assert.match(refused.text, /publicKey: /);
    await act('/add-client', {
      clientId: 'sol',
      name: 'Sol',
      scopes: '["USER_ID"]',
      redirectUrls: 'https://a.example/\n https://b.example/*',
    });
    assert.deepEqual(tenant.clients.get('sol')?.record, {
      clientId: 'sol',
      name: 'Sol',
      scopes: ['USER_ID'],
      redirectUrls: ['https://a.example/', 'https://b.example/*'],
    });
    await act('/add-mini-program', { appId: 'sol-app', name: 'Sol', clientId: 'sol' });
    assert.equal(tenant.appsOf('sol').length, 1);
    const orphan = await client.post('/mini-programs/sol-app', { name: 'Sol', clientId: 'gone' });
    assert.match(orphan.text, /clientId: no existe el cliente/);
    await act('/clients/sol/remove', {});
    assert.equal(tenant.apps.get('sol-app'), undefined);
  });
});

test('the settings are changed, and a wrong lifetime is named', async () => {
  const { tenant, act, client } = newPages();
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
  const { tenant, page } = newPages();
  const moved = async () => /data-clock-moved( hidden)?>/.exec(await page('/'))?.[1] === undefined;
  assert.equal(await moved(), false);
  tenant.clock.advance(3_600_000);
  assert.equal(await moved(), true);
  tenant.clock.freeze();
  assert.equal(await moved(), false);
});

test('a reset says what it drops, and asks', async () => {
  const { world, tenant, act, page } = newPages();
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
