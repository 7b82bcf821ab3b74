import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import test from 'node:test';
import { emulatorForFile } from '../testing/emulator.js';
import { PageClient, policy } from '../testing/page-client.js';

const emulator = await emulatorForFile();
const pages = ['/', '/playground', '/playground/mini-program', '/users', '/findings', '/journal', '/wallet/apps', '/nowhere'];

async function get(path: string, acceptEncoding: string) {
  const response = await fetch(emulator.url + path, { headers: { accept: 'text/html', 'accept-encoding': acceptEncoding } });
  return { headers: response.headers, text: await response.text() };
}

test('a page has one style file and one script file of its own, with a hash in the name', async () => {
  const client = new PageClient(emulator, 'assets');
  const sheet = await client.sheet(['USER_NAME']);
  for (const path of [...pages, sheet]) {
    const { text } = await client.get(path, { accept: 'text/html' });
    const styles = [...text.matchAll(/<link rel="stylesheet" href="([^"]+)">/g)].map(([, url]) => url);
    const scripts = [...text.matchAll(/<script type="module" fetchpriority="high"(?: blocking="render")? src="([^"]+)">/g)].map(
      ([, url]) => url,
    );
    assert.equal(styles.length, 1, `styles of ${path}`);
    assert.equal(scripts.length, 1, `scripts of ${path}`);
    for (const url of [...styles, ...scripts]) assert.match(url ?? '', /^\/t\/assets\/assets\/[a-z-]+-[0-9a-f]{12}\.(css|js)$/);
  }
});

test('a console page shows only after its script has run, so that no form leaves the page, and the focus with it', async () => {
  const client = new PageClient(emulator, 'assets');
  for (const [path, blocks] of [
    ['/', true],
    ['/users', true],
    [await client.sheet(['USER_NAME']), false],
  ] as const) {
    const { text } = await client.get(path, { accept: 'text/html' });
    assert.equal(/<script type="module" [^>]*blocking="render"/.test(text), blocks, path);
  }
});

test('a bundle is cached for good, and compressed if the client can read that; other assets are checked again', async () => {
  const page = await new PageClient(emulator, 'assets').get('/users');
  const urls = [...page.text.matchAll(/(?:href|src)="(\/t\/assets\/assets\/[^"]+-[0-9a-f]{12}\.(css|js|svg))"/g)];
  const types: Record<string, RegExp> = { css: /^text\/css/, js: /^application\/javascript/, svg: /^image\/svg\+xml/ };
  assert.deepEqual([...new Set(urls.map(([, , extension]) => extension))].sort(), Object.keys(types).sort());
  for (const [, url = '', extension = ''] of urls) {
    const plain = await get(url, 'gzip;q=0, br, identity');
    const name = `${createHash('sha256').update(plain.text).digest('hex').slice(0, 12)}.${extension}`;
    assert.ok(url.endsWith(`-${name}`), url);
    const answers = { plain, twice: await get(url, 'gzip, br'), again: await get(url, 'gzip'), any: await get(url, '*') };
    for (const [how, { headers, text }] of Object.entries(answers)) {
      assert.equal(headers.get('content-encoding'), how === 'plain' ? null : 'gzip', how);
      assert.equal(headers.get('cache-control'), 'public, max-age=31536000, immutable');
      assert.equal(headers.get('vary'), 'accept-encoding');
      assert.match(headers.get('content-type') ?? '', types[extension] as RegExp);
      assert.equal(text, plain.text);
    }
  }
  const { headers } = await get('/assets/favicon.svg', 'br');
  assert.equal(headers.get('cache-control'), 'no-cache');
  assert.ok(headers.get('etag'));
  assert.equal((await emulator.app.inject('/assets/none-0123456789ab.css')).statusCode, 404);
});

test('no picture that a page shares with a sheet is checked again, because a sheet that closes would end the check for both', async () => {
  const client = new PageClient(emulator, 'assets');
  for (const path of [...pages, await client.sheet(['USER_NAME'])]) {
    const { text } = await client.get(path, { accept: 'text/html' });
    const pictures = [...text.matchAll(/<(?:img|link rel="icon")[^>]* (?:src|href)="(\/[^"]+)"/g)].map(([, url = '']) => url);
    assert.ok(pictures.length > 0, path);
    for (const url of new Set(pictures)) {
      const kept = (await get(url, 'br')).headers.get('cache-control');
      const expected = url.includes('/wallet/files/') ? 'no-store' : 'public, max-age=31536000, immutable';
      assert.equal(kept, expected, `${url} of ${path}`);
    }
  }
});

test('a page of another origin can load a bundle, so that the bridge can load a sheet’s files before the sheet', async () => {
  const client = new PageClient(emulator, 'assets');
  const { body } = await client.call('getAuthCode', { scopes: ['USER_NAME'] });
  const { text } = await client.get(body.sheet);
  assert.equal(body.files.length, 2);
  for (const url of body.files) {
    assert.ok(text.includes(`="${new URL(url).pathname}"`), url);
    const { status, headers } = await client.get(url, {
      origin: PageClient.origin,
      'sec-fetch-site': 'same-site',
      'sec-fetch-mode': 'cors',
    });
    assert.equal(status, 200, url);
    assert.equal(headers['access-control-allow-origin'], '*');
  }
});

test('a page on another host gets no files to load, because its browser would not use them', async () => {
  const client = new PageClient(emulator, 'assets');
  for (const origin of ['http://127.0.0.1:3000', 'http://[localhost:3000']) {
    const { body } = await client.call('getAuthCode', { scopes: ['USER_NAME'] }, {}, { origin });
    assert.deepEqual([typeof body.sheet, body.files], ['string', []], origin);
  }
});

test('the wallet’s colours are in the page, and its policy names them', async () => {
  for (const path of ['/', '/wallet/apps']) {
    const answer = await new PageClient(emulator, 'gcash').get(path, { accept: 'text/html' });
    const [, colors = ''] = /<style>(.*?)<\/style>/.exec(answer.text) ?? [];
    assert.match(colors, /^:root\{--wallet-color:#[0-9a-f]{6};--wallet-color-dark:#[0-9a-f]{6}\}$/i);
    const hash = createHash('sha256').update(colors).digest('base64');
    assert.equal(policy(answer, 'style-src'), `'self' 'sha256-${hash}'`);
  }
});
