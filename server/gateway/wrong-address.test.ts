// biome-ignore-all lint/suspicious/noThenProperty: `then` is the users' word for it (contract), in data that nobody awaits
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { emulatorForFile, newWorld } from '../testing/emulator.js';
import { sendRaw } from '../testing/raw-http.js';

const emulator = await emulatorForFile();
const world = newWorld(emulator);
const { tenant } = world;
const below = `/t/${tenant.name}`;
const browser = { accept: 'text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8' };
const merchant = { 'client-id': '202016726873874774774000' };

type Method = 'GET' | 'HEAD' | 'POST' | 'PUT';
const send = (url: string, headers: Record<string, string> = {}, method: Method = 'GET') =>
  emulator.app.inject({ method, url, headers });

/** Sends the same request to the default tenant and to another one. */
const bothTenants = (path: string) => [path, `${below}${path}`];

function assertNothingJournaled(): void {
  for (const { journal } of [emulator.tenants.default, tenant]) assert.deepEqual(journal.list(), []);
}

describe('a browser at an unknown page', () => {
  for (const path of ['/nowhere', '/nowhere/', '/playgroud', '/journal/x/y', '/v2/nowhere', '/a%zz', '//', '/assets'])
    test(`${path} gets the notice page with 404 and links of the same tenant`, async () => {
      for (const [index, url] of bothTenants(path).entries()) {
        const answer = await send(url, { ...browser, 'accept-language': 'en' });
        assert.equal(answer.statusCode, 404, url);
        assert.match(String(answer.headers['content-type']), /^text\/html/);
        assert.match(answer.payload, /This page doesn’t exist/);
        const base = index === 0 ? '' : below;
        for (const link of [`${base}/`, `${base}/playground`]) assert.ok(answer.payload.includes(`href="${link}"`), link);
      }
      assertNothingJournaled();
    });

  test('the page is in the language of the browser', async () => {
    assert.match((await send('/nowhere', { ...browser, 'accept-language': 'es' })).payload, /Esta página no existe/);
    assert.match((await send('/nowhere?lang=es', { ...browser, 'accept-language': 'en' })).payload, /Esta página no existe/);
  });

  test('HEAD gets 404 without a body', async () => {
    const answer = await send('/nowhere', browser, 'HEAD');
    assert.equal(answer.statusCode, 404);
    assert.match(String(answer.headers['content-type']), /^text\/html/);
    assert.equal(answer.payload, '');
  });

  test('on a host name that is not allowed, the answer is not a page', async () => {
    const answer = await send('/nowhere', { ...browser, host: 'evil.example' });
    assert.equal(answer.statusCode, 404);
    assert.match(String(answer.headers['content-type']), /^application\/json/);
  });
});

describe('a page with a slash at the end', () => {
  for (const path of ['/playground', '/scenarios', '/profile', '/wallet/apps', '/playground/mini-program'])
    test(`${path}/ is redirected to ${path}`, async () => {
      for (const url of bothTenants(path))
        for (const [ending, query] of [
          ['/', ''],
          ['//', ''],
          ['/', '?lang=es'],
        ] as const)
          for (const headers of [browser, {}]) {
            const answer = await send(url + ending + query, headers);
            assert.equal(answer.statusCode, 302, url);
            assert.equal(answer.headers.location, url + query);
          }
      assertNothingJournaled();
    });

  test('every page of the navigation is redirected', async () => {
    const { payload } = await send('/', browser);
    const navigation = /<nav class="nav".*?<\/nav>/s.exec(payload)?.[0] ?? '';
    const pages = Array.from(navigation.matchAll(/href="([^"]+)"/g), ([, href]) => href as string).filter((href) => href !== '/');
    assert.ok(pages.length > 3);
    for (const page of pages) assert.equal((await send(`${page}/`, browser)).headers.location, page);
  });

  test('a redirect never leads to another host', async () => {
    const targets = ['//evil.example/', '///evil.example//', '/\\evil.example/', '/%2Fevil.example/', '//playground/'];
    for (const target of [...targets, `${below}//evil.example/`, `${below}//playground/`]) {
      const answer = await sendRaw(
        emulator.url,
        `GET ${target} HTTP/1.1\r\nHost: 127.0.0.1\r\nAccept: text/html\r\nConnection: close\r\n\r\n`,
      );
      assert.match(answer.status, / 404 /, target);
      assert.ok(!answer.lines.some((line) => /^location:/i.test(line)), target);
    }
  });
});

describe('a probe', () => {
  for (const path of ['/healthz', '/metrics', '/robots.txt', '/.well-known/openid-configuration', '/v2/nowhere', '/nowhere/'])
    test(`GET and HEAD ${path} get 404`, async () => {
      for (const url of bothTenants(path))
        for (const headers of [{}, { accept: '*/*' }, { accept: 'text/plain' }, { accept: 'application/json' }]) {
          const answer = await send(url, headers);
          assert.equal(answer.statusCode, 404, url);
          assert.equal(answer.json().error, 'not-found');
          assert.match(answer.json().message, /no page and no operation at .*\/_emulator\/health/);
          const head = await send(url, headers, 'HEAD');
          assert.equal(head.statusCode, 404);
        }
      assertNothingJournaled();
    });
});

describe("a merchant's call to an unknown path keeps INVALID_API with HTTP 200, in the journal", () => {
  for (const [method, headers] of [
    ['POST', {}],
    ['POST', browser],
    ['PUT', {}],
    ['GET', merchant],
    ['GET', { ...browser, ...merchant }],
    ['GET', { 'request-time': '2019-05-28T12:12:12+08:00' }],
    ['GET', { signature: 'testing_signature' }],
  ] as const)
    test(`${method} with ${Object.keys(headers).join(', ') || 'no header'}`, async () => {
      for (const path of ['/v2/nowhere', '/playground/', '/healthz']) {
        tenant.journal.clear();
        const answer = await send(`${below}${path}`, headers, method);
        assert.equal(answer.statusCode, 200);
        assert.equal(answer.json().result.resultCode, 'INVALID_API');
        assert.equal(tenant.journal.list()[0]?.resultCode, 'INVALID_API');
      }
    });

  test('HEAD with a Client-Id', async () => {
    tenant.journal.clear();
    assert.equal((await send(`${below}/v2/nowhere`, merchant, 'HEAD')).statusCode, 200);
    assert.equal(tenant.journal.list()[0]?.resultCode, 'INVALID_API');
  });
});

test("a browser's GET of an operation is a call with the wrong method", async () => {
  tenant.journal.clear();
  const answer = await send(`${below}/v2/authorizations/applyToken`, browser);
  assert.equal(answer.json().result.resultCode, 'METHOD_NOT_SUPPORTED');
  assert.equal(tenant.journal.list()[0]?.resultCode, 'METHOD_NOT_SUPPORTED');
});

test('a GET of a path that a scenario names is a call', async () => {
  tenant.journal.clear();
  tenant.scenarios.add({ when: { operation: '*', path: '/v2/wanted' }, then: { result: 'SUCCESS' } });
  const answer = await send(`${below}/v2/wanted`, browser);
  assert.equal(answer.json().result.resultCode, 'METHOD_NOT_SUPPORTED');
  assert.equal(tenant.journal.list().length, 1);
});
