import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { aurora, emulatorForFile, faro, users } from '../testing/emulator.js';
import { PageClient } from '../testing/page-client.js';
import { Tester } from '../testing/tester.js';

const emulator = await emulatorForFile();
let count = 0;
function world() {
  const tenant = `jsapi-${++count}`;
  return { pageClient: new PageClient(emulator, tenant), control: new Tester(emulator, tenant) };
}
const json = { 'content-type': 'application/json', origin: PageClient.origin };
const asked = { scopes: ['USER_NAME'] };
const silent = { scopes: ['USER_ID'] };

describe('the body', () => {
  const { pageClient } = world();
  const send = (payload: string, headers = json) => pageClient.send('POST', '/wallet/jsapi', payload, headers);

  const illegal: [unknown, RegExp][] = [
    [{}, /name/],
    [{ name: '' }, /name/],
    [{ name: 7 }, /name/],
    [{ name: 'getAuthCode', params: 'USER_ID' }, /params/],
    [{ name: 'getAuthCode', params: [] }, /params/],
    [{ name: 'getAuthCode', appId: 7 }, /appId/],
    [{ name: 'getAuthCode', ancestors: 'http://localhost' }, /ancestors/],
    [{ name: 'getAuthCode', ancestors: [7] }, /ancestors/],
    [{ name: 'getAuthCode', gesture: 'yes' }, /gesture/],
    [{ name: 'getAuthCode', lang: {} }, /lang/],
    [[], /the body/],
    ['getAuthCode', /the body/],
    [null, /the body/],
  ];
  for (const [body, names] of illegal) {
    test(`${JSON.stringify(body)} is refused, and a page can read why`, async () => {
      const answer = await send(JSON.stringify(body));
      assert.equal(answer.status, 400);
      assert.match(answer.body.message, names);
      assert.equal(answer.headers['access-control-allow-origin'], PageClient.origin);
    });
  }

  test('that is not JSON is refused', async () => {
    assert.equal((await send('{"name":')).status, 400);
    assert.equal((await send('{"name":', { ...json, 'content-type': 'text/plain' })).status, 400);
    const form = { ...json, 'content-type': 'application/x-www-form-urlencoded' };
    assert.equal((await send('{"name":"getAuthCode"}', form)).status, 415);
  });

  test('can be sent as text, so that a browser sends no preflight', async () => {
    const { status, body } = await send(JSON.stringify({ name: 'getAuthCode', params: silent }), {
      ...json,
      'content-type': 'text/plain',
    });
    assert.deepEqual([status, body.ok], [200, true]);
  });

  test('cannot come from a form, which can send text to any address', async () => {
    const form = { ...json, 'content-type': 'text/plain', 'sec-fetch-mode': 'navigate' };
    const { status, body } = await send(`{"name":"getAuthCode","lang":"="}`, form);
    assert.deepEqual([status, body.error], [403, 'other-origin']);
  });

  for (const scopes of [42, [], ['USER_ID', 7], { USER_ID: true }, [''], ['A'.repeat(65)], Array(51).fill('USER_ID')]) {
    test(`scopes ${JSON.stringify(scopes).slice(0, 40)} are error 2`, async () => {
      const { body } = await pageClient.call('getAuthCode', { scopes });
      assert.deepEqual([body.ok, body.result.error], [false, 2]);
      assert.match(body.result.errorMessage, /scopes/);
    });
  }
});

describe('the mini program', () => {
  test('that is unknown is error 4, and the message names it', async () => {
    const { body } = await world().pageClient.call('getAuthCode', silent, { appId: '</script>' });
    assert.equal(body.result.error, 4);
    assert.match(body.result.errorMessage, /<\/script>.*apps\.json/);
  });

  test('without an appId is the one whose callbackOrigins has the page, else the first', async () => {
    const { pageClient, control } = world();
    const codeOf = async () => {
      const { body } = await pageClient.call('getAuthCode', silent, { appId: null });
      return (await emulator.tenants.get(pageClient.tenant).store.findAuthCode(body.result.authCode))?.appId;
    };
    assert.equal(await codeOf(), aurora.appId);
    await control.patch(`/apps/${faro.appId}`, { callbackOrigins: [PageClient.origin] });
    assert.equal(await codeOf(), faro.appId);
  });

  test('may not ask if its client is suspended or unknown', async () => {
    const { pageClient, control } = world();
    await control.patch(`/clients/${aurora.clientId}`, { status: 'SUSPENDED' });
    const { body } = await pageClient.call('getAuthCode', silent);
    assert.equal(body.result.error, 4);
    assert.match(body.result.errorMessage, /suspended/);
    for (const { appId } of (await control.get('/apps')).body.apps) await control.delete(`/apps/${appId}`);
    const none = await pageClient.call('getAuthCode', silent, { appId: null });
    assert.match(none.body.result.errorMessage, /no mini program/);
  });

  test('cannot call an unknown JSAPI: error 1', async () => {
    const { pageClient } = world();
    for (const name of ['navigateTo', 'constructor', '__proto__', 'toString'])
      assert.equal((await pageClient.call(name)).body.result.error, 1, name);
  });
});

describe('the page’s origin', () => {
  test('must be one of callbackOrigins, in upper or lower case', async () => {
    const { pageClient, control } = world();
    await control.patch(`/apps/${aurora.appId}`, { callbackOrigins: ['https://Cafe.example'] });
    assert.equal((await pageClient.call('getAuthCode', silent, {}, { origin: 'https://cafe.example' })).body.ok, true);
    for (const origin of ['http://cafe.example', 'https://cafe.example:8443', 'https://cafe.example.attacker.example']) {
      const { body } = await pageClient.call('getAuthCode', silent, {}, { origin });
      assert.equal(body.result.error, 4, origin);
      assert.match(body.result.errorMessage, /callbackOrigins/);
    }
  });

  test('null is refused, because no message can be posted to it', async () => {
    const { body } = await world().pageClient.call('getAuthCode', silent, {}, { origin: 'null' });
    assert.equal(body.result.error, 4);
    assert.match(body.result.errorMessage, /file:.*http:\/\/localhost/);
  });

  test('absent, as from Node: a call that needs a screen is error 4, others are answered', async () => {
    const { pageClient, control } = world();
    assert.equal((await pageClient.call('getAuthCode', silent, {}, {})).body.ok, true);
    const { body } = await pageClient.call('getAuthCode', asked, {}, {});
    assert.equal(body.result.error, 4);
    assert.match(body.result.errorMessage, /only a page can show/);
    await control.put('/settings', { consent: 'grant' });
    assert.equal((await pageClient.call('getAuthCode', asked, {}, {})).body.ok, true);
  });

  test('that is malformed is refused, because it would go into a header', async () => {
    const { pageClient } = world();
    for (const origin of ['http://a.example; script-src *', 'http://a.example/path', 'localhost', '*', "'self'"]) {
      const { body } = await pageClient.call('getAuthCode', asked, {}, { origin });
      assert.equal(body.result.error, 4, origin);
    }
    assert.ok((await pageClient.call('getAuthCode', asked, {}, { origin: 'capacitor://localhost' })).body.sheet);
  });
});

describe('the pages around', () => {
  const ask = (pageClient: PageClient, ...ancestors: string[]) => pageClient.call('getAuthCode', asked, { ancestors });

  test('must be of this machine if the app has no callbackOrigins', async () => {
    const { pageClient } = world();
    for (const origin of [
      'http://localhost:8080',
      'HTTPS://LOCALHOST',
      'http://127.0.0.1:1',
      'http://[::1]:5',
      'http://a.localhost',
    ])
      assert.ok((await ask(pageClient, origin)).body.sheet, origin);
    const strangers = [
      'https://a.example',
      'http://localhost.a.example',
      'http://localhost:1; script-src *',
      '*',
      'null',
      'file://',
    ];
    for (const origin of strangers) {
      const { body } = await ask(pageClient, 'http://localhost:1', origin);
      assert.equal(body.result.error, 4, origin);
      assert.match(body.result.errorMessage, /in a frame of/);
    }
  });

  test('must be in the app’s callbackOrigins if it has any', async () => {
    const { pageClient, control } = world();
    await control.patch(`/apps/${aurora.appId}`, { callbackOrigins: [PageClient.origin, 'https://shell.example'] });
    assert.ok((await ask(pageClient, 'https://shell.example')).body.sheet);
    assert.equal((await ask(pageClient, 'http://localhost:1')).body.result.error, 4);
  });

  test('do not matter if no screen is shown', async () => {
    const { body } = await world().pageClient.call('getAuthCode', silent, { ancestors: ['https://a.example'] });
    assert.equal(body.ok, true);
  });
});

describe('what a page may read', () => {
  test('any origin may read the answer, by name and without credentials', async () => {
    const { pageClient } = world();
    const preflight = await pageClient.send('OPTIONS', '/wallet/jsapi', undefined, {
      origin: 'http://192.168.1.20:3000',
      'access-control-request-method': 'POST',
      'access-control-request-headers': 'content-type',
      'access-control-request-private-network': 'true',
    });
    assert.equal(preflight.status, 204);
    assert.equal(preflight.headers['access-control-allow-origin'], 'http://192.168.1.20:3000');
    assert.equal(preflight.headers['access-control-allow-private-network'], 'true');
    assert.equal(preflight.headers['access-control-allow-credentials'], undefined);
    const { headers } = await pageClient.call('getAuthCode', silent);
    assert.equal(headers['access-control-allow-origin'], PageClient.origin);
    assert.match(String(headers.vary), /Origin/);
    assert.equal(headers['cache-control'], 'no-store');
  });

  test('never has the userId or a token, however a call ends', async () => {
    const { pageClient, control } = world();
    const answers = [
      await pageClient.call('getAuthCode', silent),
      await pageClient.call('getAuthCode', asked),
      await pageClient.call('getAuthCode', { scopes: ['NONE'] }),
      await pageClient.call('nothing'),
    ];
    await control.put('/settings', { user: users.tomas });
    answers.push(await pageClient.call('getAuthCode', asked));
    await control.put('/settings', { user: users.harriet });
    answers.push(await pageClient.call('getAuthCode', asked));
    for (const { text } of answers) assert.doesNotMatch(text, /10000011193988\d+|accessToken|refreshToken|customerId|userId/);
  });
});

test('an unknown authUrl is error 2 for every JSAPI', async () => {
  const { pageClient } = world();
  for (const authUrl of ['', 'no address', 'http://localhost/wallet/consent', 'http://localhost/wallet/consent?id=guessed']) {
    const { body } = await pageClient.call('anything', { authUrl });
    assert.deepEqual([body.ok, body.result.error], [false, 2], authUrl);
  }
});
