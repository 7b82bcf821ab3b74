import assert from 'node:assert/strict';
import { once } from 'node:events';
import { get } from 'node:http';
import { createInterface } from 'node:readline';
import { after, beforeEach, test } from 'node:test';
import { startEmulator } from '../sdk/index.js';
import { createMy } from '../sdk/my/my.js';
import { WebViewSessions } from './web-view-sessions.js';

const wallet = await startEmulator({ port: 0 });
after(() => wallet.close());
beforeEach(() => wallet.reset());

const post = (path: string, body: string, url = wallet.url) =>
  fetch(`${url}/wallet/sessions/${path}`, { method: 'POST', headers: { 'content-type': 'application/json' }, body });

/** Listens to one half of a session, as the bridge of a page does. */
async function listen(path: string, url = wallet.url) {
  const request = get(`${url}/wallet/sessions/${path}`);
  const [response] = await once(request, 'response');
  const lines = createInterface(response).on('error', () => {});
  const messages: unknown[] = [];
  const waiters: (() => void)[] = [];
  lines.on('line', (line) => {
    if (line.startsWith('data: ')) messages.push(JSON.parse(line.slice(6)));
    for (const waiter of waiters.splice(0)) waiter();
  });
  return {
    messages,
    headers: response.headers as Record<string, string>,
    async until(count: number) {
      while (messages.length < count) await new Promise<void>((resolve) => waiters.push(resolve));
      return messages;
    },
    close: () => request.destroy(),
  };
}

test('each half gets what the other half posts, in order, and nothing of its own', async () => {
  const my = createMy({ url: wallet.url, session: 'cafe-1' });
  const page = await listen('cafe-1/page');
  const webView = my.createWebViewContext('web-view-1');
  const details: unknown[] = [];
  const heard = new Promise<void>((resolve) => {
    webView.onMessage = ({ detail }) => {
      if (details.push(detail) === 3) resolve();
    };
  });
  for (const message of [{ toNative: '0' }, 'text', null]) await post('cafe-1/native', JSON.stringify(message));
  for (const message of [{ toPage: '1' }, 7]) webView.postMessage(message);

  assert.deepEqual(await page.until(2), [{ toPage: '1' }, 7]);
  await heard;
  assert.deepEqual(details, [{ toNative: '0' }, 'text', null]);
  webView.onMessage = undefined;
  page.close();
});

test('messages wait for the first listener, until a reset', async () => {
  await post('early/page', '1');
  await post('early/page', '"two\\nlines"');
  const first = await listen('early/page');
  assert.deepEqual(await first.until(2), [1, 'two\nlines']);
  const second = await listen('early/page');
  await post('early/page', '3');
  assert.deepEqual([await first.until(3), await second.until(1)], [[1, 'two\nlines', 3], [3]]);
  first.close();
  second.close();

  await post('forgotten/page', '1');
  await wallet.reset();
  const later = await listen('forgotten/page');
  await wallet.reset();
  await post('forgotten/page', '2');
  assert.deepEqual(await later.until(1), [2], 'a listener survives a reset, a message does not');
  later.close();
});

test('sessions are separate, by name and by tenant', async () => {
  const other = `${wallet.url}/t/other`;
  const streams = [await listen('a/page'), await listen('b/page'), await listen('a/native'), await listen('a/page', other)];
  for (const [path, url] of [['a/page'], ['b/page'], ['a/native'], ['a/page', other]] as const)
    await post(path, JSON.stringify(`${path} ${url ?? ''}`), url);
  const heard = await Promise.all(streams.map((stream) => stream.until(1)));
  assert.deepEqual(heard, [['a/page '], ['b/page '], ['a/native '], [`a/page ${other}`]]);
  for (const stream of streams) stream.close();
});

test('pages of all origins may use a session', async () => {
  const page = await listen('cors/page');
  assert.equal(page.headers['access-control-allow-origin'], '*');
  assert.equal(page.headers['content-type'], 'text/event-stream; charset=utf-8');
  page.close();
  const preflight = await fetch(`${wallet.url}/wallet/sessions/cors/native`, {
    method: 'OPTIONS',
    headers: { origin: 'https://cafe.example', 'access-control-request-method': 'POST' },
  });
  assert.equal(preflight.status, 204);
  assert.equal(preflight.headers.get('access-control-allow-origin'), 'https://cafe.example');
});

test('bad requests are refused', async () => {
  assert.equal((await post('cafe-1/native', '{')).status, 400);
  assert.equal((await post('cafe-1/native', '')).status, 400);
  assert.equal((await post('cafe-1/native', `${'['.repeat(100_000)}${']'.repeat(100_000)}`)).status, 400);
  assert.equal((await post('cafe-1/native', JSON.stringify('x'.repeat(300_000)))).status, 413);
  for (const path of ['cafe-1/stranger', 'caf%C3%A9/page', `${'x'.repeat(129)}/page`, 'a%2Fb/page'])
    assert.match(await (await post(path, '1')).text(), /INVALID_API/, path);
  assert.throws(() => createMy({ url: wallet.url, session: 'a/b' }), /session: expected/);
});

test('what cannot be sent is shown on the console', async (context) => {
  const warn = context.mock.method(console, 'warn', () => {});
  const shown = () => new Promise<void>((resolve) => warn.mock.mockImplementation(() => resolve()));
  let next = shown();
  createMy({ url: wallet.url }).createWebViewContext().postMessage({});
  await next;
  next = shown();
  const loop: Record<string, unknown> = {};
  loop.self = loop;
  createMy({ url: wallet.url, session: 'x' }).createWebViewContext().postMessage(loop);
  await next;
  const texts = warn.mock.calls.map(({ arguments: [text] }) => String(text));
  assert.match(texts[0] ?? '', /postMessage: createMy has no session; pass one/);
  assert.match(texts[1] ?? '', /postMessage: .*circular/);
});

test('the messages that wait are bounded', async () => {
  const sessions = new WebViewSessions();
  const tenant = { name: 'bounded' } as never;
  const message = 'x'.repeat(256 * 1024);
  for (let count = 0; count < 100; count++) sessions.post(tenant, `session-${count}`, 'page', message);
  const heard = [0, 99].map((count) => {
    const messages: string[] = [];
    sessions.listen(tenant, `session-${count}`, 'page', (text) => messages.push(text))();
    return messages.length;
  });
  assert.deepEqual(heard, [0, 1]);
});
