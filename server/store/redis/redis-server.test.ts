import assert from 'node:assert/strict';
import { Agent, get } from 'node:http';
import { describe, test } from 'node:test';
import { aurora, auroraKey, scratchFolder } from '../../testing/emulator.js';
import { Merchant } from '../../testing/merchant.js';
import { RedisServer, withoutRedis } from '../../testing/redis-server.js';
import { openSharing, TenantView } from '../../testing/tenant-view.js';

const redis = withoutRedis ? undefined : await RedisServer.open();

describe('a store', { skip: withoutRedis }, () => {
  test('is asked twice by a call: for the turn, and to write; three times if the call names no tenant', async () => {
    const one = new TenantView(await openSharing(redis?.address() ?? ''), 'team');
    const nameless = new Merchant(one.emulator.url, aurora.clientId, auroraKey);
    const asked = () =>
      [...(redis?.command('info', 'commandstats') ?? '').matchAll(/cmdstat_(evalsha|hmget|hgetall|get):calls=(\d+)/g)]
        .filter(([, name]) => name === 'evalsha' || name === 'hmget')
        .reduce((sum, [, , calls]) => sum + Number(calls), 0);
    await one.exchange(await one.code());
    const codes = [await one.code(), await one.code()];
    const before = asked();
    assert.equal((await one.exchange(codes[0] as string)).code, 'SUCCESS');
    const named = asked();
    const body = { grantType: 'AUTHORIZATION_CODE', authCode: codes[1] };
    assert.equal((await nameless.call('/v2/authorizations/applyToken', body)).code, 'SUCCESS');
    assert.deepEqual([named - before, asked() - named], [2, 2], 'this emulator knows its own codes');
    const stranger = { grantType: 'AUTHORIZATION_CODE', authCode: 'a-code-of-nobody-here' };
    const known = asked();
    await nameless.call('/v2/authorizations/applyToken', stranger);
    assert.equal(asked() - known, 3);
  });

  test('leaves nothing on a connection that has many calls', async () => {
    const seen = new TenantView(await openSharing(redis?.address() ?? ''), 'team');
    const warnings: string[] = [];
    const note = ({ name }: Error) => warnings.push(name);
    process.on('warning', note);
    const agent = new Agent({ keepAlive: true, maxSockets: 1 });
    const call = () =>
      new Promise<boolean>((resolve, reject) => {
        const request = get(`${seen.emulator.url}/t/team/_emulator/tokens`, { agent }, (response) => {
          response.resume().on('end', () => resolve(request.reusedSocket));
        }).on('error', reject);
      });
    for (let number = 0; number < 15; number++) assert.equal(await call(), number > 0);
    process.off('warning', note);
    agent.destroy();
    assert.deepEqual(warnings, [], 'Node warns of more than ten listeners');
  });

  test('may have a password and a number, and several teams', async () => {
    const own = await RedisServer.open('--requirepass', 'pass word');
    const { host } = new URL(own.url);
    const addresses = ['/0', '/3', '/3?prefix=other'].map((end) => `redis://:pass%20word@${host}${end}`);
    for (const address of addresses) {
      const seen = new TenantView(await openSharing(address), 'team');
      assert.equal((await seen.wallet.clients.list()).length, 2, 'nothing of the others');
      await seen.wallet.clients.add({ clientId: 'c9', name: 'Nine' });
      await seen.emulator.close();
    }
    await assert.rejects(
      openSharing(`redis://:wrong@${host}/0`),
      /^Error: store: Redis cannot be reached: its answer is the error WRONGPASS/,
    );
  });

  test('may be a cluster: all keys of a tenant are in one slot', async () => {
    const own = await RedisServer.open('--cluster-enabled', 'yes', '--dir', scratchFolder());
    own.command('cluster', 'addslotsrange', '0', '16383');
    while (!own.command('cluster', 'info').includes('cluster_state:ok')) await new Promise((resolve) => setImmediate(resolve));
    const [one, other] = [new TenantView(await openSharing(own.url), 'team'), new TenantView(await openSharing(own.url), 'team')];
    const { code, body } = await other.exchange(await one.code());
    assert.equal(code, 'SUCCESS');
    assert.equal((await one.userInfo(body.accessToken)).code, 'SUCCESS');
    await other.wallet.snapshot.restore(await one.wallet.snapshot.take());
    assert.equal((await one.userInfo(body.accessToken)).code, 'SUCCESS');
    await one.wallet.reset();
    assert.equal((await other.userInfo(body.accessToken)).code, 'INVALID_ACCESS_TOKEN');
    for (const { emulator } of [one, other]) await emulator.close();
  });
});
