import assert from 'node:assert/strict';
import { createPrivateKey, createPublicKey } from 'node:crypto';
import { describe, test } from 'node:test';
import { openConsolePages } from '../testing/console-pages.js';
import { aurora, emulatorForFile, users } from '../testing/emulator.js';

const emulator = await emulatorForFile();

describe('users', () => {
  test('the list says what a changed user does now, and the change can be undone', async () => {
    const { tenant, act, page } = openConsolePages(emulator);
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
    const { tenant, act, client, page } = openConsolePages(emulator);
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
    const { tenant, client } = openConsolePages(emulator);
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
    const { world, act } = openConsolePages(emulator);
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
    const { tenant, client, page } = openConsolePages(emulator);
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
    const { tenant, act, client } = openConsolePages(emulator);
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
