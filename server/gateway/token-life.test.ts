import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { aurora, days, emulatorForFile, faro, hours, minutes, newWorld, users } from '../testing/emulator.js';

const emulator = await emulatorForFile();
const seconds = (count: number) => count * 1000;

describe('a refresh', () => {
  test('gives a new pair, and the old access token stays live until it expires', async () => {
    const world = newWorld(emulator);
    const first = await world.tokens();
    world.tenant.clock.advance(hours(1));
    const { body: second } = await world.refresh(first.refreshToken);
    assert.notEqual(second.accessToken, first.accessToken);
    assert.notEqual(second.refreshToken, first.refreshToken);
    assert.equal(second.customerId, users.tomas);
    for (const { accessToken } of [first, second]) assert.equal((await world.userInfo(accessToken)).code, 'SUCCESS');
    world.tenant.clock.advance(hours(1) + minutes(1));
    assert.equal((await world.userInfo(first.accessToken)).code, 'EXPIRED_ACCESS_TOKEN');
    assert.equal((await world.userInfo(second.accessToken)).code, 'SUCCESS');
  });

  test('keeps scopes, user and mini program', async () => {
    const world = newWorld(emulator);
    const { refreshToken } = await world.tokens({ scopes: ['USER_NICKNAME'] });
    const { body } = await world.refresh(refreshToken);
    assert.deepEqual((await world.userInfo(body.accessToken)).body.userInfo, { userId: users.tomas, nickName: 'Tomi' });
    world.tenant.put('app', 'second-app', { appId: 'second-app', name: 'Second', clientId: aurora.clientId });
    assert.equal(
      (await world.aurora.call('/v2/users/inquiryUserInfo', { accessToken: body.accessToken, appId: 'second-app' })).code,
      'INVALID_ACCESS_TOKEN',
    );
  });

  test('can be repeated, with full lifetimes each time', async () => {
    const world = newWorld(emulator);
    let { refreshToken } = await world.tokens();
    for (let times = 0; times < 5; times++) {
      world.tenant.clock.advance(days(29));
      const { code, body } = await world.refresh(refreshToken);
      assert.equal(code, 'SUCCESS');
      refreshToken = body.refreshToken;
    }
  });
});

describe('a revocation', () => {
  test('of the first token ends the whole grant, with later pairs', async () => {
    const world = newWorld(emulator);
    const first = await world.tokens();
    const { body: second } = await world.refresh(first.refreshToken);
    const { body: third } = await world.refresh(second.refreshToken);
    assert.equal((await world.revoke(first.accessToken)).code, 'SUCCESS');
    for (const { accessToken } of [first, second, third])
      assert.equal((await world.userInfo(accessToken)).code, 'INVALID_ACCESS_TOKEN');
    assert.equal((await world.refresh(third.refreshToken)).code, 'INVALID_REFRESH_TOKEN');
    assert.equal((await world.revoke(third.accessToken)).code, 'INVALID_ACCESS_TOKEN');
  });

  test('of the last token ends the first one', async () => {
    const world = newWorld(emulator);
    const first = await world.tokens();
    const { body: second } = await world.refresh(first.refreshToken);
    await world.revoke(second.accessToken);
    assert.equal((await world.userInfo(first.accessToken)).code, 'INVALID_ACCESS_TOKEN');
  });

  test('does not change other grants, even of the same user and client', async () => {
    const world = newWorld(emulator);
    const [one, other] = [await world.tokens(), await world.tokens()];
    await world.revoke(one.accessToken);
    assert.equal((await world.userInfo(other.accessToken)).code, 'SUCCESS');
    assert.equal((await world.refresh(other.refreshToken)).code, 'SUCCESS');
  });

  test('forgets the consent behind it', async () => {
    const world = newWorld(emulator);
    const request = consentRequest(world, ['USER_NICKNAME', 'USER_ID']);
    const asked = await world.tenant.authorizations.sort(request, true);
    assert.deepEqual(asked.ask, ['USER_NICKNAME']);
    const { code } = await world.tenant.authorizations.decide(request, asked, { decision: 'grant' });
    assert.deepEqual((await world.tenant.authorizations.sort(request, true)).remembered, ['USER_NICKNAME']);
    const { body } = await world.aurora.call('/v2/authorizations/applyToken', {
      grantType: 'AUTHORIZATION_CODE',
      authCode: code?.authCode,
    });
    assert.equal((await world.revoke(body.accessToken)).code, 'SUCCESS');
    assert.deepEqual((await world.tenant.authorizations.sort(request, true)).ask, ['USER_NICKNAME']);
  });
});

describe('a jump of the clock', () => {
  test('thirty days ahead: old codes and tokens are expired, not unknown', async () => {
    const world = newWorld(emulator);
    const authCode = await world.code();
    const { accessToken, refreshToken } = await world.tokens();
    world.tenant.clock.advance(days(30) + hours(1));
    for (let others = 0; others < 20; others++) await world.code();
    assert.equal((await world.userInfo(accessToken)).code, 'EXPIRED_ACCESS_TOKEN');
    assert.equal((await world.refresh(refreshToken)).code, 'EXPIRED_REFRESH_TOKEN');
    assert.equal(
      (await world.aurora.call('/v2/authorizations/applyToken', { grantType: 'AUTHORIZATION_CODE', authCode })).code,
      'EXPIRED_AUTHCODE',
    );
  });

  test('back: used and revoked codes and tokens stay so', async () => {
    const world = newWorld(emulator);
    const authCode = await world.code();
    const exchange = () => world.aurora.call('/v2/authorizations/applyToken', { grantType: 'AUTHORIZATION_CODE', authCode });
    const { body: first } = await exchange();
    const { body: second } = await world.refresh(first.refreshToken);
    world.tenant.clock.advance(-days(2));
    assert.equal((await exchange()).code, 'USED_AUTHCODE');
    assert.equal((await world.refresh(first.refreshToken)).code, 'USED_REFRESH_TOKEN');
    world.tenant.clock.advance(days(2));
    await world.revoke(second.accessToken);
    world.tenant.clock.advance(-days(2));
    assert.equal((await world.userInfo(second.accessToken)).code, 'INVALID_ACCESS_TOKEN');
  });

  test('to the latest date: times are still RFC 3339', async () => {
    const world = newWorld(emulator);
    world.tenant.clock.set(Number.MAX_SAFE_INTEGER);
    const { accessTokenExpiryTime, refreshTokenExpiryTime } = await world.tokens();
    for (const time of [accessTokenExpiryTime, refreshTokenExpiryTime])
      assert.match(time, /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d-05:00$/);
  });
});

describe('lifetimes: request, user, client, setting, profile', () => {
  /** The lifetimes of the pair of a new code, in milliseconds. */
  const lifetimes = async (world: ReturnType<typeof newWorld>, user: string, asked?: { accessToken: number }) => {
    const body = await world.tokens({ user, ...(asked && { lifetimes: asked }) });
    const left = (time: string) => Math.round((Date.parse(time) - world.tenant.clock.now()) / 1000) * 1000;
    return [left(body.accessTokenExpiryTime), left(body.refreshTokenExpiryTime)];
  };

  test('the first source that has a lifetime counts, for each lifetime separately', async () => {
    const world = newWorld(emulator);
    world.tenant.clock.freeze();
    world.tenant.clock.set(Date.parse('2026-05-01T12:00:00Z'));
    assert.deepEqual(await lifetimes(world, users.tomas), [hours(2), days(30)], 'the profile');
    world.tenant.changeSettings({ lifetimes: { accessToken: 'PT50M', refreshToken: 'PT60M' } });
    assert.deepEqual(await lifetimes(world, users.tomas), [minutes(50), minutes(60)], 'the setting');
    world.changeClient(aurora.clientId, { lifetimes: { accessToken: 2400 } });
    assert.deepEqual(await lifetimes(world, users.tomas), [minutes(40), minutes(60)], 'the client');
    assert.deepEqual(await lifetimes(world, users.owen), [seconds(5), minutes(60)], 'the user');
    assert.deepEqual(await lifetimes(world, users.owen, { accessToken: minutes(20) }), [minutes(20), minutes(60)], 'the request');
  });

  test('lifetimes of a code count for its refreshes too', async () => {
    const world = newWorld(emulator);
    const { refreshToken } = await world.tokens({ lifetimes: { accessToken: minutes(3) } });
    const { body } = await world.refresh(refreshToken);
    world.tenant.clock.advance(minutes(4));
    assert.equal((await world.userInfo(body.accessToken)).code, 'EXPIRED_ACCESS_TOKEN');
  });

  test('the lifetime of a code', async () => {
    const world = newWorld(emulator);
    const authCode = await world.code({ lifetimes: { authCode: seconds(10) } });
    world.tenant.clock.advance(seconds(11));
    assert.equal(
      (await world.aurora.call('/v2/authorizations/applyToken', { grantType: 'AUTHORIZATION_CODE', authCode })).code,
      'EXPIRED_AUTHCODE',
    );
  });
});

describe('removing the owner removes the tokens', () => {
  test('a user', async () => {
    const world = newWorld(emulator);
    const [pair, others, authCode] = [await world.tokens(), await world.tokens({ user: users.lucia }), await world.code()];
    world.tenant.put('user', users.tomas, undefined);
    assert.equal((await world.userInfo(pair.accessToken)).code, 'INVALID_ACCESS_TOKEN');
    assert.equal((await world.refresh(pair.refreshToken)).code, 'INVALID_REFRESH_TOKEN');
    assert.equal(
      (await world.aurora.call('/v2/authorizations/applyToken', { grantType: 'AUTHORIZATION_CODE', authCode })).code,
      'INVALID_AUTHCODE',
    );
    assert.equal((await world.userInfo(others.accessToken)).code, 'SUCCESS');
  });

  test('a client, and creating it again does not bring them back', async () => {
    const world = newWorld(emulator);
    const { tenant } = world;
    const [pair, authCode] = [await world.tokens(), await world.code()];
    const record = tenant.clients.get(aurora.clientId)?.record;
    tenant.put('client', aurora.clientId, undefined);
    await tenant.store.forgetOwner({ clientId: aurora.clientId });
    assert.equal((await world.userInfo(pair.accessToken)).code, 'INVALID_CLIENT');
    tenant.put('client', aurora.clientId, record);
    assert.equal((await world.userInfo(pair.accessToken)).code, 'INVALID_ACCESS_TOKEN');
    assert.equal((await world.refresh(pair.refreshToken)).code, 'INVALID_REFRESH_TOKEN');
    assert.equal(
      (await world.aurora.call('/v2/authorizations/applyToken', { grantType: 'AUTHORIZATION_CODE', authCode })).code,
      'INVALID_AUTHCODE',
    );
    assert.equal(
      (await world.faro.call('/v2/users/inquiryUserInfo', { accessToken: pair.accessToken, appId: faro.appId })).code,
      'INVALID_ACCESS_TOKEN',
    );
  });
});

function consentRequest({ tenant }: ReturnType<typeof newWorld>, scopes: string[]) {
  const [client, app, user] = [tenant.clients.get(aurora.clientId), tenant.apps.get(aurora.appId), tenant.users.get(users.lucia)];
  assert.ok(client && app && user);
  return { client, app, user, scopes };
}
