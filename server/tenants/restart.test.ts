import assert from 'node:assert/strict';
import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import type { Emulator } from '../emulator/emulator.js';
import { aurora, hours, openTestEmulator, scratchFolder, users, World } from '../testing/emulator.js';
import { killRounds } from '../testing/kill-rounds.js';

const exchange = '/v2/authorizations/applyToken';
const withCode = (authCode: string) => ({ grantType: 'AUTHORIZATION_CODE', authCode });

describe('an emulator with a data folder, after a restart', () => {
  test('has the codes, tokens, consents, clock, settings and changed parties of every tenant', async () => {
    const data = scratchFolder();
    let emulator = await openTestEmulator({ data });
    const world = (name: string) => new World(emulator.url, emulator.tenants.get(name));
    const known: Record<string, { unused: string; used: string; access: string; refresh: string; revoked: string }> = {};
    for (const name of ['default', 'other', '..']) {
      const it = world(name);
      const { tenant } = it;
      const used = await it.code();
      const { body: first } = await it.aurora.call(exchange, withCode(used));
      const { body: second } = await it.refresh(first.refreshToken);
      const revoked = await it.tokens();
      await it.revoke(revoked.accessToken);
      known[name] = {
        unused: await it.code(),
        used,
        access: second.accessToken,
        refresh: second.refreshToken,
        revoked: revoked.accessToken,
      };
      await tenant.store.rememberConsent({
        userId: users.tomas,
        clientId: aurora.clientId,
        appId: aurora.appId,
        scopes: { USER_NAME: 1 },
      });
      tenant.put('user', 'u9', { userId: 'u9', name: 'Nine', nickName: name });
      tenant.put('user', users.harriet, undefined);
      it.changeClient(aurora.clientId, { scopes: ['USER_ID'], lifetimes: { accessToken: 'PT9M' } });
      tenant.changeSettings({ user: 'u9', consent: 'grant', lifetimes: { authCode: 90 } });
      tenant.clock.freeze();
      tenant.clock.set(Date.parse('2031-01-01T00:00:00Z') - 1);
      tenant.clockChanged();
      await tenant.settled();
    }
    await emulator.close();

    emulator = await openTestEmulator({ data });
    for (const [name, { unused, used, access, refresh, revoked }] of Object.entries(known)) {
      const it = world(name);
      const { tenant } = it;
      assert.deepEqual([tenant.clock.now(), tenant.clock.frozen], [Date.parse('2031-01-01T00:00:00Z') - 1, true]);
      assert.deepEqual(
        [tenant.settings.user, tenant.settings.consent, tenant.settings.lifetimes],
        ['u9', 'grant', { authCode: 90 }],
      );
      assert.equal(tenant.users.get('u9')?.record.nickName, name);
      assert.equal(tenant.users.get(users.harriet), undefined);
      assert.deepEqual(
        [tenant.clients.get(aurora.clientId)?.scopes, tenant.clients.get(aurora.clientId)?.lifetimes.accessToken],
        [['USER_ID'], 540_000],
      );
      assert.deepEqual((await tenant.store.findConsent(users.tomas, aurora.appId))?.scopes, { USER_NAME: 1 });
      assert.equal((await it.aurora.call(exchange, withCode(used))).code, 'USED_AUTHCODE');
      assert.equal((await it.userInfo(revoked)).code, 'INVALID_ACCESS_TOKEN');
      assert.equal((await it.userInfo(access)).code, 'EXPIRED_ACCESS_TOKEN');
      tenant.clock.set(Date.now());
      assert.equal((await it.userInfo(access)).code, 'SUCCESS');
      assert.equal((await it.aurora.call(exchange, withCode(unused))).code, 'SUCCESS');
      assert.equal((await it.refresh(refresh)).code, 'SUCCESS');
    }
    const headless = new World(emulator.url, emulator.tenants.get('other'), {});
    const code = await headless.code();
    assert.equal(
      (await headless.aurora.call(exchange, withCode(code))).code,
      'SUCCESS',
      'the code in a body still finds its tenant',
    );
    await emulator.close();
  });

  test('does not have dropped tenants', async () => {
    const data = scratchFolder();
    let emulator = await openTestEmulator({ data });
    const { accessToken } = await new World(emulator.url, emulator.tenants.get('gone')).tokens();
    await emulator.tenants.drop('gone');
    await emulator.close();
    assert.ok(!readdirSync(data).some((folder) => folder.startsWith('gone')));
    emulator = await openTestEmulator({ data });
    assert.equal(
      (await new World(emulator.url, emulator.tenants.get('gone')).userInfo(accessToken)).code,
      'INVALID_ACCESS_TOKEN',
    );
    await emulator.close();
  });

  test('leaves other files in the folder alone', async () => {
    const data = scratchFolder();
    writeFileSync(join(data, 'notes.txt'), 'mine');
    const emulator: Emulator = await openTestEmulator({ data });
    await emulator.close();
    assert.ok(readdirSync(data).includes('notes.txt'));
  });
});

test('kill -9 during load, resets, restores and page actions loses nothing, and brings nothing back', async () => {
  assert.ok((await killRounds(scratchFolder(), 3)) > 20);
});

test('without a data folder, no state survives a restart', async () => {
  const one = await openTestEmulator();
  const { accessToken } = await new World(one.url, one.tenants.default).tokens();
  one.tenants.default.clock.advance(hours(1));
  await one.close();
  const other = await openTestEmulator();
  assert.equal((await new World(other.url, other.tenants.default).userInfo(accessToken)).code, 'INVALID_ACCESS_TOKEN');
  await other.close();
});
