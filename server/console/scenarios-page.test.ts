// biome-ignore-all lint/suspicious/noThenProperty: a public name of the scenario format, in data that is never awaited
import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { packageRoot } from '../package-root.js';
import { libraryInWords } from '../pages/library-text.js';
import { library } from '../scenarios/library.js';
import type { ScenarioRecord } from '../scenarios/schema.js';
import { aurora, emulatorForFile, faro, newWorld, users } from '../testing/emulator.js';
import { openScenariosPage } from '../testing/scenarios-page.js';

const emulator = await emulatorForFile();

describe('a card', () => {
  test('switches a scenario of the library on, shows how often it acts, and switches it off', async () => {
    const { tenant, card, post } = openScenariosPage(emulator);
    assert.match(await card('platform-down'), /aria-checked="false"[\s\S]*>Off</);
    assert.deepEqual(await post('/of/platform-down', { enabled: 'true', often: 'once' }), {
      done: 'scenario-on',
      hash: '#card-x',
    });
    assert.equal(tenant.scenarios.get('platform-down')?.record.times, 1);
    assert.match(await card('platform-down'), /aria-checked="true"[\s\S]*>On, 1 left<[\s\S]*has not acted on a call/);
    tenant.scenarios.applyFirstMatch({ kind: 'openapi', operation: 'applyToken', headers: {} });
    assert.match(await card('platform-down'), /aria-checked="false"[\s\S]*>Off, 0 left<[\s\S]*acted on 1 call</);
    await post('/of/platform-down', { enabled: 'true', often: 'times', count: '3' });
    assert.match(await card('platform-down'), />On, 3 left</);
    assert.equal((await post('/of/platform-down', { often: 'always' })).done, 'saved');
    assert.match(await card('platform-down'), />On</);
    assert.equal((await post('/of/platform-down', { enabled: 'false', often: 'always' })).done, 'scenario-off');
    assert.equal(tenant.scenarios.get('platform-down')?.record.enabled, false);
    assert.deepEqual(
      tenant.journal.list({ kind: 'control' }).map(({ operation, reason }) => [operation, reason.code]),
      [
        ['changeScenario', 'scenario-changed'],
        ['changeScenario', 'scenario-changed'],
        ['changeScenario', 'scenario-changed'],
        ['createScenario', 'scenario-added'],
      ],
    );
  });

  test('lets a tester choose the scope that is refused, from those of the wallet', async () => {
    const { tenant, card, post } = openScenariosPage(emulator);
    assert.match(await card('user-refuses-one-scope'), /<option value="USER_NAME" selected>/);
    await post('/of/user-refuses-one-scope', { enabled: 'true', often: 'always', scope: 'USER_AVATAR' });
    assert.deepEqual(tenant.scenarios.get('user-refuses-one-scope')?.record.then, {
      consent: 'grant',
      denyScopes: ['USER_AVATAR'],
    });
    assert.match(await card('user-refuses-one-scope'), /<option value="USER_AVATAR" selected>/);
    await post('/of/user-refuses-one-scope', { often: 'always', scope: 'NO_SUCH' });
    assert.match(await card('user-refuses-one-scope'), /<option value="USER_AVATAR" selected>/);
    const claro = openScenariosPage(emulator, emulator.tenants.get('claro'));
    const [, first] = /<option value="(\w+)" selected>/.exec(await claro.card('user-refuses-one-scope')) ?? [];
    await claro.post('/of/user-refuses-one-scope', { enabled: 'true', often: 'always' });
    const { then } = claro.tenant.scenarios.get('user-refuses-one-scope')?.record ?? {};
    assert.deepEqual(then, { consent: 'grant', denyScopes: [first] });
    assert.ok(claro.tenant.profile.scopes.get(first ?? ''));
  });

  test('of an own rule has its title, and removes it', async () => {
    const { tenant, page, card, post } = openScenariosPage(emulator);
    tenant.scenarios.add({ id: 'a', title: 'Mine', then: [{ status: 503 }, { delay: 1 }] });
    tenant.scenarios.add({ id: 'b%?', when: { operation: 'revoke' }, then: { result: 'PROCESS_FAIL' } });
    assert.match(await card('a'), /<h3 id="title-a">Mine<[\s\S]*>On, 2 left<[\s\S]*Each step once/);
    assert.ok((await page()).includes('revoke → result PROCESS_FAIL'));
    assert.equal((await post(`/of/${encodeURIComponent('b%?')}/remove`, {})).done, 'removed');
    assert.equal((await post('/of/b/remove', {})).done, 'unknown');
    assert.deepEqual(
      tenant.scenarios.all().map(({ id }) => id),
      ['a'],
    );
  });

  test('of a rule that does not fit the wallet any more says why, and can only be switched off', async () => {
    const { tenant, card, post } = openScenariosPage(emulator);
    tenant.scenarios.add({ id: 'mine', when: { operation: 'getAuthCode' }, then: { consent: 'deny' } });
    tenant.changeSettings({ wallet: 'toka' });
    assert.match(await card('mine'), /It does not fit this wallet: when\.operation: expected \*, or one of/);
    assert.equal((await post('/of/mine', { enabled: 'false', often: 'always' })).done, 'scenario-off');
    assert.match(await card('mine'), /data-testid="scenario-switch" disabled/);
    assert.equal((await post('/of/mine', { enabled: 'true', often: 'always' })).done, 'nothing');
    assert.equal(tenant.scenarios.get('mine')?.record.enabled, false);
  });

  test('says if the sample mini program and its merchant never make its call', async () => {
    const { tenant, card } = openScenariosPage(emulator);
    const said: [when: NonNullable<ScenarioRecord['when']>, RegExp | undefined][] = [
      [{ operation: 'revoke' }, undefined],
      [{ operation: 'getAuthCode', clientId: aurora.clientId, appId: aurora.appId, userId: users.tomas }, undefined],
      [{ clientId: faro.clientId }, /belongs to another merchant/],
      [{ appId: faro.appId }, /belongs to another merchant/],
      [{ userId: users.harriet }, /another user is logged in/],
      [{ header: { 'x-test': 'a' } }, /does not send its headers/],
      [{ path: '/v2/unknown' }, /do not make this call/],
    ];
    tenant.changeSettings({ user: users.tomas });
    for (const [when, text] of said) {
      tenant.scenarios.clear();
      tenant.scenarios.add({ id: 'mine', when, then: { delay: 1 } });
      if (text === undefined) assert.doesNotMatch(await card('mine'), /In the playground:/);
      else assert.match(await card('mine'), text);
    }
  });

  test('ignores what is not valid', async () => {
    const { tenant, post } = openScenariosPage(emulator);
    for (const count of ['0', '-1', '1.5', 'x', ''])
      assert.equal((await post('/of/platform-down', { enabled: 'true', often: 'times', count })).done, 'times-wrong');
    assert.equal((await post('/of/no-such', { enabled: 'true' })).done, 'unknown');
    assert.equal((await post('/of/platform-down', { often: 'once' })).done, 'nothing');
    assert.equal((await post('/off', {})).done, 'nothing');
    assert.equal(tenant.scenarios.size, 0);
  });
});

test('all scenarios are switched off at once; none is removed', async () => {
  const { tenant, post } = openScenariosPage(emulator);
  tenant.scenarios.add({ id: 'mine', then: { delay: 0 } });
  await post('/of/user-refuses', { enabled: 'true', often: 'always' });
  assert.equal((await post('/off', {})).done, 'scenarios-off');
  assert.deepEqual(
    tenant.scenarios.all().map(({ id, record }) => [id, record.enabled]),
    [
      ['mine', false],
      ['user-refuses', false],
    ],
  );
});

test('cards log in a user without a phone number, and refuse the first screen', async () => {
  const { tenant, client, card } = openScenariosPage(emulator);
  const back = `/t/${tenant.name}/scenarios?lang=en`;
  assert.match(await card('first-screen'), /It works only if the user has not agreed yet/);
  const [, userId] = /name="user" value="(\d+)"/.exec(await card('no-phone')) ?? [];
  await client.post('/settings/user', { back, user: userId ?? '' });
  assert.doesNotMatch(JSON.stringify(tenant.currentUser?.record), /MOBILE_PHONE/);
  assert.match(await card('no-phone'), /Logged in/);
  assert.match(await card('first-screen'), /aria-checked="false"[\s\S]*value="refuse"/);
  await client.post('/settings', { back, firstScreen: 'refuse' });
  assert.equal(tenant.settings.firstScreen, 'refuse');
  assert.match(await card('first-screen'), /aria-checked="true"[\s\S]*value="note"/);
});

test('the stream sends the states of the scenarios, and again when they change', async () => {
  const { tenant, aurora } = newWorld(emulator);
  tenant.scenarios.add({ id: 'once', then: { result: 'PROCESS_FAIL' }, times: 1 });
  const response = await fetch(`${emulator.url}/t/${tenant.name}/journal/stream?parts=scenarios&lang=en`);
  const reader = (response.body as ReadableStream<Uint8Array>).pipeThrough(new TextDecoderStream()).getReader();
  const next = async () => {
    for (let text = ''; ; ) {
      text += (await reader.read()).value;
      const [, data] = /event: scenarios\ndata: (.*)\n\n/.exec(text) ?? [];
      if (data !== undefined) return JSON.parse(data).scenarios;
    }
  };
  const rule = JSON.stringify({ then: { result: 'PROCESS_FAIL' }, times: 1 }, null, 2);
  assert.deepEqual(await next(), [{ id: 'once', on: true, state: 'On, 1 left', hits: 'has not acted on a call', rule }]);
  await aurora.call('/v2/authorizations/applyToken', {});
  assert.deepEqual(await next(), [{ id: 'once', on: false, state: 'Off, 0 left', hits: 'acted on 1 call', rule }]);
  await reader.cancel();
});

test('a scenario is shown as text, never as markup', async () => {
  const { tenant, page } = openScenariosPage(emulator);
  tenant.scenarios.add({ id: '<b>"x', then: { result: 'PROCESS_FAIL', message: '<script>alert(1)</script>' } });
  assert.doesNotMatch(await page(), /<b>"x|<script>alert/);
});

test('a page of another origin cannot post its forms', async () => {
  const { client, tenant } = openScenariosPage(emulator);
  const form = { enabled: 'true', often: 'always' };
  const { status } = await client.post('/scenarios/of/user-refuses', form, { origin: 'http://evil.example' });
  assert.deepEqual([status, tenant.scenarios.size], [403, 0]);
});

test('the library is available in Spanish', async () => {
  for (const known of library) {
    const [es, en] = [libraryInWords(known, 'es'), libraryInWords(known)];
    for (const part of ['title', 'does', 'expect'] as const)
      assert.ok(es[part] !== en[part] && en[part] !== known.name, `${known.name}.${part}`);
  }
  const page = await openScenariosPage(emulator).page('es');
  assert.ok(page.includes('El usuario rechaza') && page.includes('<html lang="es"'));
});

for (const wallet of readdirSync(join(packageRoot, 'fixtures', 'wallets')).map((file) => file.replace('.json', '')))
  test(`${wallet}: each scenario of the library can be switched on`, async () => {
    const { tenant, post } = openScenariosPage(emulator, emulator.tenants.get(wallet));
    for (const { name } of library) await post(`/of/${name}`, { enabled: 'true', often: 'always' });
    const on = tenant.scenarios.all().map(({ id }) => id);
    assert.deepEqual(new Set(on), new Set([...on, ...library.map(({ name }) => name)]));
  });
