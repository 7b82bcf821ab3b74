import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { World } from '../testing/emulator.js';
import { aurora, days, emulatorForFile, faro, hours, minutes, newWorld, users } from '../testing/emulator.js';

const emulator = await emulatorForFile();
const path = '/v2/authorizations/applyToken';

const exchange = (authCode: string) => ({
  appId: aurora.appId,
  authClientId: aurora.clientId,
  grantType: 'AUTHORIZATION_CODE',
  authCode,
});
const refresh = (refreshToken: string) => ({ grantType: 'REFRESH_TOKEN', refreshToken });

describe('a code exchange that succeeds', () => {
  test('answers with a pair, its expiry times and the customerId', async () => {
    const { tenant, aurora: merchant, code } = withCode(newWorld(emulator));
    tenant.clock.freeze();
    tenant.clock.set(Date.parse('2026-03-01T10:00:00Z'));
    const { body } = await merchant.call(path, exchange(await code()));
    assert.deepEqual(body.result, { resultStatus: 'S', resultCode: 'SUCCESS', resultMessage: 'success' });
    assert.equal(body.customerId, users.tomas);
    assert.ok(body.accessToken.length <= 128 && body.refreshToken.length <= 128);
    assert.equal(body.accessTokenExpiryTime, '2026-03-01T07:00:00-05:00');
    assert.equal(body.refreshTokenExpiryTime, '2026-03-31T05:00:00-05:00');
    assert.deepEqual(Object.keys(body), [
      'result',
      'accessToken',
      'accessTokenExpiryTime',
      'refreshToken',
      'refreshTokenExpiryTime',
      'customerId',
    ]);
  });

  test('takes a missing appId and authClientId from the code and the header', async () => {
    const { aurora: merchant, code } = withCode(newWorld(emulator));
    assert.equal((await merchant.call(path, { grantType: 'AUTHORIZATION_CODE', authCode: await code() })).code, 'SUCCESS');
  });

  test('accepts customerBelongsTo, extendInfo as text or object, and unknown fields', async () => {
    const { aurora: merchant, code } = withCode(newWorld(emulator));
    for (const more of [
      { customerBelongsTo: 'GCASH' },
      { extendInfo: '{"a":1}' },
      { extendInfo: { a: 1 } },
      { unheardOf: [1, { two: 2 }] },
    ]) {
      assert.equal((await merchant.call(path, { ...exchange(await code()), ...more })).code, 'SUCCESS', JSON.stringify(more));
    }
  });

  test('accepts the client’s referenceClientId as authClientId', async () => {
    const world = newWorld(emulator);
    world.changeClient(aurora.clientId, { referenceClientId: 'ref-7' });
    assert.equal((await world.aurora.call(path, { ...exchange(await world.code()), authClientId: 'ref-7' })).code, 'SUCCESS');
  });
});

describe('the result codes of a code exchange', () => {
  test('INVALID_AUTHCODE: never issued, another client’s, another mini program’s of the same client', async () => {
    const world = newWorld(emulator);
    assert.equal((await world.aurora.call(path, exchange('2810110000000000000000'))).code, 'INVALID_AUTHCODE');
    assert.equal((await world.aurora.call(path, exchange(await world.code({ client: faro.clientId })))).code, 'INVALID_AUTHCODE');
    world.tenant.put('app', 'second-app', { appId: 'second-app', name: 'Second', clientId: aurora.clientId });
    const theOthers = await world.code({ app: 'second-app' });
    assert.equal((await world.aurora.call(path, exchange(theOthers))).code, 'INVALID_AUTHCODE');
    assert.equal(
      (await world.aurora.call(path, { ...exchange(theOthers), appId: 'second-app' })).code,
      'SUCCESS',
      'the refusals did not use it up',
    );
  });

  test('a code without a mini program works for any mini program of its client', async () => {
    const world = newWorld(emulator);
    assert.equal((await world.aurora.call(path, exchange(await world.code({ app: undefined })))).code, 'SUCCESS');
  });

  test('USED_AUTHCODE: exchanged before, even if it has expired too', async () => {
    const world = newWorld(emulator);
    const body = exchange(await world.code());
    assert.equal((await world.aurora.call(path, body)).code, 'SUCCESS');
    assert.equal((await world.aurora.call(path, body)).code, 'USED_AUTHCODE');
    world.tenant.clock.advance(days(2));
    assert.equal((await world.aurora.call(path, body)).code, 'USED_AUTHCODE');
  });

  test('EXPIRED_AUTHCODE: after one day, and not before', async () => {
    const world = newWorld(emulator);
    const [early, late] = [exchange(await world.code()), exchange(await world.code())];
    world.tenant.clock.advance(days(1) - minutes(1));
    assert.equal((await world.aurora.call(path, early)).code, 'SUCCESS');
    world.tenant.clock.advance(minutes(2));
    assert.equal((await world.aurora.call(path, late)).code, 'EXPIRED_AUTHCODE');
    world.tenant.clock.advance(-hours(1));
    assert.equal((await world.aurora.call(path, early)).code, 'USED_AUTHCODE', 'a jump back gives nothing back');
    assert.equal((await world.aurora.call(path, late)).code, 'SUCCESS', 'but what had only expired lives again');
  });

  test('AUTH_CLIENT_UNSUPPORTED_GRANT_TYPE: either grantType', async () => {
    const world = newWorld(emulator);
    const { refreshToken } = await world.tokens();
    const body = exchange(await world.code());
    world.changeClient(aurora.clientId, { grantTypes: ['REFRESH_TOKEN'] });
    assert.equal((await world.aurora.call(path, body)).code, 'AUTH_CLIENT_UNSUPPORTED_GRANT_TYPE');
    world.changeClient(aurora.clientId, { grantTypes: ['AUTHORIZATION_CODE'] });
    assert.equal((await world.aurora.call(path, refresh(refreshToken))).code, 'AUTH_CLIENT_UNSUPPORTED_GRANT_TYPE');
    assert.equal((await world.aurora.call(path, body)).code, 'SUCCESS', 'the refusal did not use it up');
  });
});

describe('the result codes of a refresh', () => {
  test('INVALID_REFRESH_TOKEN: never issued, another client’s, another mini program’s, revoked', async () => {
    const world = newWorld(emulator);
    const { refreshToken, accessToken } = await world.tokens();
    world.tenant.put('app', 'second-app', { appId: 'second-app', name: 'Second', clientId: aurora.clientId });
    assert.equal((await world.aurora.call(path, refresh('2810100400000000000000'))).code, 'INVALID_REFRESH_TOKEN');
    assert.equal((await world.faro.call(path, refresh(refreshToken))).code, 'INVALID_REFRESH_TOKEN');
    assert.equal(
      (await world.aurora.call(path, { ...refresh(refreshToken), appId: 'second-app' })).code,
      'INVALID_REFRESH_TOKEN',
    );
    await world.revoke(accessToken);
    assert.equal((await world.aurora.call(path, refresh(refreshToken))).code, 'INVALID_REFRESH_TOKEN');
  });

  test('USED_REFRESH_TOKEN: each works once', async () => {
    const world = newWorld(emulator);
    const { refreshToken } = await world.tokens();
    assert.equal(
      (await world.aurora.call(path, { ...refresh(refreshToken), appId: aurora.appId, authClientId: aurora.clientId })).code,
      'SUCCESS',
    );
    assert.equal((await world.aurora.call(path, refresh(refreshToken))).code, 'USED_REFRESH_TOKEN');
  });

  test('EXPIRED_REFRESH_TOKEN: after thirty days, and not before', async () => {
    const world = newWorld(emulator);
    const [early, late] = [await world.tokens(), await world.tokens()];
    world.tenant.clock.advance(days(30) - minutes(1));
    assert.equal((await world.aurora.call(path, refresh(early.refreshToken))).code, 'SUCCESS');
    world.tenant.clock.advance(minutes(2));
    assert.equal((await world.aurora.call(path, refresh(late.refreshToken))).code, 'EXPIRED_REFRESH_TOKEN');
  });
});

function withCode(world: World) {
  return { tenant: world.tenant, aurora: world.aurora, code: () => world.code() };
}
