import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { aurora, emulatorForFile, users } from '../testing/emulator.js';
import { PageClient, policy, postedMessage } from '../testing/page-client.js';
import { Tester } from '../testing/tester.js';

const emulator = await emulatorForFile();
let count = 0;
function world() {
  const tenant = `consent-${++count}`;
  return { pageClient: new PageClient(emulator, tenant), control: new Tester(emulator, tenant) };
}

describe('the request for consent', () => {
  test('that is unknown, malformed or of another tenant is 404, and cannot be framed', async () => {
    const { pageClient } = world();
    const id = new URL(await pageClient.sheet(['USER_NAME'])).searchParams.get('id');
    const others = new PageClient(emulator, 'consent-stranger');
    const answers = [
      await pageClient.get('/wallet/consent'),
      await pageClient.get('/wallet/consent?id='),
      await pageClient.get('/wallet/consent?id=a&id=b'),
      await pageClient.get('/wallet/consent?id=__proto__'),
      await pageClient.post('/wallet/consent?id=guessed', { decision: 'allow' }),
      await others.get(`/wallet/consent?id=${id}`),
      await others.post(`/wallet/consent?id=${id}`, { decision: 'allow' }),
    ];
    for (const answer of answers) {
      assert.equal(answer.status, 404);
      assert.equal(policy(answer, 'frame-ancestors'), "'none'");
    }
  });

  test('can be answered once', async () => {
    const { pageClient } = world();
    const sheet = await pageClient.sheet(['USER_NAME']);
    const first = postedMessage(await pageClient.post(sheet, { decision: 'allow', scope: 'USER_NAME' }));
    assert.equal(first.origin, PageClient.origin);
    assert.deepEqual(first.result?.authSuccessScopes, ['USER_NAME']);
    for (const again of [await pageClient.post(sheet, { decision: 'allow' }), await pageClient.get(sheet)]) {
      assert.equal(again.status, 410);
      assert.equal(postedMessage(again).result?.error, 10);
    }
  });

  test('expires by the emulator’s clock', async () => {
    const { pageClient, control } = world();
    await control.put('/clock', { frozen: true });
    const sheet = await pageClient.sheet(['USER_NAME']);
    await control.post('/clock/advance', { by: 'PT9M59S' });
    assert.equal((await pageClient.get(sheet)).status, 200);
    await control.post('/clock/advance', { by: 'PT2S' });
    assert.equal((await pageClient.get(sheet)).status, 410);
    assert.equal((await pageClient.post(sheet, { decision: 'allow' })).status, 410);
  });

  test('ends if its client or mini program was deleted', async () => {
    const { pageClient, control } = world();
    const sheet = await pageClient.sheet(['USER_NAME']);
    await control.delete(`/apps/${aurora.appId}`);
    assert.equal((await pageClient.get(sheet)).status, 410);
    assert.equal((await pageClient.post(sheet, { decision: 'allow', scope: 'USER_NAME' })).status, 410);
  });
});

describe('a client that is suspended while the screen shows', () => {
  test('gets no code, and the mini program gets error 4', async () => {
    const { pageClient, control } = world();
    const sheet = await pageClient.sheet(['USER_NAME']);
    await control.patch(`/clients/${aurora.clientId}`, { status: 'SUSPENDED' });
    for (const answer of [
      await pageClient.get(sheet),
      await pageClient.post(sheet, { decision: 'allow', scope: 'USER_NAME' }),
      await pageClient.post(sheet, { chosenUser: users.tomas }),
    ]) {
      assert.equal(answer.status, 410);
      assert.equal(postedMessage(answer).result?.error, 4);
    }
    await control.patch(`/clients/${aurora.clientId}`, { status: 'ACTIVE' });
    assert.equal((await pageClient.get(sheet)).status, 200);
  });
});

describe('a decision', () => {
  test('that the form does not have changes nothing', async () => {
    const { pageClient, control } = world();
    const sheet = await pageClient.sheet(['USER_NAME']);
    const nonsense = [{}, { decision: '' }, { decision: 'ALLOW' }, { decision: ['allow', 'allow'] }, { scope: 'USER_NAME' }];
    for (const form of nonsense)
      assert.equal((await pageClient.post(sheet, { userId: users.tomas, ...form })).status, 400, JSON.stringify(form));
    assert.equal((await control.get('/settings')).body.user, users.lucia, 'and nobody else is logged in');
    for (const [type, payload, status] of [
      ['application/json', 'null', 400],
      ['application/json', '"allow"', 400],
      ['text/plain', 'decision=allow', 400],
      ['multipart/form-data; boundary=x', '--x--', 415],
    ] as const)
      assert.equal((await pageClient.send('POST', sheet, payload, { 'content-type': type })).status, status, type + payload);
    assert.equal(postedMessage(await pageClient.post(sheet, { decision: 'deny' })).result?.error, 11);
  });

  test('grants the requested scopes that are ticked, and nothing else', async () => {
    const { pageClient } = world();
    const form = { decision: 'allow', scope: ['USER_NAME', 'USER_ADDRESS', '__proto__', ''], userId: 'nobody' };
    const { result } = postedMessage(await pageClient.post(await pageClient.sheet(['USER_NAME', 'USER_GENDER']), form));
    assert.deepEqual(result?.authSuccessScopes, ['USER_NAME']);
    assert.deepEqual(result?.authErrorScopes, { USER_GENDER: '10001' });
  });

  test('to allow without a ticked scope is a refusal', async () => {
    const { pageClient } = world();
    assert.equal(
      postedMessage(await pageClient.post(await pageClient.sheet(['USER_NAME']), { decision: 'allow' })).result?.error,
      11,
    );
  });

  test('ignores invalid values of the drawer', async () => {
    const { pageClient } = world();
    const decide = async (form: Record<string, string | string[]>) =>
      postedMessage(await pageClient.post(await pageClient.sheet(['USER_BIRTHDAY']), { decision: 'deny', ...form })).result;
    assert.equal((await decide({ error: '1005' }))?.error, 1005);
    assert.equal((await decide({ error: '10' }))?.error, 10);
    assert.equal((await decide({ error: '', delay: '0.01' }))?.error, 11);
    assert.equal((await decide({ error: '1000', delay: '0.01' }))?.error, 1000);
    for (const error of ['', 'abc', '-1', '1e9', '123456', '1.5']) assert.equal((await decide({ error }))?.error, 11);
    for (const delay of ['', 'abc', '-5', '0', 'NaN']) assert.equal((await decide({ delay }))?.error, 11);
    const refused = await decide({ refuse: ['USER_BIRTHDAY', '__proto__', ''], refuseCode: '</script>' });
    assert.deepEqual(refused?.authErrorScopes, { USER_BIRTHDAY: '10001' });
  });

  test('ignores the drawer if the setting is off', async () => {
    const { pageClient, control } = world();
    const sheet = await pageClient.sheet(['USER_NAME']);
    assert.match((await pageClient.get(sheet)).text, /data-drawer/);
    await control.put('/settings', { drawer: false });
    assert.doesNotMatch((await pageClient.get(sheet)).text, /drawer/);
    const form = { decision: 'allow', scope: 'USER_NAME', error: '1005', refuse: 'USER_NAME', always: 'on' };
    assert.deepEqual(postedMessage(await pageClient.post(sheet, form)).result?.authSuccessScopes, ['USER_NAME']);
    assert.deepEqual((await control.get(`/users/${users.lucia}`)).body.behaviour, undefined);
  });

  test('cannot be posted by a page of another origin', async () => {
    const { pageClient } = world();
    const sheet = await pageClient.sheet(['USER_NAME']);
    const foreign = [
      { origin: PageClient.origin },
      { origin: 'null' },
      { origin: 'https://localhost' },
      { 'sec-fetch-site': 'same-site', 'sec-fetch-mode': 'navigate' },
      { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'navigate' },
    ];
    for (const headers of foreign)
      assert.equal((await pageClient.post(sheet, { decision: 'allow' }, headers)).status, 403, JSON.stringify(headers));
    assert.equal((await pageClient.post(sheet, { decision: 'allow' }, { host: 'wallet.attacker.example' })).status, 421);
    assert.equal((await pageClient.get(sheet, { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'cors' })).status, 403);
    assert.equal((await pageClient.post(sheet, { decision: 'deny' }, { origin: 'http://localhost:80' })).status, 200);
  });
});

describe('the page', () => {
  test('can be framed by the page that asked and the pages around it, and has no inline scripts or foreign assets', async () => {
    const { pageClient } = world();
    const sheet = await pageClient.sheet(['USER_NAME', 'USER_AVATAR'], {
      ancestors: ['http://LOCALHOST:8080', 'http://localhost:8080'],
    });
    const shown = await pageClient.get(sheet);
    const ended = await pageClient.post(sheet, { decision: 'deny' });
    for (const page of [shown, ended, await pageClient.get(sheet)]) {
      assert.equal(policy(page, 'frame-ancestors'), `${PageClient.origin} http://localhost:8080`);
      assert.equal(policy(page, 'default-src'), "'none'");
      assert.equal(policy(page, 'script-src'), "'self'");
      assert.equal(policy(page, 'form-action'), "'self'");
      assert.equal(policy(page, 'base-uri'), "'none'");
      assert.equal(page.headers['cache-control'], 'no-store');
      assert.equal(page.headers['cross-origin-resource-policy'], 'cross-origin');
      assert.equal(page.headers['cross-origin-embedder-policy'], 'credentialless');
      assert.equal(page.headers['x-content-type-options'], 'nosniff');
      assert.equal(page.headers['access-control-allow-origin'], undefined);
      assert.doesNotMatch(
        page.text,
        /<script(?![^>]* src="\/)|<style(?!>:root\{--wallet-color[-\w:;#]+\}<\/style>)|\son\w+=|\sstyle=/,
      );
      assert.match(String(policy(page, 'style-src')), /^'self' 'sha256-[\w+/]{43}='$/);
      assert.doesNotMatch(page.text, /<(link|script)[^>]*(https?:)?\/\/(?!localhost)/);
    }
  });

  test('writes names as text', async () => {
    const { pageClient, control } = world();
    const name = '"><script>alert(1)</script>{{user.userId}}';
    await control.patch(`/apps/${aurora.appId}`, { name });
    await control.patch(`/users/${users.lucia}`, { name, nickName: name, note: name });
    const sheet = await pageClient.sheet(['USER_NICKNAME']);
    const { text } = await pageClient.get(sheet);
    assert.doesNotMatch(text, /<script>alert/);
    assert.match(text, /&quot;&gt;&lt;script&gt;alert\(1\)&lt;\/script&gt;\{\{user\.userId\}\}/);
  });

  test('is in the language of the address, else of the page that asked; an unknown language is ignored', async () => {
    const { pageClient } = world();
    const sheet = await pageClient.sheet(['USER_NAME'], { lang: 'en-GB' });
    const lang = async (query: string) => / lang="([^"]*)"/.exec((await pageClient.get(sheet + query)).text)?.[1];
    assert.equal(await lang(''), 'en');
    assert.equal(await lang('&lang=es-DO'), 'es');
    assert.equal(await lang('&lang=%22%3E%3Cb%3E'), 'es', 'the user’s');
    assert.equal(await lang('&lang=..%2F..%2Fapps'), 'es');
    assert.equal(await lang('&lang=en&lang=es'), 'es');
    assert.equal(await lang('&lang=ar'), 'ar');
  });

  test('is in the language of the wallet’s profile, if neither browser nor user has one that the wallet has', async () => {
    const { pageClient, control } = world();
    await control.put('/settings', { wallet: 'superqi' });
    await control.put('/settings', { user: '1000001119398804010' });
    const { text } = await pageClient.get(await pageClient.sheet(['USER_NAME'], { lang: 'is-IS' }));
    assert.match(text, /<html lang="ar" dir="rtl"/);
    assert.match(text, /<bdi>Ines Falkenrath<\/bdi>/);
    const [, allow] = /data-testid="consent-allow"[^>]*>(?:<[^>]*>)*([^<]*)</.exec(text) ?? [];
    assert.equal(allow, 'تأكيد');
    assert.match((await pageClient.get('/')).text, /<html lang="en"/, 'the console');
  });
});

describe('the user', () => {
  test('can be changed by the form, which shows the screen again', async () => {
    const { pageClient, control } = world();
    const sheet = await pageClient.sheet(['USER_NAME']);
    const emilio = '1000001119398804006';
    const answer = await pageClient.post(sheet, { chosenUser: emilio });
    assert.equal(answer.status, 303);
    assert.match(String(answer.headers.location), /^\/t\/consent-\d+\/wallet\/consent\?id=/);
    assert.equal((await control.get('/settings')).body.user, emilio);
    for (const chosenUser of ['nobody', '', ['1', '2'], '__proto__']) await pageClient.post(sheet, { chosenUser });
    assert.equal((await control.get('/settings')).body.user, emilio);
  });

  test('with a behaviour answers at once, and the previous user grants nothing', async () => {
    const { pageClient, control } = world();
    const sheet = await pageClient.sheet(['USER_NAME']);
    await pageClient.post(sheet, { chosenUser: users.tomas });
    assert.deepEqual(postedMessage(await pageClient.get(sheet)).result?.authSuccessScopes, ['USER_NAME']);
    const { consents } = (await control.get('/consents')).body;
    assert.deepEqual(
      consents.map(({ userId }: { userId: string }) => userId),
      [users.tomas],
    );
  });

  test('changes, but the drawer and the ticks stay, and the drawer wins over the user’s behaviour', async () => {
    const { pageClient } = world();
    const sheet = await pageClient.sheet(['USER_NAME', 'USER_GENDER']);
    const form = { scope: 'USER_NAME', error: '1005', always: 'on' };
    const changed = await pageClient.post(sheet, { chosenUser: users.tomas, ...form });
    const next = String(changed.headers.location).replace(/^\/t\/[^/]+/, '');
    assert.match(next, /error=1005.*&unticked=USER_GENDER$/);
    assert.equal(postedMessage(await pageClient.get(next)).result?.error, 1005);
  });

  test('whose behaviour was changed is listed in the drawer, which gives them the behaviour of the fixtures again', async () => {
    const { pageClient, control } = world();
    const tenant = emulator.tenants.get(pageClient.tenant);
    await control.patch(`/users/${users.tomas}`, { behaviour: { consent: 'deny' } });
    const sheet = await pageClient.sheet(['USER_NAME', 'USER_GENDER']);
    const [, drawer = ''] = /data-testid="drawer-changed">([\s\S]*?)<\/div>/.exec((await pageClient.get(sheet)).text) ?? [];
    assert.match(drawer, new RegExp(`<option value="${users.tomas}">Tomás`));
    const form = { decision: 'reset-behaviour', changed: users.tomas, scope: 'USER_NAME' };
    const { headers } = await pageClient.post(sheet, form);
    assert.deepEqual(tenant.users.get(users.tomas)?.record.behaviour, { consent: 'grant' });
    const next = String(headers.location).replace(/^\/t\/[^/]+/, '');
    assert.match(next, /unticked=USER_GENDER$/);
    assert.doesNotMatch((await pageClient.get(next)).text, /drawer-changed/);

    await control.patch(`/users/${users.tomas}`, { behaviour: { consent: 'deny' } });
    await control.put('/settings', { drawer: false });
    await pageClient.post(sheet, form);
    assert.deepEqual(tenant.users.get(users.tomas)?.record.behaviour, { consent: 'deny' }, 'a screen without a drawer');
  });

  test('changes, and the drawer is not kept if the setting is off', async () => {
    const { pageClient, control } = world();
    const sheet = await pageClient.sheet(['USER_NAME']);
    await control.put('/settings', { drawer: false });
    const changed = await pageClient.post(sheet, { chosenUser: users.tomas, scope: 'USER_NAME', error: '1005' });
    const next = String(changed.headers.location).replace(/^\/t\/[^/]+/, '');
    assert.deepEqual(postedMessage(await pageClient.get(next)).result?.authSuccessScopes, ['USER_NAME']);
  });
});
