import assert from 'node:assert/strict';
import { after, describe, test } from 'node:test';
import { aurora, faro, users } from '../../testing/emulator.js';
import { EmulatorProcess } from '../../testing/kill-rounds.js';
import { MerchantServer } from '../../testing/merchant-server.js';
import { RedisServer, withoutRedis } from '../../testing/redis-server.js';

const applyToken = '/v2/authorizations/applyToken';
const tenant = 'team';

const redis = withoutRedis ? undefined : await RedisServer.open();
const started: EmulatorProcess[] = [];

after(async () => {
  await Promise.all(started.map((emulator) => emulator.kill()));
});

async function startTwo(): Promise<[EmulatorProcess, EmulatorProcess]> {
  const store = redis?.address() ?? '';
  const two = await Promise.all([EmulatorProcess.start(store), EmulatorProcess.start(store)]);
  started.push(...two);
  return two;
}

async function codeBy(emulator: EmulatorProcess): Promise<string> {
  const wanted = { clientId: aurora.clientId, appId: aurora.appId, userId: users.tomas, scopes: ['USER_ID'] };
  return (await emulator.call(tenant, 'POST', '/_emulator/auth-codes', wanted)).body.authCode;
}

const exchangeBy = (emulator: EmulatorProcess, authCode: string) =>
  emulator.call(tenant, 'POST', applyToken, { grantType: 'AUTHORIZATION_CODE', authCode });

describe('of two processes that share a store', { skip: withoutRedis }, () => {
  test('one is killed amid calls: the other has all that was answered, and goes on', async () => {
    const [one, other] = await startTwo();
    const answered: { authCode: string; accessToken: string }[] = [];
    let isRunning = true;
    const load = Array.from({ length: 6 }, async () => {
      while (isRunning) {
        const authCode = await codeBy(one);
        const { body } = await exchangeBy(one, authCode);
        assert.equal(body.result.resultCode, 'SUCCESS');
        answered.push({ authCode, accessToken: body.accessToken });
      }
    }).map((calls) => calls.catch((error) => assert.equal(isRunning, false, String(error))));
    while (answered.length < 25) await codeBy(other);
    isRunning = false;
    await one.kill();
    await Promise.all(load);
    for (const { authCode, accessToken } of answered) {
      const read = await other.codeOf(tenant, '/v2/users/inquiryUserInfo', { accessToken });
      assert.equal(read, 'SUCCESS');
      const again = await other.codeOf(tenant, applyToken, { grantType: 'AUTHORIZATION_CODE', authCode });
      assert.equal(again, 'USED_AUTHCODE');
    }
    assert.equal((await exchangeBy(other, await codeBy(other))).body.result.resultCode, 'SUCCESS');
  });

  test('one is suspended: the other goes on, and the first has its state when it wakes up', async () => {
    const [one, other] = await startTwo();
    const authCode = await codeBy(one);
    one.suspend();
    const { body } = await exchangeBy(other, authCode);
    assert.equal(body.result.resultCode, 'SUCCESS');
    one.resume();
    const codes = [applyToken, '/v2/users/inquiryUserInfo'].map((path) =>
      one.codeOf(tenant, path, { grantType: 'AUTHORIZATION_CODE', authCode, accessToken: body.accessToken }),
    );
    assert.deepEqual(await Promise.all(codes), ['USED_AUTHCODE', 'SUCCESS']);
  });

  test('one sends a notification; if it is killed meanwhile, the other does', async () => {
    const [one, other] = await startTwo();
    const merchant = await MerchantServer.open();
    await one.call(tenant, 'PUT', '/_emulator/settings', { wallet: 'alipay-plus' });
    await one.call(tenant, 'PATCH', `/_emulator/clients/${faro.clientId}`, { notifyUrl: `${merchant.url}/notify` });
    const issue = (emulator: EmulatorProcess) =>
      emulator.call(tenant, 'POST', '/_emulator/auth-codes', {
        clientId: faro.clientId,
        userId: users.tomas,
        scopes: ['USER_LOGIN_ID'],
      });
    const delivered = async (count: number) =>
      (await other.call(tenant, 'POST', '/_emulator/journal/wait', { match: { kind: 'notification' }, count, timeout: 'PT1M' }))
        .body.entries;
    await issue(one);
    await delivered(1);
    const onItsWay = new Promise<void>((resolve) => merchant.next.push(() => resolve()));
    await issue(one);
    await onItsWay;
    await one.kill();
    const [entry] = await delivered(2);
    assert.equal(entry.resultStatus, 'S');
    assert.equal(merchant.notifications.length, 3);
    const bodies = merchant.notifications.map(({ body }) => body.authCode);
    assert.equal(bodies[1], bodies[2]);
    assert.notEqual(bodies[0], bodies[1]);
  });
});
