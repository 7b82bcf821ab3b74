import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { after, beforeEach, describe, type TestContext, test } from 'node:test';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { aurora, users } from '../../testing/emulator.js';
import { myCases } from '../../testing/my-cases.js';
import { startEmulator } from '../index.js';
import { createMy } from './my.js';

const wallet = await startEmulator({ port: 0 });
after(() => wallet.close());
beforeEach(() => wallet.reset());
const { appId } = aurora;
const my = createMy({ url: `${wallet.url}/`, appId });

/** Starts a web server on a free port, until the file's tests are done. @returns its address */
async function serve(answer: RequestListener): Promise<string> {
  const server = createServer(answer);
  await once(server.listen(0, '127.0.0.1'), 'listening');
  after(() => {
    server.close();
    server.closeAllConnections();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

const merchant = await serve(async (request, response) => {
  const { method, url, headers } = request;
  const body = Buffer.concat(await request.toArray()).toString();
  if (url === '/text') response.end('beans');
  else if (url === '/down') response.writeHead(503).end('{"ok":false}');
  else if (url?.startsWith('/echo')) response.end(JSON.stringify({ method, url, type: headers['content-type'], body }));
  else response.writeHead(404).end('{"here":"nothing"}');
});

const granted = (...scopes: string[]) => ({ authSuccessScopes: scopes, authErrorScopes: {} });
const withoutCode = ({ authCode, ...rest }: { authCode: string }) => {
  assert.match(authCode, /^281011/);
  return rest;
};

describe('my does in Node what it does in a page:', () => {
  const at = { echo: `${merchant}/echo`, text: `${merchant}/text`, missing: `${merchant}/not-there` };

  for (const { title, settings, run, expected } of myCases) {
    test(title, async (context: TestContext) => {
      context.mock.method(console, 'warn', () => {});
      if (settings) await wallet.settings.change(settings);
      assert.deepEqual(await run(createMy({ url: wallet.url, appId }), at), expected);
    });
  }
});

test('users who decide alone, and the consent setting, answer', async () => {
  await wallet.settings.change({ user: users.tomas });
  assert.deepEqual(withoutCode(await my.getAuthCode({ scopes: ['USER_NAME'] })), granted('USER_NAME'));
  await wallet.settings.change({ user: users.marisol });
  assert.deepEqual(withoutCode(await my.getAuthCode({ scopes: ['USER_NAME', 'USER_AVATAR'] })), {
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

test('a call that needs a screen fails with error 4 and advice, with an origin too', async () => {
  const advice = { error: 4, errorMessage: /a user who .*or the setting consent: grant/ };
  await assert.rejects(my.getAuthCode({ scopes: ['USER_NAME'] }), advice);
  await assert.rejects(
    createMy({ url: wallet.url, origin: 'http://localhost:8080' }).getAuthCode({ scopes: ['USER_NAME'] }),
    advice,
  );
  await assert.rejects(my.tradePay({ tradeNO: '1' }), advice);
});

test('the app\u2019s callbackOrigins apply to the origin', async () => {
  await wallet.apps.change(appId, { callbackOrigins: ['https://cafe.example'] });
  const at = (origin: string) => createMy({ url: wallet.url, appId, origin }).getAuthCode({ scopes: 'USER_ID' });
  assert.deepEqual(withoutCode(await at('https://cafe.example')), granted('USER_ID'));
  await assert.rejects(at('https://other.example'), { error: 4, errorMessage: /callbackOrigins/ });
});

test('the wallet is asked one call after another', async () => {
  let open = 0;
  const overlaps: number[] = [];
  const url = await serve(async (request, response) => {
    open++;
    await request.toArray();
    for (let turn = 0; turn < 20; turn++) await nextTurn();
    overlaps.push(--open);
    response.end('{"ok":false,"result":{"error":3}}');
  });
  const slow = createMy({ url });
  const calls = [1, 2, 3].map(() => slow.getAuthCode().catch(({ error }: { error: number }) => error));
  assert.deepEqual(await Promise.all(calls), [3, 3, 3]);
  assert.deepEqual(overlaps, [0, 0, 0]);
});

test('a call that the wallet lacks fails with error 1; if nobody handles the failure, the process goes on', async () => {
  my.vibrateLong();
  await assert.rejects(my.chooseImage(), { error: 1, errorMessage: /no JSAPI chooseImage/ });
  assert.equal(my.getFileInfoSync().error, 1);
  assert.deepEqual(my.getAppIdSync(), { appId });
});

test('the console shows an absent call once, if the wallet is not asked for it', (context: TestContext) => {
  const warn = context.mock.method(console, 'warn', () => {});
  const fresh = createMy({ url: wallet.url });
  fresh.getUpdateManager();
  fresh.getUpdateManager();
  fresh.onAppShow(() => {});
  assert.deepEqual(
    warn.mock.calls.map((call) => String(call.arguments[0]).split(' ')[1]),
    ['getUpdateManager', 'onAppShow'],
  );
});

test('the wallet\u2019s own JSAPIs answer', async () => {
  await wallet.settings.change({ wallet: 'superqi' });
  assert.deepEqual((await my.getDeviceInfo()).model, 'billetera');
});

test('alert prints its text to the console', async (context: TestContext) => {
  const info = context.mock.method(console, 'info', () => {});
  await my.alert({ title: 'Tu código', content: '281011' });
  assert.deepEqual(info.mock.calls[0]?.arguments, ['[my] Tu código: 281011']);
});

test('each my has its own storage', async () => {
  await my.setStorage({ key: 'cart', data: { beans: 2 } });
  assert.deepEqual(my.getStorageSync({ key: 'cart' }).data, { beans: 2 });
  assert.deepEqual((await createMy({ url: wallet.url }).getStorage({ key: 'cart' })).data, null);
});

test('request sends by node:http, or by the fetch that createMy was given', async (context: TestContext) => {
  context.mock.method(globalThis, 'fetch', async () => new Response('{"replaced":true}'));
  assert.deepEqual(((await my.request({ url: `${merchant}/echo` })).data as { url: string }).url, '/echo');
  const doubled = createMy({ url: wallet.url, fetch: async () => new Response('{"double":true}') });
  assert.deepEqual((await doubled.request({ url: `${merchant}/echo` })).data, { double: true });
});

test('request follows redirects as fetch does', async () => {
  const elsewhere = await serve(async (request, response) => {
    const { method, headers } = request;
    const body = Buffer.concat(await request.toArray()).toString();
    response.end(JSON.stringify({ method, body, type: headers['content-type'], authorization: headers.authorization }));
  });
  const redirecting = await serve((request, response) => {
    const [, status, target] = request.url?.split('/') ?? [];
    const location = { loop: '/302/loop', bad: 'http://', away: elsewhere }[target ?? ''];
    response.writeHead(Number(status), { ...(location && { location }) }).end('{}');
  });
  const send = async (path: string, options: object = {}) => {
    const headers = { authorization: 'secret', 'Content-Type': 'text/plain' };
    return (await my.request({ url: redirecting + path, headers, ...options })).data;
  };
  const post = { method: 'POST', data: 'beans' };
  const asGet = { method: 'GET', body: '' };
  assert.deepEqual(await send('/302/away', post), asGet);
  assert.deepEqual(await send('/303/away', { ...post, method: 'PUT' }), asGet);
  assert.deepEqual(await send('/307/away', post), { method: 'POST', body: 'beans', type: 'text/plain' });
  assert.deepEqual(await send('/200/away'), {});
  await assert.rejects(send('/302/loop'), { error: 12, errorMessage: /more than 20 redirects/ });
  await assert.rejects(send('/302/bad'), { error: 12, errorMessage: /Invalid URL/ });
});

test('request sends a Blob as it is, and says that it cannot send FormData', async () => {
  const send = (data: unknown) => my.request({ url: `${merchant}/echo`, method: 'POST', data });
  assert.equal(((await send(new Blob(['beans']))).data as { body: string }).body, 'beans');
  await assert.rejects(send(new FormData()), { error: 12, errorMessage: /FormData cannot be sent from Node/ });
});

test('request reads failures of the merchant\u2019s server', async () => {
  assert.equal((await my.request({ url: `${merchant}/text`, dataType: 'base64' })).data, 'YmVhbnM=');
  await assert.rejects(my.request({ url: `${merchant}/text` }), { error: 14, data: 'beans' });
  await assert.rejects(my.request({ url: `${merchant}/down` }), { error: 19, status: 503, data: { ok: false } });
  await assert.rejects(my.request({ url: '/login' }), { error: 2 });
  const silent = await serve(() => {});
  await assert.rejects(my.request({ url: silent, timeout: 1 }), { error: 13 });
  const closed = await startEmulator({ port: 0 });
  await closed.close();
  await assert.rejects(my.request({ url: closed.url }), { error: 12, errorMessage: /ECONNREFUSED/ });
});

test('a wallet that does not run is error 10; a wrong address is an error at once', async () => {
  const gone = await startEmulator({ port: 0 });
  await gone.close();
  await assert.rejects(createMy({ url: gone.url }).getAuthCode(), { error: 10, errorMessage: /cannot be reached/ });
  const { port } = new URL(gone.url);
  const byName = createMy({ url: `http://localhost:${port}` });
  await assert.rejects(byName.getAuthCode(), { error: 10, errorMessage: /cannot be reached: .*ECONNREFUSED/ });
  await assert.rejects(createMy({ url: gone.url }).tradePay({ tradeNO: '1' }), { error: 10, resultCode: '6002' });
  assert.throws(() => createMy({ url: 'localhost' }), /url: expected the wallet's address/);
  for (const options of [undefined, null, {}])
    assert.throws(() => createMy(options as never), /^Error: url: expected the wallet's address, .*, got undefined$/);
});
