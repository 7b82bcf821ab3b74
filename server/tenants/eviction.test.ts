import assert from 'node:assert/strict';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { Profiles } from '../profiles/profiles.js';
import { builtInFixtures, loadFixtures } from '../records/fixtures.js';
import { DataFolder } from '../store/data-folder.js';
import { aurora, emulatorForFile, scratchFolder } from '../testing/emulator.js';
import { privateKey } from '../testing/merchant.js';
import { Evictions } from './evictions.js';
import { Tenants } from './tenants.js';

function tenantsFor(limit: number, dataFolder?: DataFolder): Tenants {
  return new Tenants({
    wallet: 'platform-v2',
    profiles: new Profiles([join(builtInFixtures, 'wallets')], () => ''),
    fixtures: loadFixtures(undefined),
    issuer: { privateKey: privateKey('demo-merchant.private.pem'), name: () => '' },
    evictions: new Evictions({ tenants: limit, tokens: 1000 }),
    ...(dataFolder && { stateStore: dataFolder }),
  });
}

describe('over the limit of tenants', () => {
  test('the least recently used tenant is dropped, and created again at its next use', () => {
    const tenants = tenantsFor(4);
    const defaultTenant = tenants.default;
    const [a, b, c] = ['a', 'b', 'c'].map((name) => tenants.get(name)) as [never, never, never];
    assert.equal(tenants.get('a'), a, 'used again: b is the least recently used one now');
    const d = tenants.get('d');
    assert.deepEqual(
      [defaultTenant, a, b, c, d].map((tenant) => tenants.isCurrent(tenant)),
      [true, true, false, true, true],
    );
    assert.notEqual(tenants.get('b'), b);
  });

  test('a tenant that only pages have used is dropped before those that a test has used', () => {
    const tenants = tenantsFor(2);
    const test = tenants.get('test');
    const page = tenants.get('page', { byPage: true });
    const other = tenants.get('other-page', { byPage: true });
    assert.deepEqual(
      [test, page, other].map((tenant) => tenants.isCurrent(tenant)),
      [true, false, true],
    );
  });

  test('a page never causes the drop of a tenant that a test has used, and its use does not count for one', () => {
    const tenants = tenantsFor(3);
    const [a, b] = ['a', 'b'].map((name) => tenants.get(name)) as [never, never];
    for (const name of ['p', 'q', 'r', 's']) tenants.get(name, { byPage: true });
    assert.deepEqual([tenants.isCurrent(a), tenants.isCurrent(b)], [true, true]);
    tenants.get('a', { byPage: true });
    tenants.get('c');
    tenants.get('d');
    assert.deepEqual([tenants.isCurrent(a), tenants.isCurrent(b)], [false, true]);
  });

  test('changes of a new tenant are on disk after another one was dropped', async () => {
    const data = scratchFolder();
    const dataFolder = await DataFolder.open(data);
    const tenants = tenantsFor(3, dataFolder);
    for (let index = 0; index < 8; index++) {
      const tenant = tenants.get(`t${index}`);
      tenant.changeSettings({ consent: 'deny' });
      await tenant.settled();
    }
    await tenants.close();
    const again = tenantsFor(3, await DataFolder.open(data));
    await again.load();
    assert.equal(again.get('t7').settings.consent, 'deny');
    assert.equal(again.get('t0').settings.consent, 'ask');
    await again.close();
  });

  test('a tenant that a test has used survives thousands that only pages have used', { timeout: 60_000 }, async () => {
    const { app, tenants } = await emulatorForFile();
    const precious = { method: 'POST', url: '/t/precious/_emulator/auth-codes' } as const;
    const { authCode } = (await app.inject({ ...precious, payload: { clientId: aurora.clientId, scopes: ['USER_ID'] } })).json();
    for (let index = 0; index < 5050; index++) tenants.get(`page-${index}`, { byPage: true });
    assert.ok(await tenants.get('precious').store.findAuthCode(authCode));
  });
});
