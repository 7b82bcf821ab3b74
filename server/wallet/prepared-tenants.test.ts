import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { aurora, emulatorForFile, newWorld, users, World } from '../testing/emulator.js';
import { MiniProgram, submitConsent } from '../testing/mini-program.js';

// One merchant's server prepares authorizations for many tests, and each test has a tenant.

const emulator = await emulatorForFile();
/** A merchant's server that names no tenant. */
const server = new World(emulator.url, emulator.tenants.default, {});

async function prepare(world: World): Promise<string> {
  const { body, code, message } = await world.aurora.call('/v1/authorizations/prepare', { scopes: 'AGREEMENT_PAY' });
  assert.equal(code, 'SUCCESS', message);
  return (body as unknown as { authUrl: string }).authUrl;
}

const openIn = (tenant: string, authUrl: string) => new MiniProgram(emulator.url, tenant).call('signContract', { authUrl });
const exchange = (authCode: unknown) =>
  server.aurora.call('/v2/authorizations/applyToken', { grantType: 'AUTHORIZATION_CODE', authCode });

describe('a ticket that was prepared in another tenant', () => {
  test('opens as a sheet, in the tenant of its address, and the server exchanges the code', async () => {
    for (const owner of [server, newWorld(emulator)]) {
      const { name } = newWorld(emulator).tenant;
      const authUrl = await prepare(owner);
      const { sheet } = await openIn(name, authUrl);
      assert.equal(sheet, authUrl);
      const { ok, result } = await new MiniProgram(emulator.url, name).decide(sheet, 'allow', ['AGREEMENT_PAY']);
      assert.ok(ok);
      assert.equal((await exchange(result.authCode)).code, 'SUCCESS');
      assert.equal(owner.tenant.journal.list({ kind: 'jsapi' }, 1)[0]?.operation, 'signContract');
    }
  });

  test('opens as a page, also if the browser sends the header of its own tenant', async () => {
    const { name } = newWorld(emulator).tenant;
    const authUrl = await prepare(server);
    const headers = { 'X-Emulator-Tenant': name };
    const shown = await fetch(authUrl, { headers });
    assert.equal(shown.status, 200);
    assert.match(await shown.text(), /data-testid="consent"/);
    const form = new URLSearchParams({ decision: 'allow', scope: 'AGREEMENT_PAY', userId: users.tomas });
    const answer = await fetch(authUrl, { method: 'POST', body: form, headers, redirect: 'manual' });
    assert.equal(answer.status, 303);
    const authCode = new URL(answer.headers.get('location') as string).searchParams.get('authCode');
    assert.equal((await exchange(authCode)).code, 'SUCCESS');
    server.tenant.changeSettings({ user: users.lucia });
  });

  test('is bound to the page’s origin, and to its client, as in its own tenant', async () => {
    const authUrl = await prepare(server);
    const { name } = newWorld(emulator).tenant;
    const other = await new MiniProgram(emulator.url, name, '3333010071465914000').call('signContract', { authUrl });
    assert.match(String(other.result.errorMessage), /was prepared for the client 202016726873874774774000/);
    assert.ok((await openIn(name, authUrl)).sheet);
    const elsewhere = new MiniProgram(emulator.url, name, aurora.appId, 'http://localhost:3001');
    assert.match(String((await elsewhere.call('signContract', { authUrl })).result.errorMessage), /a page of another origin/);
  });

  test('is refused if the tenants have different wallets, with what to do', async () => {
    const { ok, result } = await openIn('mpesa', await prepare(server));
    assert.equal(ok, false);
    assert.equal(
      result.errorMessage,
      'authUrl was prepared in the tenant default, whose wallet is platform-v2, and the page is in the tenant mpesa with the wallet mpesa: prepare it at /t/mpesa, or with the header X-Emulator-Tenant: mpesa',
    );
  });
});

test('an address that names no ticket says so, and creates no tenant', async () => {
  const world = newWorld(emulator);
  const { name } = world.tenant;
  for (const authUrl of [
    `${emulator.url}/wallet/consent?id=nothing`,
    `${emulator.url}/t/never-used/wallet/consent?id=nothing`,
    `${emulator.url}/t/no%20name/wallet/consent?id=nothing`,
    'https://elsewhere.example/',
    '//',
    'nothing',
  ]) {
    const { ok, result } = await openIn(name, authUrl);
    assert.equal(ok, false);
    assert.equal(result.error, 2, authUrl);
    assert.match(
      String(result.errorMessage),
      new RegExp(`^authUrl: expected an address .* the tenant ${name} has none with this id$`),
    );
  }
  assert.ok(!emulator.tenants.isUsedByTests('never-used'));
  const authUrl = await prepare(world);
  await submitConsent(authUrl, 'allow', ['AGREEMENT_PAY']);
  assert.equal((await fetch(authUrl)).status, 410, 'a ticket is answered once');
});
