import assert from 'node:assert/strict';
import { request } from 'node:http';
import { describe, test } from 'node:test';
import { emulatorForFile } from '../testing/emulator.js';
import { sendRaw } from '../testing/raw-http.js';

const emulator = await emulatorForFile({ allowHost: ['Wallet.Test'] });
const { port, host } = new URL(emulator.url);
const health = '/_emulator/health';

function visit(
  headers: Record<string, string>,
  { path = health, method = 'GET' } = {},
): Promise<{ status: number; body: { error?: string; message?: string; status?: string } }> {
  return new Promise((resolve, reject) => {
    const outgoing = request(
      { host: '127.0.0.1', port, path, method, headers: { connection: 'close', ...headers } },
      async (message) => {
        let text = '';
        for await (const chunk of message) text += chunk;
        resolve({ status: message.statusCode ?? 0, body: text.startsWith('{') ? JSON.parse(text) : {} });
      },
    );
    outgoing.on('error', reject);
    outgoing.end();
  });
}

const page = { origin: 'https://shop.example' };

describe('the host name of a request', () => {
  test('is allowed: loopback in every form, and names from --allow-host', async () => {
    for (const name of [
      host,
      `localhost:${port}`,
      `LOCALHOST:${port}`,
      `127.9.9.9:${port}`,
      `[::1]:${port}`,
      `a.localhost:${port}`,
      'localhost',
      `wallet.test:${port}`,
      'WALLET.test',
      // No stranger can register these names, and an address needs no DNS: no page can come to them by rebinding.
      'billetera',
      'billetera:4010',
      'my_wallet-1',
      'host.docker.internal:8080',
      '10.0.0.1',
      `[::2]:${port}`,
    ]) {
      assert.equal((await visit({ host: name })).status, 200, name);
    }
  });

  test('is refused if it is another name: 421, with advice', async () => {
    for (const name of [
      'evil.example',
      `evil.example:${port}`,
      'localhost.evil.example',
      '127.0.0.1.evil.example',
      'localhost.',
      'internal.evil.example',
      '10.0.0.1.evil.example',
      'user@localhost',
      'localhost/x',
      'sub.wallet.test',
    ]) {
      const { status, body } = await visit({ host: name });
      assert.equal(status, 421, name);
      assert.equal(body.error, 'host-not-ours');
    }
    assert.match(
      (await sendRaw(emulator.url, `GET ${health} HTTP/1.1\r\nHost:\r\nConnection: close\r\n\r\n`)).status,
      / 421 /,
      'an empty one',
    );
    assert.match((await sendRaw(emulator.url, `GET ${health} HTTP/1.0\r\n\r\n`)).status, / 421 /, 'none');
    assert.match((await visit({ host: 'evil.example' })).body.message ?? '', /--allow-host evil\.example/);
  });

  test('is checked for pages too, and for a target in absolute form', async () => {
    assert.equal((await visit({ host: 'evil.example' }, { path: '/' })).status, 421);
    const { status } = await sendRaw(
      emulator.url,
      `GET http://${host}${health} HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n`,
    );
    assert.match(status, / 421 /);
  });

  test('is not checked for merchants’ servers', async () => {
    const { body } = await visit(
      { host: 'evil.example', 'content-type': 'application/json' },
      { path: '/v2/users/inquiryUserInfo', method: 'POST' },
    );
    assert.equal((body as { result?: { resultCode: string } }).result?.resultCode, 'INVALID_CLIENT');
  });
});

describe('a page of another origin', () => {
  const post = { path: '/_emulator/reset', method: 'POST' };

  test('cannot change anything: 403', async () => {
    for (const headers of [
      page,
      { origin: 'null' },
      { origin: `http://localhost:1` },
      { 'sec-fetch-site': 'cross-site' },
      { 'sec-fetch-site': 'same-site' },
      { ...page, 'sec-fetch-mode': 'navigate' },
    ]) {
      const { status, body } = await visit({ host, ...headers }, post);
      assert.equal(status, 403, JSON.stringify(headers));
      assert.equal(body.error, 'other-origin');
    }
  });

  test('cannot read by script: 403', async () => {
    for (const mode of ['no-cors', 'cors']) {
      assert.equal((await visit({ host, 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': mode })).status, 403, mode);
      assert.equal((await visit({ host, ...page, 'sec-fetch-mode': mode })).status, 403, mode);
    }
  });

  test('may link here', async () => {
    assert.equal((await visit({ host, 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'navigate' })).status, 200);
  });
});

describe('the emulator’s own pages, and tools', () => {
  const post = { path: '/_emulator/reset', method: 'POST' };

  test('may read and change', async () => {
    for (const headers of [
      {},
      { origin: `http://${host}` },
      { 'sec-fetch-site': 'same-origin', 'sec-fetch-mode': 'cors' },
      { 'sec-fetch-site': 'none', 'sec-fetch-mode': 'navigate' },
    ]) {
      assert.equal((await visit({ host, ...headers })).status, 200);
      assert.equal((await visit({ host, ...headers }, post)).status, 204, JSON.stringify(headers));
    }
  });
});

describe('the tenant of a request', () => {
  test('comes from the header or the path', async () => {
    emulator.tenants.get('later').clock.set(Date.parse('2040-01-01T00:00:00Z'));
    for (const visited of [
      await visit({ host, 'x-emulator-tenant': 'later' }),
      await visit({ host }, { path: `/t/later${health}` }),
      await visit({ host, 'x-emulator-tenant': 'later' }, { path: `/t/other${health}` }),
    ]) {
      assert.match((visited.body as { now?: string }).now ?? '', /^2040-/);
    }
  });

  test('an invalid name is 400', async () => {
    const { status, body } = await visit({ host, 'x-emulator-tenant': 'a b' });
    assert.deepEqual([status, body.error], [400, 'tenant-name']);
  });
});

describe('a page of another origin does not use a tenant', () => {
  const path = '/t/framed/_emulator/health';
  const byPage: Record<string, string>[] = [
    { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'navigate', 'sec-fetch-dest': 'iframe' },
    { 'sec-fetch-site': 'same-site', 'sec-fetch-mode': 'navigate', 'sec-fetch-dest': 'document' },
    { referer: 'http://shop.example/page' },
  ];
  for (const headers of byPage) {
    test(`by ${JSON.stringify(headers)}`, async () => {
      assert.equal((await visit({ host, ...headers }, { path })).status, 200);
      assert.equal(emulator.tenants.isUsedByTests('framed'), false);
    });
  }

  test('but a test, a typed address and our own pages do', async () => {
    const uses: Record<string, string>[] = [
      {},
      { 'sec-fetch-site': 'none', 'sec-fetch-mode': 'navigate' },
      { 'sec-fetch-site': 'same-origin', 'sec-fetch-mode': 'cors' },
      { referer: `http://${host}/t/used` },
    ];
    for (const [index, headers] of uses.entries()) {
      await visit({ host, ...headers }, { path: `/t/used-${index}/_emulator/health` });
      assert.equal(emulator.tenants.isUsedByTests(`used-${index}`), true, JSON.stringify(headers));
    }
  });
});
