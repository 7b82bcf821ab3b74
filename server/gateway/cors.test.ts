import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { emulatorForFile, newWorld } from '../testing/emulator.js';
import { sendRaw } from '../testing/raw-http.js';

const emulator = await emulatorForFile();
const allowed = await emulatorForFile({ openapiCors: true });
const path = '/v2/authorizations/applyToken';
const origin = 'https://shop.example';
const preflight = { Origin: origin, 'Access-Control-Request-Method': 'POST' };

/** A call of a page to a tenant, by the path: a preflight has no headers of the page. */
async function call(tenant: string, method: string, headers: Record<string, string>, url = emulator.url): Promise<Response> {
  return fetch(`${url}/t/${tenant}${path}`, { method, headers, ...(method === 'POST' && { body: '{}' }) });
}

function corsOf({ headers }: Response): string[] {
  return [...headers.keys()].filter((name) => name.startsWith('access-control-'));
}

function tenantThatAllows(): string {
  const { tenant } = newWorld(emulator);
  tenant.changeSettings({ openapiCors: true });
  return tenant.name;
}

describe('without the setting openapiCors', () => {
  test('a preflight is refused as any other method is', async () => {
    const { tenant } = newWorld(emulator);
    const answer = await call(tenant.name, 'OPTIONS', preflight);
    assert.deepEqual(corsOf(answer), []);
    assert.match(await answer.text(), /METHOD_NOT_SUPPORTED/);
  });

  test('a page cannot read an answer', async () => {
    const { tenant } = newWorld(emulator);
    assert.equal(tenant.settings.openapiCors, false);
    const answer = await call(tenant.name, 'POST', { Origin: origin, 'Content-Type': 'application/json' });
    assert.deepEqual(corsOf(answer), []);
    assert.match(await answer.text(), /INVALID_CLIENT/);
  });
});

describe('with the setting openapiCors', () => {
  test('a preflight allows the page’s origin, method and headers, without credentials', async () => {
    const tenant = tenantThatAllows();
    const answer = await call(tenant, 'OPTIONS', { ...preflight, 'Access-Control-Request-Headers': 'client-id,x-own' });
    assert.equal(answer.status, 204);
    const header = (name: string) => answer.headers.get(`access-control-${name}`);
    assert.deepEqual(
      ['allow-origin', 'allow-methods', 'allow-headers', 'allow-private-network', 'allow-credentials'].map(header),
      [origin, 'POST', 'client-id,x-own', 'true', null],
    );
    assert.equal(answer.headers.get('vary'), 'Origin');
    const plain = await call(tenant, 'OPTIONS', preflight);
    assert.match(plain.headers.get('access-control-allow-headers') ?? '', /Client-Id, Request-Time, .*Signature/);
    assert.equal(emulator.tenants.get(tenant).journal.list().length, 0, 'a preflight is no call');
  });

  test('OPTIONS without a preflight’s headers is refused as any other method is', async () => {
    const tenant = tenantThatAllows();
    for (const headers of [{}, { Origin: origin }, { 'Access-Control-Request-Method': 'POST' }])
      assert.match(await (await call(tenant, 'OPTIONS', headers)).text(), /METHOD_NOT_SUPPORTED/);
  });

  test('a page reads the answer and its signature, and the finding token-in-browser stays', async () => {
    const tenant = tenantThatAllows();
    const answer = await call(tenant, 'POST', { Origin: origin, 'Content-Type': 'application/json' });
    assert.equal(answer.headers.get('access-control-allow-origin'), origin);
    assert.equal(answer.headers.get('access-control-expose-headers'), 'Client-Id, Response-Time, Signature');
    assert.match(await answer.text(), /INVALID_CLIENT/);
    const [entry] = emulator.tenants.get(tenant).journal.list();
    assert.deepEqual(entry?.findings, ['token-in-browser']);
  });

  test('a page reads the answers of scenarios too', async () => {
    const tenant = tenantThatAllows();
    const scenario = Object.fromEntries([['then', { status: 503, body: 'down' }]]);
    emulator.tenants.get(tenant).scenarios.add(scenario as never);
    const headers = { Origin: origin, 'Content-Type': 'application/json', 'Client-Id': '202016726873874774774000' };
    const answer = await call(tenant, 'POST', headers);
    assert.deepEqual([answer.status, answer.headers.get('access-control-allow-origin')], [503, origin]);
  });

  test('a server that sends no Origin gets no such headers', async () => {
    assert.deepEqual(corsOf(await call(tenantThatAllows(), 'POST', { 'Content-Type': 'application/json' })), []);
  });

  test('a page on a foreign host name is refused (DNS rebinding)', async () => {
    const tenant = tenantThatAllows();
    const head = (method: string) =>
      `${method} /t/${tenant}${path} HTTP/1.1\r\nHost: evil.example\r\nOrigin: http://evil.example\r\nAccess-Control-Request-Method: POST\r\nContent-Length: 0\r\nConnection: close\r\n\r\n`;
    for (const method of ['OPTIONS', 'POST']) {
      const { lines, body } = await sendRaw(emulator.url, head(method));
      assert.ok(!lines.some((line) => /^access-control-/i.test(line)));
      assert.match(body, /ACCESS_DENIED/);
    }
  });
});

test('the option openapiCors is the setting of each new tenant, also after a reset', async () => {
  const answer = await call('mine', 'OPTIONS', preflight, allowed.url);
  assert.equal(answer.headers.get('access-control-allow-origin'), origin);
  allowed.tenants.get('mine').changeSettings({ openapiCors: false });
  assert.equal((await call('mine', 'OPTIONS', preflight, allowed.url)).status, 200);
  await allowed.tenants.drop('mine');
  assert.equal((await call('mine', 'OPTIONS', preflight, allowed.url)).status, 204);
});
