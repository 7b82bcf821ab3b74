import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { Script } from 'node:vm';
import { gzipSync } from 'node:zlib';
import { emulatorForFile } from '../testing/emulator.js';
import { PageClient } from '../testing/page-client.js';

const emulator = await emulatorForFile();
const pageClient = new PageClient(emulator, 'script');
const config = (text: string) => JSON.parse(/\{"baseUrl":.*?"jsapis":\[[^\]]*\]\}/.exec(text)?.[0] ?? '{}');

describe('/my.js', () => {
  test('is a small script that any page may load', async () => {
    const { text, headers, status } = await pageClient.get('/my.js', {
      origin: 'https://cafe.example',
      'sec-fetch-site': 'cross-site',
    });
    assert.equal(status, 200);
    assert.match(String(headers['content-type']), /^text\/javascript/);
    assert.equal(headers['access-control-allow-origin'], '*');
    assert.equal(headers['cross-origin-resource-policy'], 'cross-origin');
    assert.equal(headers['x-content-type-options'], 'nosniff');
    assert.ok(gzipSync(text).length < 10 * 1024, `${gzipSync(text).length} bytes`);
    assert.doesNotMatch(text, /__BILLETERA__/);
    assert.equal(config(text).baseUrl, 'http://localhost:80/t/script');
    assert.deepEqual([config(text).appId, config(text).lang], [null, undefined]);
    assert.equal(config((await pageClient.get('/my.js?lang=es-MX')).text).lang, 'es-MX');
  });

  const ids = ['333', '</script><script>alert(1)//', '\u2028\u2029', '"\\\'`$1', '<!--', '__BILLETERA__', '$&$1'];
  for (const appId of ids) {
    test(`?appId=${JSON.stringify(appId)} is data in it`, async () => {
      const { text } = await pageClient.get(`/my.js?appId=${encodeURIComponent(appId)}`);
      assert.doesNotMatch(text, /<\/script|<!--|[\u2028\u2029]/i);
      assert.equal(config(text).appId, appId);
      new Script(text);
    });
  }

  test('an invalid appId is ignored', async () => {
    for (const query of ['?appId=', '?appId=a&appId=b', '?appid=a'])
      assert.equal(config((await pageClient.get(`/my.js${query}`)).text).appId, null);
  });

  test('on a host that is not allowed: 421, and the script says what to do instead of pointing elsewhere', async () => {
    const { text, status, headers } = await pageClient.get('/my.js', { host: 'wallet.attacker.example' });
    assert.equal(status, 421);
    assert.match(String(headers['content-type']), /^text\/javascript/);
    const problem = `host "wallet.attacker.example" is not allowed; use ${emulator.url}, or start with --allow-host wallet.attacker.example`;
    assert.equal(config(text).problem, problem);
    new Script(text);
  });

  test('below the name of a tenant that cannot be one: the script says the rule', async () => {
    const answer = await emulator.app.inject('/t/%C3%B1and%C3%BA/my.js');
    assert.equal(answer.statusCode, 421);
    assert.match(config(answer.payload).problem, /^"ñandú" cannot be the name of a tenant: expected up to 64 letters/);
    assert.equal((await emulator.app.inject('/t/good/my.js')).statusCode, 200);
  });

  test('browsers run no script of an error response, so they get that script with 200', async () => {
    const { text, status } = await pageClient.get('/my.js', { host: 'evil.example', 'user-agent': 'Mozilla/5.0 (X11)' });
    assert.equal(status, 200);
    assert.match(text, /is not allowed; use/);
  });
});

describe('/my.js that a proxy with TLS serves, although the emulator does not know of it', () => {
  const problemOf = async (headers: Record<string, string>) => config((await pageClient.get('/my.js', headers)).text).problem;
  const browser = { 'sec-fetch-site': 'cross-site', 'user-agent': 'Mozilla/5.0 (X11)' };

  test('says how to start the emulator, because browsers block its address', async () => {
    const forwarded = { 'x-forwarded-proto': 'https', 'x-forwarded-host': 'wallet.test:9443' };
    assert.equal(
      await problemOf({ ...browser, ...forwarded }),
      "this script came by https, but the wallet's address in it is http://localhost:80/t/script, which browsers block (mixed content): start with --public-url https://wallet.test:9443, or --trust-proxy",
    );
    assert.match(await problemOf({ ...browser, host: 'billetera:9443' }), /start with --public-url https:\/\/billetera:9443, /);
    const refused = await problemOf({ ...browser, ...forwarded, host: 'wallet.test' });
    assert.match(
      refused,
      /^host "wallet\.test" is not allowed; use http.*, or start with --public-url https:\/\/wallet\.test:9443$/,
    );
  });

  test('says nothing to a page that reaches the emulator by http', async () => {
    assert.equal(await problemOf(browser), null);
    assert.equal(await problemOf({ host: 'billetera:4010' }), null);
    assert.equal(await problemOf({ ...browser, 'x-forwarded-proto': 'http' }), null);
  });
});

describe('/wallet/files', () => {
  test('serves pictures to any page, and browsers run nothing in them', async () => {
    for (const file of ['avatars/lucia.png', 'logos/cafe-aurora.svg']) {
      const { status, headers } = await pageClient.get(`/wallet/files/${file}`, { 'sec-fetch-site': 'cross-site' });
      assert.equal(status, 200, file);
      assert.match(String(headers['content-type']), /^image\//);
      assert.equal(headers['x-content-type-options'], 'nosniff');
      assert.match(String(headers['content-security-policy']), /default-src 'none'.*sandbox/);
    }
  });

  const others = [
    'keys/platform-development.private.pem',
    'keys/demo-merchant.private.pem?x=.png',
    'clients.json',
    'wallets/platform-v2.json',
    '',
    'keys',
    'avatars/',
    '../package.json',
    '..%2fpackage.json',
    'avatars%2f..%2fkeys%2fdemo-merchant.private.pem',
    'avatars/..%5c..%5ckeys%5cdemo-merchant.private.pem',
    '%2e%2e/views/assets/favicon.svg',
    '..%2fviews%2fassets%2ffavicon.svg',
    '%252e%252e%252fviews%252fassets%252ffavicon.svg',
    'avatars/..%2f..%2fviews/assets/favicon.svg',
    '%2fetc%2fhostname.png',
    '/etc/hostname.png',
    'clients.json%00.png',
    'keys/demo-merchant.private.pem%2f.png',
    'avatars/nobody.png',
  ];
  for (const file of others) {
    test(`does not serve ${JSON.stringify(file)}`, async () => {
      const { status, text } = await pageClient.get(`/wallet/files/${file}`);
      assert.ok(status === 404 || status === 400 || text.includes('INVALID_API'), `${status} ${text}`);
      assert.doesNotMatch(text, /PRIVATE KEY|clientId"|<svg|"dependencies"/);
    });
  }
});
