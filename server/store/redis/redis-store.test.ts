// biome-ignore-all lint/suspicious/noThenProperty: `then` is the users' word for it (contract), in data that nobody awaits

import assert from 'node:assert/strict';
import { Agent, get } from 'node:http';
import { after, describe, test } from 'node:test';
import type { Emulator } from '../../emulator/emulator.js';
import { connect } from '../../sdk/client/connect.js';
import { aurora, auroraKey, faro, openTestEmulator, scratchFolder, users } from '../../testing/emulator.js';
import { Merchant } from '../../testing/merchant.js';
import { MerchantServer } from '../../testing/merchant-server.js';
import { RedisServer, withoutRedis } from '../../testing/redis-server.js';

const redis = withoutRedis ? undefined : await RedisServer.open();
const opened: Emulator[] = [];

after(async () => {
  await Promise.all(opened.map((emulator) => emulator.close().catch(() => {})));
});

const stores = new Map<Emulator, string>();

async function open(store: string): Promise<Emulator> {
  const emulator = await openTestEmulator({ store });
  opened.push(emulator);
  stores.set(emulator, store);
  return emulator;
}

/** A tenant, as merchants, tests and users of one emulator see it. */
class Seen {
  readonly wallet;
  readonly merchant: Merchant;

  constructor(
    readonly emulator: Emulator,
    readonly tenant: string,
  ) {
    this.wallet = connect(`${emulator.url}/t/${tenant}`);
    this.merchant = new Merchant(emulator.url, aurora.clientId, auroraKey, { 'X-Emulator-Tenant': tenant });
  }

  async code(scopes = ['USER_ID', 'USER_NAME']): Promise<string> {
    const { authCode } = await this.wallet.authCodes.issue({ ...aurora, userId: users.tomas, scopes });
    assert.ok(authCode);
    return authCode;
  }

  exchange(authCode: string) {
    return this.merchant.call('/v2/authorizations/applyToken', { grantType: 'AUTHORIZATION_CODE', authCode });
  }

  refresh(refreshToken: string) {
    return this.merchant.call('/v2/authorizations/applyToken', { grantType: 'REFRESH_TOKEN', refreshToken });
  }

  userInfo(accessToken: string) {
    return this.merchant.call('/v2/users/inquiryUserInfo', { accessToken });
  }
}

async function pair(tenant = 'team'): Promise<[Seen, Seen]> {
  const store = redis?.address() ?? '';
  return [new Seen(await open(store), tenant), new Seen(await open(store), tenant)];
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
    const both = (act: (seen: Seen) => Promise<{ code: string }>) =>
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
    const ids = async ({ wallet }: Seen) => (await wallet.journal.list()).map(({ id }) => id);
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
    const [one] = await pair('late');
    const { body } = await one.exchange(await one.code());
    await one.emulator.close();
    const later = new Seen(await open(stores.get(one.emulator) ?? ''), 'late');
    assert.equal((await later.userInfo(body.accessToken)).code, 'SUCCESS');
    assert.equal((await later.wallet.journal.list({ operation: 'applyToken' })).length, 1);
  });
});

describe('a store', { skip: withoutRedis }, () => {
  test('is asked twice by a call: for the turn, and to write; three times if the call names no tenant', async () => {
    const one = new Seen(await open(redis?.address() ?? ''), 'team');
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
    const [seen] = await pair();
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
      const seen = new Seen(await open(address), 'team');
      assert.equal((await seen.wallet.clients.list()).length, 2, 'nothing of the others');
      await seen.wallet.clients.add({ clientId: 'c9', name: 'Nine' });
      await seen.emulator.close();
    }
    await assert.rejects(
      open(`redis://:wrong@${host}/0`),
      /^Error: store: Redis cannot be reached: its answer is the error WRONGPASS/,
    );
  });

  test('may be a cluster: all keys of a tenant are in one slot', async () => {
    const own = await RedisServer.open('--cluster-enabled', 'yes', '--dir', scratchFolder());
    own.command('cluster', 'addslotsrange', '0', '16383');
    while (!own.command('cluster', 'info').includes('cluster_state:ok')) await new Promise((resolve) => setImmediate(resolve));
    const [one, other] = [new Seen(await open(own.url), 'team'), new Seen(await open(own.url), 'team')];
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

describe('a store that does not answer', { skip: withoutRedis, concurrency: true }, () => {
  test('a notification that a merchant accepted meanwhile is recorded later, and sent by no emulator again', async () => {
    const own = await RedisServer.open();
    const address = own.address();
    const [one, other] = [new Seen(await open(address), 'team'), new Seen(await open(address), 'team')];
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
    const one = new Seen(await open(own.address()), 'team');
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
    await assert.rejects(open('redis://:secret@127.0.0.1:1/0'), (error: Error) => {
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
      await assert.rejects(open(store), problem);
  });
});
