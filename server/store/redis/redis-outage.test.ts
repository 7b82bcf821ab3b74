import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { faro, users } from '../../testing/emulator.js';
import { MerchantServer } from '../../testing/merchant-server.js';
import { RedisServer, withoutRedis } from '../../testing/redis-server.js';
import { openSharing, TenantView } from '../../testing/tenant-view.js';

describe('a store that does not answer', { skip: withoutRedis, concurrency: true }, () => {
  test('a notification that a merchant accepted meanwhile is recorded later, and sent by no emulator again', async () => {
    const own = await RedisServer.open();
    const address = own.address();
    const [one, other] = [new TenantView(await openSharing(address), 'team'), new TenantView(await openSharing(address), 'team')];
    const merchant = await MerchantServer.open();
    await one.wallet.settings.change({ wallet: 'alipay-plus' });
    await one.wallet.clients.change(faro.clientId, { notifyUrl: `${merchant.url}/notify` });
    const issue = () => one.wallet.authCodes.issue({ clientId: faro.clientId, userId: users.tomas, scopes: ['USER_LOGIN_ID'] });
    const heard = new Promise<void>((resolve) =>
      merchant.next.push((response, request) => {
        own.suspend();
        merchant.respond(response, request);
        resolve();
      }),
    );
    await issue();
    await heard;
    // Each of these calls fails after a second.
    for (let call = 0; call < 3; call++) await assert.rejects(one.wallet.settings.read(), /does not answer/);
    own.resume();
    const { emulatorId = '' } = one.emulator.tenants.sharing ?? {};
    own.command('del', `${new URL(address).searchParams.get('prefix')}:running:${emulatorId}`);
    assert.ok(await other.emulator.tenants.sharing?.isRunning(emulatorId), 'it gets time to say that it runs');
    await other.wallet.journal.wait({ kind: 'notification' });
    assert.deepEqual(
      (await one.wallet.journal.list({ kind: 'notification' })).map(({ reason }) => reason),
      ['try 1: the merchant accepted it'],
    );
    await issue();
    await other.wallet.journal.wait({ kind: 'notification', count: 2 });
    assert.equal(merchant.notifications.length, 2, 'one for each code');
    // An emulator knows what another one changed once it has the tenant's turn.
    for (const { emulator } of [one, other]) {
      const turn = await emulator.tenants.sharing?.enter('team');
      assert.equal(emulator.tenants.find('team')?.store.notifications.size, 0);
      turn?.end();
    }
    for (const { emulator } of [one, other]) await emulator.close();
  });

  test('is told in the wallet’s form, and the emulator goes on when it answers again', async () => {
    const own = await RedisServer.open();
    const one = new TenantView(await openSharing(own.address()), 'team');
    const { body } = await one.exchange(await one.code());
    own.suspend();
    const refused = await one.userInfo(body.accessToken);
    assert.equal(refused.code, 'PROCESS_FAIL');
    assert.match(refused.message, /the store redis:\/\/127\.0\.0\.1:\d+\/0 does not answer/);
    await assert.rejects(one.wallet.settings.read(), /does not answer/);
    own.resume();
    let answer = await one.userInfo(body.accessToken);
    while (answer.code === 'PROCESS_FAIL') answer = await one.userInfo(body.accessToken);
    assert.equal(answer.code, 'SUCCESS');
    await one.emulator.close();
  });

  test('stops a start in one line, without the password', async () => {
    await assert.rejects(openSharing('redis://:secret@127.0.0.1:1/0'), (error: Error) => {
      assert.match(
        error.message,
        /^store: Redis cannot be reached: the connection to 127\.0\.0\.1:1 was refused \(ECONNREFUSED\)$/,
      );
      assert.doesNotMatch(error.message, /secret/);
      return true;
    });
    for (const [store, problem] of [
      ['localhost:6379', /expected an address such as redis:\/\/localhost:6379\/0/],
      ['redis://h/x', /the database is "x": expected a number/],
      ['redis://h/0?prefiks=a', /unknown parameter "prefiks"; allowed: prefix/],
    ] as const)
      await assert.rejects(openSharing(store), problem);
  });
});
