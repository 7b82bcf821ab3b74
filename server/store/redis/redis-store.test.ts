// biome-ignore-all lint/suspicious/noThenProperty: `then` is the users' word for it (contract), in data that nobody awaits
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { aurora, auroraKey, users } from '../../testing/emulator.js';
import { Merchant } from '../../testing/merchant.js';
import { RedisServer, withoutRedis } from '../../testing/redis-server.js';
import { openSharing, TenantView } from '../../testing/tenant-view.js';

const redis = withoutRedis ? undefined : await RedisServer.open();

/** The same tenant in two emulators. */
async function pair(tenant = 'team', store = redis?.address() ?? ''): Promise<[TenantView, TenantView]> {
  return [new TenantView(await openSharing(store), tenant), new TenantView(await openSharing(store), tenant)];
}

describe('two emulators that share a store', { skip: withoutRedis }, () => {
  test('know each other’s codes and tokens at the next call, in every tenant', async () => {
    for (const tenant of ['default', 'team']) {
      const [one, other] = await pair(tenant);
      const { code, body } = await other.exchange(await one.code());
      assert.equal(code, 'SUCCESS', tenant);
      assert.equal((await one.userInfo(body.accessToken)).code, 'SUCCESS');
      assert.equal((await one.refresh(body.refreshToken)).code, 'SUCCESS');
      assert.equal((await other.refresh(body.refreshToken)).code, 'USED_REFRESH_TOKEN');
    }
  });

  test('know each other’s users, settings, clock, consents and scenarios', async () => {
    const [one, other] = await pair();
    await one.wallet.users.add({ userId: 'u9', name: 'Nine' });
    await one.wallet.users.remove(users.harriet);
    await one.wallet.settings.change({ user: 'u9', consent: 'grant', wallet: 'tng' });
    await one.wallet.clock.freeze('2031-01-01T00:00:00Z');
    await one.wallet.scenarios.add({ id: 'slow', then: { delay: 'PT0S' }, times: 3 });
    const { users: known, settings, clock, scenarios } = other.wallet;
    assert.equal((await known.read('u9')).name, 'Nine');
    await assert.rejects(known.read(users.harriet), /no user/);
    const { user, consent, wallet } = await settings.read();
    assert.deepEqual([user, consent, wallet], ['u9', 'grant', 'tng']);
    assert.deepEqual(await clock.read(), { now: '2031-01-01T00:00:00.000Z', frozen: true });
    assert.deepEqual(
      (await scenarios.list()).map(({ id }) => id),
      ['slow'],
    );
    await other.wallet.scenarios.remove('slow');
    await other.wallet.clock.advance('PT1H');
    assert.deepEqual(await one.wallet.scenarios.list(), []);
    assert.equal((await one.wallet.clock.read()).now, '2031-01-01T01:00:00.000Z');
  });

  test('of any number of racing calls, one exchanges a code, one refreshes, and one is met by a scenario that acts once', async () => {
    const [one, other] = await pair();
    const both = (act: (seen: TenantView) => Promise<{ code: string }>) =>
      Promise.all(Array.from({ length: 20 }, (_, index) => act(index % 2 === 0 ? one : other))).then((answers) =>
        answers.map(({ code }) => code).sort(),
      );
    const authCode = await one.code();
    const exchanged = await both((seen) => seen.exchange(authCode));
    assert.deepEqual(exchanged, ['SUCCESS', ...Array(19).fill('USED_AUTHCODE')]);
    const { body } = await other.exchange(await one.code());
    const refreshed = await both((seen) => seen.refresh(body.refreshToken));
    assert.deepEqual(refreshed, ['SUCCESS', ...Array(19).fill('USED_REFRESH_TOKEN')]);
    await one.wallet.scenarios.add({
      id: 'once',
      when: { operation: 'inquiryUserInfo' },
      then: { result: 'PROCESS_FAIL' },
      times: 1,
    });
    const read = await both((seen) => seen.userInfo(body.accessToken));
    assert.deepEqual(read, ['PROCESS_FAIL', ...Array(19).fill('SUCCESS')]);
  });

  test('hear each other’s calls: in the list, by a wait, and in the stream', async () => {
    const [one, other] = await pair();
    const waiting = other.wallet.journal.wait({ operation: 'applyToken', resultCode: 'SUCCESS' });
    const stream = await fetch(`${other.wallet.url}/_emulator/journal/stream?operation=applyToken`);
    const reader = (stream.body as ReadableStream<Uint8Array>).pipeThrough(new TextDecoderStream()).getReader();
    const { body } = await one.exchange(await other.code());
    const [heard] = await waiting;
    assert.equal(heard?.operation, 'applyToken');
    let told = '';
    while (!told.includes('data: {')) told += (await reader.read()).value ?? '';
    await reader.cancel();
    assert.match(told, /"operation":"applyToken"/);
    assert.ok(!told.includes(body.accessToken), 'tokens are shortened');
    await one.userInfo(body.accessToken);
    await other.wallet.journal.wait({ operation: 'inquiryUserInfo' });
    const ids = async ({ wallet }: TenantView) => (await wallet.journal.list()).map(({ id }) => id);
    assert.deepEqual(await ids(one), await ids(other));
    await one.wallet.journal.clear();
    await one.userInfo(body.accessToken);
    await other.wallet.journal.wait({ operation: 'inquiryUserInfo' });
    assert.equal((await other.wallet.journal.list({ operation: 'applyToken' })).length, 0);
  });

  test('a reset and a snapshot are the other’s at the next call; its streams go on', async () => {
    const [one, other] = await pair();
    const kept = (await one.exchange(await one.code())).body;
    const snapshot = await one.wallet.snapshot.take();
    assert.equal((await other.userInfo(kept.accessToken)).code, 'SUCCESS');
    await one.wallet.reset();
    assert.equal((await other.userInfo(kept.accessToken)).code, 'INVALID_ACCESS_TOKEN');
    await other.wallet.snapshot.restore(snapshot);
    assert.equal((await one.userInfo(kept.accessToken)).code, 'SUCCESS');
    assert.equal((await one.refresh(kept.refreshToken)).code, 'SUCCESS');
    assert.equal((await other.refresh(kept.refreshToken)).code, 'USED_REFRESH_TOKEN');
  });

  test('a call that names no tenant finds the tenant that issued its code on the other', async () => {
    const [one, other] = await pair('by-code');
    const nameless = new Merchant(other.emulator.url, aurora.clientId, auroraKey);
    const authCode = await one.code();
    const { code, body } = await nameless.call('/v2/authorizations/applyToken', { grantType: 'AUTHORIZATION_CODE', authCode });
    assert.equal(code, 'SUCCESS');
    assert.equal((await one.userInfo(body.accessToken)).code, 'SUCCESS');
  });

  test('one that starts later, or again, has everything', async () => {
    const store = redis?.address() ?? '';
    const [one] = await pair('late', store);
    const { body } = await one.exchange(await one.code());
    await one.emulator.close();
    const later = new TenantView(await openSharing(store), 'late');
    assert.equal((await later.userInfo(body.accessToken)).code, 'SUCCESS');
    assert.equal((await later.wallet.journal.list({ operation: 'applyToken' })).length, 1);
  });
});
