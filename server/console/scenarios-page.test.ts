// biome-ignore-all lint/suspicious/noThenProperty: a public name of the scenario format, in data that is never awaited
import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { packageRoot } from '../package-root.js';
import { libraryInWords } from '../pages/library-text.js';
import { library } from '../scenarios/library.js';
import { faults, type ScenarioRecord } from '../scenarios/schema.js';
import { aurora, emulatorForFile, faro, newWorld, users } from '../testing/emulator.js';
import { PageClient } from '../testing/page-client.js';

const emulator = await emulatorForFile();

/** A tenant, its page, a card of it, and a post that leads back to the page. */
function newPage(tenant = newWorld(emulator).tenant) {
  const client = new PageClient(emulator, tenant.name);
  const page = async (lang = 'en') => (await client.get(`/scenarios?lang=${lang}`)).text;
  const card = async (id: string) => {
    const [html = ''] = new RegExp(`<li class="card" id="card-${id}"[\\s\\S]*?\\n</li>`).exec(await page()) ?? [];
    return html;
  };
  const post = async (path: string, form: Record<string, string>) => {
    const { status, headers } = await client.post(`/scenarios${path}`, {
      back: `/t/${tenant.name}/scenarios?lang=en#card-x`,
      ...form,
    });
    assert.equal(status, 303);
    const { pathname, searchParams, hash } = new URL(String(headers.location), 'http://emulator.test');
    assert.equal(pathname, `/t/${tenant.name}/scenarios`);
    return { done: searchParams.get('done'), hash };
  };
  return { tenant, client, page, card, post };
}

describe('a card', () => {
  test('switches a scenario of the library on, shows how often it acts, and switches it off', async () => {
    const { tenant, card, post } = newPage();
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
    const { tenant, card, post } = newPage();
    assert.match(await card('user-refuses-one-scope'), /<option value="USER_NAME" selected>/);
    await post('/of/user-refuses-one-scope', { enabled: 'true', often: 'always', scope: 'USER_AVATAR' });
    assert.deepEqual(tenant.scenarios.get('user-refuses-one-scope')?.record.then, {
      consent: 'grant',
      denyScopes: ['USER_AVATAR'],
    });
    assert.match(await card('user-refuses-one-scope'), /<option value="USER_AVATAR" selected>/);
    await post('/of/user-refuses-one-scope', { often: 'always', scope: 'NO_SUCH' });
    assert.match(await card('user-refuses-one-scope'), /<option value="USER_AVATAR" selected>/);
    const claro = newPage(emulator.tenants.get('claro'));
    const [, first] = /<option value="(\w+)" selected>/.exec(await claro.card('user-refuses-one-scope')) ?? [];
    await claro.post('/of/user-refuses-one-scope', { enabled: 'true', often: 'always' });
    const { then } = claro.tenant.scenarios.get('user-refuses-one-scope')?.record ?? {};
    assert.deepEqual(then, { consent: 'grant', denyScopes: [first] });
    assert.ok(claro.tenant.profile.scopes.get(first ?? ''));
  });

  test('of an own rule has its title, and removes it', async () => {
    const { tenant, page, card, post } = newPage();
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
    const { tenant, card, post } = newPage();
    tenant.scenarios.add({ id: 'mine', when: { operation: 'getAuthCode' }, then: { consent: 'deny' } });
    tenant.changeSettings({ wallet: 'toka' });
    assert.match(await card('mine'), /It does not fit this wallet: when\.operation: expected \*, or one of/);
    assert.equal((await post('/of/mine', { enabled: 'false', often: 'always' })).done, 'scenario-off');
    assert.match(await card('mine'), /data-testid="scenario-switch" disabled/);
    assert.equal((await post('/of/mine', { enabled: 'true', often: 'always' })).done, 'nothing');
    assert.equal(tenant.scenarios.get('mine')?.record.enabled, false);
  });

  test('says if the sample mini program and its merchant never make its call', async () => {
    const { tenant, card } = newPage();
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
    const { tenant, post } = newPage();
    for (const count of ['0', '-1', '1.5', 'x', ''])
      assert.equal((await post('/of/platform-down', { enabled: 'true', often: 'times', count })).done, 'times-wrong');
    assert.equal((await post('/of/no-such', { enabled: 'true' })).done, 'unknown');
    assert.equal((await post('/of/platform-down', { often: 'once' })).done, 'nothing');
    assert.equal((await post('/off', {})).done, 'nothing');
    assert.equal(tenant.scenarios.size, 0);
  });
});

describe('the form for an own rule', () => {
  test('adds the rule, and leads to its card', async () => {
    const { tenant, post, card } = newPage();
    const form = {
      back: `/t/${tenant.name}/scenarios?lang=en`,
      title: 'No answer',
      'when.operation': 'applyToken',
      'when.header': '{"x-test":"a"}',
      'then.status': '503',
      'then.body': '{"down":true}',
      'then.delay': '2',
      times: '1',
    };
    assert.deepEqual(await post('/rule', form), { done: 'scenario-on', hash: '#card-scenario-1' });
    assert.deepEqual(tenant.scenarios.get('scenario-1')?.record, {
      id: 'scenario-1',
      title: 'No answer',
      when: { operation: 'applyToken', header: { 'x-test': 'a' } },
      then: { status: 503, body: { down: true }, delay: 2 },
      times: 1,
    });
    assert.match(await card('scenario-1'), />No answer<[\s\S]*On, 1 left/);
  });

  test('changes a rule in its place, and keeps it off; a rule that it cannot show is not offered', async () => {
    const { tenant, client, card, post } = newPage();
    tenant.scenarios.add({
      id: 'a',
      title: 'Mine',
      enabled: false,
      when: { scope: 'USER_ID' },
      then: { denyScopes: ['USER_ID'] },
    });
    tenant.scenarios.add({ id: 'b', then: [{ delay: 1 }] });
    tenant.scenarios.add({ id: 'c', then: { delay: { min: 1, max: 2 } } });
    assert.match(await card('a'), /change=a#new-rule/);
    for (const id of ['b', 'c']) assert.doesNotMatch(await card(id), /#new-rule/);
    const { text } = await client.get('/scenarios?lang=en&change=a');
    assert.match(text, /Change the rule Mine[\s\S]*name="title" value="Mine"[\s\S]*value="USER_ID" checked/);
    const form = { back: `/t/${tenant.name}/scenarios`, change: 'a', title: 'Mine too', 'then.delay': '1' };
    assert.deepEqual(await post('/rule', form), { done: 'saved', hash: '#card-a' });
    assert.deepEqual(
      tenant.scenarios.all().map(({ record }) => record.title ?? record.id),
      ['Mine too', 'b', 'c'],
    );
    assert.deepEqual(tenant.scenarios.get('a')?.record, { id: 'a', title: 'Mine too', then: { delay: 1 }, enabled: false });
    const refused = await client.post('/scenarios/rule?lang=en', { change: 'a' });
    assert.equal(refused.status, 400);
    assert.ok(!refused.text.includes('/scenarios/rule?'), 'forms lead back to a page that can be read');
  });

  for (const [form, field, en, es] of [
    [{}, 'field-then-result', /^then: missing; expected/, /^then: falta/],
    [{ 'then.status': '99' }, 'field-then-status', /^then\.status: expected a whole number/, /^then\.status: se esperaba/],
    [{ 'then.delay': 'soon' }, 'field-then-delay', /^then\.delay: expected an ISO 8601 duration/, /duración ISO 8601/],
    [
      { 'when.operation': 'applyToken', 'then.consent': 'deny' },
      'field-then-consent',
      /^then\.consent: has no effect on applyToken, which is called by a merchant's server/,
      /^then\.consent: no tiene efecto en applyToken, porque la llama el servidor de un comercio/,
    ],
    [{ 'then.status': '503', 'then.result': 'SUCCESS' }, 'field-then-status', /result or status, not both/, /no los dos/],
    [{ 'when.header': '{', 'then.delay': '1' }, 'field-when-header', /^when\.header: expected JSON/, /JSON/],
    [{ id: 'mine', 'then.delay': '1' }, 'field-id', /^id: the scenario mine already exists/, /^id: el escenario mine ya existe/],
  ] as const)
    test(`refuses ${JSON.stringify(form)}, and says why at the field in both languages`, async () => {
      const { tenant, client } = newPage();
      tenant.scenarios.add({ id: 'mine', then: { delay: 0 } });
      for (const [lang, said] of [
        ['en', en],
        ['es', es],
      ] as const) {
        const { status, text } = await client.post(`/scenarios/rule?lang=${lang}`, form);
        assert.equal(status, 400);
        const [, words = ''] = new RegExp(`<p class="problem"[\\s\\S]*?<a href="#${field}">([^<]*)<`).exec(text) ?? [];
        assert.match(words.replaceAll('&#x27;', "'"), said);
        assert.ok(text.includes(`<details class="panel new-rule" id="new-rule" open>`));
        const check = await client.post(`/scenarios/check?lang=${lang}`, form);
        if (field === 'field-then-result') assert.equal(check.body.problem, undefined, 'a person still types');
        else assert.deepEqual([check.body.problem.field, said.test(check.body.problem.text)], [field, true]);
      }
      assert.equal(tenant.scenarios.size, 1);
    });

  test('says what each fault does', async () => {
    const { client } = newPage();
    assert.match((await client.get('/scenarios?lang=es')).text, /<option value="hang">hang: nunca responde<\/option>/);
    const { text } = await client.get('/scenarios?lang=en');
    for (const fault of faults) assert.match(text, new RegExp(`<option value="${fault}">${fault}: \\w`));
  });

  test('shows the rule as JSON while it is typed', async () => {
    const { client } = newPage();
    const { body } = await client.post('/scenarios/check', { title: 'x', 'then.fault': 'hang' });
    assert.deepEqual(JSON.parse(body.rule), { title: 'x', then: { fault: 'hang' } });
  });
});

test('all scenarios are switched off at once; none is removed', async () => {
  const { tenant, post } = newPage();
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

describe('which scenarios are on', () => {
  /** The texts of all places that say it. */
  async function said({ tenant, client, page }: ReturnType<typeof newPage>, lang = 'en') {
    const get = async (path: string) => (await client.get(`${path}?lang=${lang}`)).text;
    const find = (html: string, pattern: RegExp) => pattern.exec(html)?.[1];
    const play = await get('/playground');
    return {
      header: find(await get('/'), /data-scenarios-on>([^<]*)</),
      linked: (await get('/')).includes(`href="/t/${tenant.name}/scenarios" data-testid="scenarios-on"`),
      list: [...(await page(lang)).matchAll(/on-one"><a [^>]*>([^<]*)<\/a> <span class="quiet">\(([^)]*)\)/g)].map(
        ([, ...row]) => row,
      ),
      chosen: find(play.slice(play.indexOf('id="play-scenario"')), /<option value="([^"]*)" selected>/),
      none: find(play, /name="scenario"[^>]*><option value="">([^<]*)</),
      state: find(play, /data-fresh="scenario"><p><span[^>]*>([^<]*)</),
      reset: find(await get('/reset'), /<li>((?:Scenarios|Escenarios)[^<]*)</),
    };
  }
  const nothing = {
    header: undefined,
    linked: true,
    list: [],
    none: 'None: everything works',
    state: undefined,
  };

  test('is the same in the header, on the pages of scenarios and of a reset, and in the playground', async () => {
    const world = newPage();
    const { tenant, post } = world;
    assert.deepEqual({ ...(await said(world)), chosen: '' }, { ...nothing, chosen: '', reset: 'Scenarios: 0 (0 on)' });
    await post('/of/platform-down', { enabled: 'true', often: 'once' });
    assert.deepEqual(await said(world), {
      header: '1 scenario on',
      linked: true,
      list: [['The platform is down', 'On, 1 left']],
      chosen: 'platform-down',
      none: 'None: everything works',
      state: 'On, 1 left',
      reset: 'Scenarios: 1 (1 on)',
    });
    tenant.scenarios.applyFirstMatch({ kind: 'openapi', operation: 'applyToken', headers: {} });
    assert.deepEqual({ ...(await said(world)), chosen: '' }, { ...nothing, chosen: '', reset: 'Scenarios: 1 (0 on)' });
  });

  test('includes the first screen, which the playground and “Switch all off” change too', async () => {
    const world = newPage();
    const { tenant, client, post } = world;
    tenant.scenarios.add({ id: 'mine', title: 'Mine', then: { delay: 0 } });
    await client.post('/playground', { scenario: 'first-screen' });
    assert.equal(tenant.settings.firstScreen, 'refuse');
    assert.deepEqual(await said(world, 'es'), {
      header: '2 escenarios encendidos',
      linked: true,
      list: [
        ['Mine', 'Encendido'],
        ['Se rechaza la primera pantalla', 'Encendido'],
      ],
      chosen: 'first-screen',
      none: 'Ninguno de estos',
      state: 'Encendido',
      reset: 'Escenarios: 2 (2 encendidos)',
    });
    assert.equal((await post('/off', {})).done, 'scenarios-off');
    assert.equal(tenant.settings.firstScreen, 'note');
    const [{ reason } = { reason: undefined }] = tenant.journal.list({ operation: 'changeScenario' }, 1);
    assert.deepEqual(reason?.values, { ids: ['mine', 'first-screen'] });
    assert.equal((await post('/off', {})).done, 'nothing');
    tenant.changeSettings({ firstScreen: 'off' });
    await client.post('/playground', { scenario: '' });
    assert.equal(tenant.settings.firstScreen, 'off');
  });
});

test('cards log in a user without a phone number, and refuse the first screen', async () => {
  const { tenant, client, card } = newPage();
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
  const { tenant, page } = newPage();
  tenant.scenarios.add({ id: '<b>"x', then: { result: 'PROCESS_FAIL', message: '<script>alert(1)</script>' } });
  assert.doesNotMatch(await page(), /<b>"x|<script>alert/);
});

test('a page of another origin cannot post its forms', async () => {
  const { client, tenant } = newPage();
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
  const page = await newPage().page('es');
  assert.ok(page.includes('El usuario rechaza') && page.includes('<html lang="es"'));
});

for (const wallet of readdirSync(join(packageRoot, 'fixtures', 'wallets')).map((file) => file.replace('.json', '')))
  test(`${wallet}: each scenario of the library can be switched on`, async () => {
    const { tenant, post } = newPage(emulator.tenants.get(wallet));
    for (const { name } of library) await post(`/of/${name}`, { enabled: 'true', often: 'always' });
    const on = tenant.scenarios.all().map(({ id }) => id);
    assert.deepEqual(new Set(on), new Set([...on, ...library.map(({ name }) => name)]));
  });
