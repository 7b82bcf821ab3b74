import assert from 'node:assert/strict';
import test from 'node:test';
import { emulatorForFile } from '../testing/emulator.js';
import { PageClient } from '../testing/page-client.js';

const emulator = await emulatorForFile();
const pages = ['/', '/playground', '/playground/mini-program', '/users', '/findings', '/journal', '/wallet/apps', '/nowhere'];

async function get(path: string, acceptEncoding: string): Promise<Response> {
  const response = await fetch(emulator.url + path, { headers: { accept: 'text/html', 'accept-encoding': acceptEncoding } });
  await response.arrayBuffer();
  return response;
}

test('a page has one style file and one script file of its own, with a hash in the name', async () => {
  const client = new PageClient(emulator, 'assets');
  const sheet = await client.sheet(['USER_NAME']);
  for (const path of [...pages, sheet]) {
    const { text } = await client.get(path, { accept: 'text/html' });
    const styles = [...text.matchAll(/<link rel="stylesheet" href="((?!\S+\/colors\/)[^"]+)">/g)].map(([, url]) => url);
    const scripts = [...text.matchAll(/<script type="module" src="([^"]+)">/g)].map(([, url]) => url);
    assert.equal(styles.length, 1, `styles of ${path}`);
    assert.equal(scripts.length, 1, `scripts of ${path}`);
    for (const url of [...styles, ...scripts]) assert.match(url ?? '', /^\/t\/assets\/assets\/[a-z-]+-[0-9a-f]{12}\.(css|js)$/);
  }
});

test('a bundle is cached for good, and compressed; other assets are checked again', async () => {
  const { text } = await new PageClient(emulator, 'assets').get('/users');
  const [, url = ''] = /<link rel="stylesheet" href="([^"]+)">/.exec(text) ?? [];
  for (const encoding of ['br', 'gzip']) {
    const { headers } = await get(url, encoding);
    assert.equal(headers.get('content-encoding'), encoding);
    assert.equal(headers.get('cache-control'), 'public, max-age=31536000, immutable');
    assert.match(headers.get('content-type') ?? '', /^text\/css/);
  }
  assert.equal((await get(url, 'identity')).headers.get('content-encoding'), null);
  const { headers } = await get('/assets/favicon.svg', 'br');
  assert.equal(headers.get('cache-control'), 'no-cache');
  assert.ok(headers.get('etag'));
});

test('the wallet’s colours are a file of their own, whose address has them', async () => {
  const page = await (await fetch(`${emulator.url}/t/gcash/wallet/apps`)).text();
  const [url = '', light, dark] = /\/t\/gcash\/assets\/colors\/([0-9a-f]{6})-([0-9a-f]{6})\.css/i.exec(page) ?? [];
  const response = await fetch(emulator.url + url);
  assert.equal(await response.text(), `:root{--wallet-color:#${light};--wallet-color-dark:#${dark}}\n`);
  assert.equal(response.headers.get('cache-control'), 'public, max-age=31536000, immutable');
  assert.equal((await fetch(`${emulator.url}/assets/colors/red;-blue}.css`)).status, 404);
});
