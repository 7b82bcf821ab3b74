import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { after, beforeEach, type TestContext, test } from 'node:test';
import { aurora, users } from '../../testing/emulator.js';
import { startEmulator } from '../index.js';
import { createMy } from './my.js';

const wallet = await startEmulator({ port: 0 });
after(() => wallet.close());
beforeEach(() => wallet.reset());
const { appId } = aurora;
const my = createMy({ url: `${wallet.url}/`, appId });

const granted = (...scopes: string[]) => ({ authSuccessScopes: scopes, authErrorScopes: {} });
const codeless = ({ authCode, ...rest }: { authCode: string }) => {
  assert.match(authCode, /^281011/);
  return rest;
};

test('silent scopes are granted', async () => {
  assert.deepEqual(codeless(await my.getAuthCode({ scopes: ['USER_ID'] })), granted('USER_ID'));
  assert.deepEqual(codeless(await my.getAuthCode({ scopes: 'USER_ID' })), granted('USER_ID'));
  assert.deepEqual(codeless(await my.getAuthCode()), granted('auth_base'));
});

test('users who decide alone, and the setting, answer', async () => {
  await wallet.settings.change({ user: users.tomas });
  assert.deepEqual(codeless(await my.getAuthCode({ scopes: ['USER_NAME'] })), granted('USER_NAME'));
  await wallet.settings.change({ user: users.marisol });
  assert.deepEqual(codeless(await my.getAuthCode({ scopes: ['USER_NAME', 'USER_AVATAR'] })), {
    authSuccessScopes: ['USER_AVATAR'],
    authErrorScopes: { USER_NAME: '10001' },
  });
  await wallet.settings.change({ user: users.lucia, consent: 'deny' });
  const failure = { error: 11, errorMessage: 'the user refused', authErrorScopes: { USER_NAME: '10001' } };
  await assert.rejects(my.getAuthCode({ scopes: ['USER_NAME'] }), (thrown: object) => {
    assert.equal(Object.getPrototypeOf(thrown), Object.prototype);
    assert.deepEqual({ ...thrown, errorMessage: 'the user refused' }, failure);
    return true;
  });
});

test('where a screen would be needed it fails with error 4 and advice, with an origin too', async () => {
  const advice = { error: 4, errorMessage: /a user who .*or the setting consent: grant/ };
  await assert.rejects(my.getAuthCode({ scopes: ['USER_NAME'] }), advice);
  await assert.rejects(
    createMy({ url: wallet.url, origin: 'http://localhost:8080' }).getAuthCode({ scopes: ['USER_NAME'] }),
    advice,
  );
});

test('the app\u2019s callbackOrigins hold for an origin', async () => {
  await wallet.apps.change(appId, { callbackOrigins: ['https://cafe.example'] });
  const at = (origin: string) => createMy({ url: wallet.url, appId, origin }).getAuthCode({ scopes: 'USER_ID' });
  assert.deepEqual(codeless(await at('https://cafe.example')), granted('USER_ID'));
  await assert.rejects(at('https://other.example'), { error: 4, errorMessage: /callbackOrigins/ });
});

test('callbacks: success or fail, then complete, and nothing is returned', async () => {
  const heard: string[] = [];
  const called = (scopes: string, names: string[]) =>
    new Promise<void>((resolve) => {
      const callbacks = Object.fromEntries(names.map((name) => [name, () => heard.push(name)]));
      const returned = my.getAuthCode({ scopes, ...callbacks, complete: () => resolve(void heard.push('complete')) });
      heard.push(String(returned));
    });
  await called('USER_ID', ['success', 'fail', 'failed']);
  await wallet.settings.change({ consent: 'deny' });
  await called('USER_NAME', ['success', 'fail', 'failed']);
  await called('USER_NAME', ['success', 'failed']);
  const ending = (name: string) => ['undefined', name, 'complete'];
  assert.deepEqual(heard, [...ending('success'), ...ending('fail'), ...ending('failed')]);
});

test('call takes any JSAPI by its name, with a callback or a promise', async () => {
  assert.deepEqual(codeless(await my.call('getAuthCode', { scopes: 'USER_ID' })), granted('USER_ID'));
  const value = await new Promise<{ authCode: string }>((resolve) =>
    my.call('getAuthCode', { scopeNicks: ['USER_ID'] }, resolve),
  );
  assert.deepEqual(codeless(value), granted('USER_ID'));
  assert.ok(await new Promise((resolve) => my.call('getAuthCode', resolve)));
});

test('a call that there is not fails with error 4; where nobody listens, nothing breaks', async () => {
  my.vibrateLong();
  await assert.rejects(my.tradePay({ tradeNO: '1' }), { error: 4 });
  await assert.rejects(my.chooseImage(), { error: 4, errorMessage: /no JSAPI chooseImage/ });
  assert.equal(my.getSystemInfoSync().error, 4);
  assert.equal(
    my.onAppShow(() => {}),
    undefined,
  );
  assert.equal(my.canIUse('getAuthCode'), true);
  assert.equal(my.canIUse('chooseImage'), false);
  assert.equal(await Promise.resolve(my), my);
  assert.deepEqual(my.getAppIdSync(), { appId });
});

test('the wallet\u2019s own JSAPIs answer', async () => {
  await wallet.settings.change({ wallet: 'superqi' });
  assert.deepEqual((await my.getDeviceInfo()).data.model, 'billetera');
});

test('alert says it on the console', async (context: TestContext) => {
  const info = context.mock.method(console, 'info', () => {});
  await my.alert({ title: 'Tu código', content: '281011' });
  assert.deepEqual(info.mock.calls[0]?.arguments, ['[my] Tu código: 281011']);
});

test('storage is in memory, and each my\u2019s own', async () => {
  await my.setStorage({ key: 'cart', data: { beans: 2 } });
  assert.deepEqual(my.getStorageSync({ key: 'cart' }).data, { beans: 2 });
  assert.deepEqual((await createMy({ url: wallet.url }).getStorage({ key: 'cart' })).data, null);
  my.removeStorageSync({ key: 'cart' });
  assert.deepEqual((await my.getStorage({ key: 'cart' })).data, null);
  await assert.rejects(my.call('setStorage', { data: 1 }), { error: 2 });
});

test('request reaches the merchant\u2019s server', async () => {
  const merchant = createServer(async (request, response) => {
    const body = Buffer.concat(await request.toArray()).toString();
    if (request.url === '/text') response.end('beans');
    else if (request.url === '/down') response.writeHead(503).end('{"ok":false}');
    else response.end(JSON.stringify({ method: request.method, url: request.url, type: request.headers['content-type'], body }));
  });
  after(() => merchant.close());
  await once(merchant.listen(0, '127.0.0.1'), 'listening');
  const url = `http://127.0.0.1:${(merchant.address() as AddressInfo).port}`;
  const answer = { method: 'POST', url: '/login', type: 'application/json', body: '{"authCode":"1"}' };
  const { data, status } = await my.request({ url: `${url}/login`, method: 'post', data: { authCode: '1' } });
  assert.deepEqual([status, data], [200, answer]);
  assert.deepEqual((await my.httpRequest({ url, data: { q: 'a b' } })).data, { method: 'GET', url: '/?q=a+b', body: '' });
  assert.equal((await my.request({ url: `${url}/text`, dataType: 'text' })).data, 'beans');
  assert.equal((await my.request({ url: `${url}/text`, dataType: 'base64' })).data, 'YmVhbnM=');
  await assert.rejects(my.request({ url: `${url}/text` }), { error: 14, data: 'beans' });
  await assert.rejects(my.request({ url: `${url}/down` }), { error: 19, status: 503, data: { ok: false } });
  await assert.rejects(my.request({ url: '/login' }), { error: 2 });
  merchant.close();
  merchant.closeAllConnections();
  await assert.rejects(my.request({ url }), { error: 12 });
});

test('a wallet that does not run is error 10; what is no address is told at once', async () => {
  const gone = await startEmulator({ port: 0 });
  await gone.close();
  await assert.rejects(createMy({ url: gone.url }).getAuthCode(), { error: 10, errorMessage: /cannot be reached/ });
  assert.throws(() => createMy({ url: 'localhost' }), /url: expected the wallet's address/);
});
