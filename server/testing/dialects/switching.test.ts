import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { emulatorForFile, users } from '../emulator.js';
import type { Dialect } from './dialect.js';
import { DialectWorld } from './dialect-world.js';
import { dialectOf, dialects } from './dialects.js';

const emulator = await emulatorForFile();

/** The same tenant, called in another wallet's format. */
const as = (world: DialectWorld, dialect: Dialect) => new DialectWorld(emulator, dialect, world.tenant);

describe('a change of the wallet at run time', () => {
  test('keeps clients, mini programs, users and the current user', async () => {
    const world = await DialectWorld.open(emulator, dialectOf('platform-v2'));
    await world.control('POST', 'clients', { clientId: '2099000000000001', name: 'New' });
    await world.control('PATCH', `users/${users.tomas}`, { nickName: 'Tomasito' });
    await world.control('PUT', 'settings', { user: users.tomas });
    const before = await Promise.all(['clients', 'apps', 'users'].map((kind) => world.control('GET', kind)));
    const settings = await world.control('PUT', 'settings', { wallet: 'toka' });
    assert.deepEqual([settings.wallet, settings.user], ['toka', users.tomas]);
    assert.deepEqual(await Promise.all(['clients', 'apps', 'users'].map((kind) => world.control('GET', kind))), before);
    const toka = as(world, dialectOf('toka'));
    const { accessToken } = await toka.tokens(['USER_NICKNAME']);
    assert.equal((await toka.userInfo(accessToken)).body.nickName, 'Tomasito');
  });

  for (const other of ['platform-v1', 'superqi', 'toka', 'alipay-plus']) {
    test(`makes ${other} reject older codes and tokens with a reason`, async () => {
      const world = await DialectWorld.open(emulator, dialectOf('mpesa'));
      const authCode = await world.code();
      const { accessToken, refreshToken } = await world.tokens();
      await world.control('PUT', 'settings', { wallet: other });
      const dialect = dialectOf(other);
      const now = as(world, dialect);
      const refused = {
        exchange: await now.exchange(authCode),
        refresh: await now.refresh(refreshToken),
        userInfo: await now.userInfo(accessToken),
      };
      assert.equal(refused.exchange.code, dialect.codes.codeUnknown);
      assert.equal(refused.refresh.code, dialect.codes.refreshUnknown);
      assert.equal(refused.userInfo.code, dialect.codes.accessUnknown);
      for (const { message } of Object.values(refused))
        assert.match(message, /was issued by the wallet mpesa, which ran here before/);
      const { entries } = await world.control('GET', 'journal?limit=1&operation=inquiryUserInfo');
      assert.match(entries[0].reason, /issued by the wallet mpesa/);

      await world.control('PUT', 'settings', { wallet: 'mpesa' });
      assert.equal((await world.exchange(authCode)).code, 'SUCCESS', 'back again, they are good again');
      assert.equal((await world.userInfo(accessToken)).code, 'SUCCESS');
    });
  }

  test('makes older consent addresses invalid', async () => {
    const world = await DialectWorld.open(emulator, dialectOf('superqi'));
    const { authUrl } = (await world.call('/v1/authorizations/prepare', {})).body;
    await world.control('PUT', 'settings', { wallet: 'mpesa' });
    assert.equal((await fetch(authUrl)).status, 404);
  });

  test('to an unknown wallet changes nothing', async () => {
    const world = await DialectWorld.open(emulator, dialectOf('gcash'));
    await assert.rejects(world.control('PUT', 'settings', { wallet: 'monedero' }), /unknown wallet/);
    assert.equal((await world.control('GET', 'settings')).wallet, 'gcash');
    assert.equal((await world.exchange(await world.code())).code, 'SUCCESS');
  });
});

test('every wallet runs at /t/<wallet> at the same time, with its own first user', async () => {
  await Promise.all(
    dialects.map(async (dialect) => {
      const base = `${emulator.url}/t/${dialect.wallet}/_emulator`;
      const { wallet, user } = (await (await fetch(`${base}/settings`)).json()) as Record<string, string>;
      assert.deepEqual([wallet, user], [dialect.wallet, dialect.userId]);
      assert.equal(((await (await fetch(`${base}/health`)).json()) as { wallet: string }).wallet, dialect.wallet);
      const world = new DialectWorld(emulator, dialect, dialect.wallet);
      const { accessToken } = await world.tokens(dialect.reads.scopes);
      assert.equal((await world.userInfo(accessToken)).code, dialect.codes.done);
    }),
  );
  assert.equal(((await (await fetch(`${emulator.url}/_emulator/health`)).json()) as { wallet: string }).wallet, 'platform-v2');
});

test('a merchant that cannot set headers calls /t/<wallet>, and signs the path with or without this prefix', async () => {
  const world = new DialectWorld(emulator, dialectOf('tng'), 'tng');
  const own = '/acl/api/v1/authorizations/applyToken';
  for (const path of [own, `/t/tng${own}`]) {
    const answer = await world.exchange(await world.code(), { path, target: `/t/tng${own}` });
    assert.equal(answer.code, 'SUCCESS', answer.message);
  }
  assert.ok((await world.miniProgram().call('getAuthCode', { scopes: ['USER_ID'] })).ok);
});
