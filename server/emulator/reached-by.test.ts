import assert from 'node:assert/strict';
import { after, describe, test } from 'node:test';
import { pino } from 'pino';
import { aurora, emulatorForFile, users } from '../testing/emulator.js';
import { Merchant, privateKey } from '../testing/merchant.js';
import { startForwarder, startProxy } from '../testing/proxy.js';
import { readOptions } from './config.js';
import { openEmulator } from './emulator.js';

const key = privateKey('demo-merchant.private.pem');
const json = { 'content-type': 'application/json' };

/** Reads all kinds of addresses that an emulator gives out to those who reach it at `base`. */
async function addressesAt(base: string) {
  const { origin, pathname } = new URL(base);
  const prefix = pathname === '/' ? '' : pathname;
  const merchant = new Merchant(origin, aurora.clientId, key);
  const control = async (path: string, body: object) => {
    const answer = await fetch(`${base}/_emulator${path}`, { method: 'POST', headers: json, body: JSON.stringify(body) });
    return (await answer.json()) as Record<string, string>;
  };
  const { accessToken = '' } = await control('/tokens', {
    clientId: aurora.clientId,
    userId: users.tomas,
    scopes: ['USER_AVATAR'],
  });
  const { body } = await merchant.call(`${prefix}/v2/users/inquiryUserInfo`, { accessToken });
  const script = await (await fetch(`${base}/my.js`)).text();
  const [, scriptUrl] = /"baseUrl":"([^"]*)"/.exec(script) ?? [];
  const jsapi = await fetch(`${base}/wallet/jsapi`, {
    method: 'POST',
    headers: { ...json, origin: 'http://localhost:3000' },
    body: JSON.stringify({ name: 'getAuthCode', appId: aurora.appId, params: { scopes: ['USER_NAME'] }, gesture: true }),
  });
  const { sheet } = (await jsapi.json()) as { sheet: string };
  const pages = ['/', '/profile'].map(async (path) => (await fetch(base + path)).text());
  const page = (await Promise.all(pages)).join('');
  const document = (await (await fetch(`${base}/_emulator/openapi.json`)).json()) as { servers: { url: string }[] };
  return { avatar: String(body.userInfo.avatar), scriptUrl, sheet, page, server: document.servers[0]?.url };
}

function assertBase(found: Awaited<ReturnType<typeof addressesAt>>, base: string): void {
  const prefix = new URL(base).pathname.replace(/\/$/, '');
  assert.equal(found.avatar, `${base}/wallet/files/avatars/tomas.png`);
  assert.equal(found.scriptUrl, base);
  assert.equal(found.server, base);
  assert.ok(found.sheet.startsWith(`${base}/wallet/consent?id=`), found.sheet);
  const links = Array.from(found.page.matchAll(/(?:href|src|action)="([^"#]+)"/g), ([, link]) => link as string);
  assert.ok(links.length > 10);
  for (const link of links.filter((each) => each.startsWith('/'))) assert.ok(link.startsWith(`${prefix}/`), link);
}

describe('an emulator that others reach at another address', () => {
  test('a published port: every address has it, without any option', async () => {
    const { url } = await emulatorForFile();
    const mapped = await startForwarder(url);
    assert.notEqual(mapped, url);
    assertBase(await addressesAt(mapped), mapped);
    const named = mapped.replace('127.0.0.1', 'localhost');
    assertBase(await addressesAt(named), named);
  });

  test('a proxy with TLS and a base path: with --trust-proxy, what it says', async () => {
    const { url } = await emulatorForFile({ trustProxy: true });
    const headers = { 'x-forwarded-host': 'demo.example', 'x-forwarded-proto': 'https', 'x-forwarded-prefix': '/wallet' };
    const proxy = await startProxy(url, { basePath: '/wallet', headers });
    assertBase(await addressesAt(proxy), 'https://demo.example/wallet');
  });

  for (const keepsPath of [false, true]) {
    test(`a proxy that ${keepsPath ? 'keeps' : 'removes'} the base path: with --public-url, that address`, async () => {
      const { url } = await emulatorForFile({ publicUrl: 'https://demo.example/wallet' });
      const proxy = await startProxy(url, { basePath: '/wallet', keepsPath });
      assertBase(await addressesAt(proxy), 'https://demo.example/wallet');
      assert.equal((await fetch(`${url}/playground`)).status, 200, 'it still answers without the proxy');
      assert.equal((await fetch(`${url}/wallet/playground`)).status, 200, 'at the addresses of its pages too');
      assert.equal((await fetch(`${url}/wallet/apps`)).status, 200, 'and its own paths that begin like the base path');
    });
  }
});

describe('behind a proxy with TLS', async () => {
  const publicUrl = 'https://demo.example/wallet';
  const { url } = await emulatorForFile({ publicUrl, controlToken: 'a-secret-of-the-team' });
  const proxy = await startProxy(url, { basePath: '/wallet' });
  const bearer = { authorization: 'Bearer a-secret-of-the-team' };
  const post = (path: string, headers: Record<string, string>, body = new URLSearchParams({ token: 'a-secret-of-the-team' })) =>
    fetch(proxy + path, { method: 'POST', redirect: 'manual', headers, body });

  test('a form of its own pages is accepted, and one of another page is not', async () => {
    assert.equal((await post('/scenarios/off', { ...bearer, origin: 'https://demo.example' })).status, 303);
    assert.equal((await post('/scenarios/off', { ...bearer, origin: 'https://other.example' })).status, 403);
    const browser = { ...bearer, origin: 'https://unknown.example' };
    assert.equal(
      (await post('/scenarios/off', { ...browser, 'sec-fetch-site': 'same-origin' })).status,
      303,
      'the browser knows better',
    );
    assert.equal((await post('/scenarios/off', { ...browser, 'sec-fetch-site': 'cross-site' })).status, 403);
  });

  test('redirects and cookies have the base path', async () => {
    const asked = await fetch(`${proxy}/t/x/playground?a=1`, { redirect: 'manual', headers: { accept: 'text/html' } });
    assert.equal(asked.headers.get('location'), `/wallet/t/x/sign-in?to=${encodeURIComponent('/wallet/t/x/playground?a=1')}`);
    const signedIn = await post('/sign-in', { origin: 'https://demo.example' });
    assert.equal(signedIn.headers.get('location'), '/wallet/');
    const cookie = signedIn.headers.get('set-cookie') ?? '';
    assert.match(cookie, /^__Secure-billetera-[^=]+=[^;]+; Path=\/wallet; HttpOnly; SameSite=Strict; Secure$/);
    const headers = { cookie: cookie.split(';')[0] ?? '' };
    assert.equal((await fetch(`${proxy}/_emulator/settings`, { headers })).status, 200);
    const slash = await fetch(`${proxy}/playground/`, { redirect: 'manual', headers });
    assert.equal(slash.headers.get('location'), '/wallet/playground');
    const unknown = await fetch(`${proxy}/nowhere`, { headers: { ...headers, accept: 'text/html' } });
    assert.match(await unknown.text(), /href="\/wallet\/playground"/);
  });

  test('a stream of events is not collected by the proxy', async () => {
    const stream = await fetch(`${proxy}/_emulator/journal/stream`, { headers: bearer });
    assert.equal(stream.headers.get('x-accel-buffering'), 'no');
    await stream.body?.cancel();
  });

  test('the platform’s key is open to everyone, as the OpenAPI is', async () => {
    const answer = await fetch(`${proxy}/_emulator/keys/platform.pem`, { headers: { origin: 'https://shop.example' } });
    assert.match(await answer.text(), /^-----BEGIN PUBLIC KEY-----/);
  });
});

test('a signature verifies over the path as the merchant sent it, as the wallet knows it, and with the tenant', async () => {
  const { url } = await emulatorForFile({ publicUrl: 'https://demo.example/pay' });
  const proxy = new URL(await startProxy(url, { basePath: '/pay' }));
  const merchant = new Merchant(proxy.origin, aurora.clientId, key);
  const path = '/v2/users/inquiryUserInfo';
  for (const [sent, signed] of [
    [`/pay${path}`, `/pay${path}`],
    [`/pay${path}`, path],
    [`/pay/t/one${path}`, `/pay/t/one${path}`],
    [`/pay/t/one${path}`, `/t/one${path}`],
    [`/pay/t/one${path}`, path],
  ] as const) {
    const content = ({ clientId, time, body }: { clientId: string; time: string; body: Buffer }) =>
      `POST ${signed}\n${clientId}.${time}.${body}`;
    await merchant.call(sent, { accessToken: 'none' }, { content, answerPath: signed });
    const tenant = sent.includes('/t/one') ? '/t/one' : '';
    const { entries } = (await (await fetch(`${url}${tenant}/_emulator/journal?limit=1`)).json()) as {
      entries: { signature: { verified: boolean } }[];
    };
    assert.equal(entries[0]?.signature.verified, true, `${sent} signed as ${signed}`);
  }
});

test('an authUrl and the issuer of a token have the address by which the merchant called', async () => {
  const { url } = await emulatorForFile();
  const mapped = await startForwarder(url);
  const merchant = new Merchant(mapped, aurora.clientId, key);
  const { body } = await merchant.call('/v1/authorizations/prepare', { scopes: ['USER_NAME'], state: 's' });
  assert.match(String((body as unknown as { authUrl: string }).authUrl), new RegExp(`^${mapped}/wallet/consent\\?id=`));
  const issue = { clientId: aurora.clientId, userId: users.tomas, scopes: ['auth_base'] };
  const answer = await fetch(`${mapped}/t/superqi/_emulator/tokens`, {
    method: 'POST',
    headers: json,
    body: JSON.stringify(issue),
  });
  const { accessToken } = (await answer.json()) as { accessToken: string };
  assert.equal(JSON.parse(Buffer.from(accessToken.split('.')[1] ?? '', 'base64url').toString()).iss, mapped);
});

test('a proxy that is not believed, and a host that is refused, are logged once each', async () => {
  const lines: string[] = [];
  const logger = pino({ level: 'warn' }, { write: (line: string) => lines.push(JSON.parse(line).msg) });
  const emulator = await openEmulator(readOptions({ port: 0 }), logger as never);
  after(() => emulator.close());
  const headers = { 'x-forwarded-host': 'demo.example', 'x-forwarded-proto': 'https' };
  for (const path of ['/', '/profile']) assert.equal((await emulator.app.inject({ url: path, headers })).statusCode, 200);
  const stranger = { ...headers, host: 'other.example' };
  for (const path of ['/', '/my.js'])
    assert.match((await emulator.app.inject({ url: path, headers: stranger })).payload, /not allowed/);
  assert.deepEqual(lines, [
    'X-Forwarded-Host: demo.example came, but --trust-proxy is off: start with --public-url https://demo.example, or with --trust-proxy if only the proxy can reach the emulator',
    `host "other.example" is not allowed; use ${emulator.url}, or start with --public-url https://demo.example`,
  ]);
});
