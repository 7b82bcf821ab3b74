import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { aurora, emulatorForFile, faro, hours, minutes, newWorld, users, type World } from '../testing/emulator.js';

const emulator = await emulatorForFile();

const inbox = { requestId: 'r-1', templateCode: 'T1' };
const scopes = ['USER_ID', 'NOTIFICATION_INBOX'];

/** The operations that need an accessToken, with their other fields. */
const operations: [name: string, path: string, more: object][] = [
  ['inquiryUserInfo', '/v2/users/inquiryUserInfo', {}],
  ['inquiryUserBasicInfo', '/v2/users/inquiryUserBasicInfo', {}],
  ['revoke', '/v2/authorizations/revoke', {}],
  ['applyTokenAndInquiryUserInfo', '/v2/authorizations/applyTokenAndInquiryUserInfo', {}],
  ['sendInbox', '/v2/messages/sendInbox', inbox],
];

for (const [name, path, more] of operations) {
  describe(`the access token of ${name}`, () => {
    const call = async (world: World, accessToken: string, others: object = {}) =>
      (await world.aurora.call(path, { accessToken, ...more, ...others })).code;

    test('INVALID_ACCESS_TOKEN: never issued, another client’s, another mini program’s', async () => {
      const world = newWorld(emulator);
      const { accessToken } = await world.tokens({ scopes });
      world.tenant.put('app', 'second-app', { appId: 'second-app', name: 'Second', clientId: aurora.clientId });
      assert.equal(await call(world, '2810100300000000000000'), 'INVALID_ACCESS_TOKEN');
      assert.equal((await world.faro.call(path, { accessToken, ...more })).code, 'INVALID_ACCESS_TOKEN');
      assert.equal(await call(world, accessToken, { appId: 'second-app' }), 'INVALID_ACCESS_TOKEN');
      assert.equal(await call(world, accessToken), 'SUCCESS');
    });

    test('INVALID_ACCESS_TOKEN: revoked', async () => {
      const world = newWorld(emulator);
      const { accessToken } = await world.tokens({ scopes });
      assert.equal((await world.revoke(accessToken)).code, 'SUCCESS');
      assert.equal(await call(world, accessToken), 'INVALID_ACCESS_TOKEN');
      assert.deepEqual(world.tenant.journal.list({}, 1)[0]?.findings, ['token-after-revoke']);
    });

    test('EXPIRED_ACCESS_TOKEN: after two hours, and not before', async () => {
      const world = newWorld(emulator);
      const [early, late] = [await world.tokens({ scopes }), await world.tokens({ scopes })];
      world.tenant.clock.advance(hours(2) - minutes(1));
      assert.equal(await call(world, early.accessToken), 'SUCCESS');
      world.tenant.clock.advance(minutes(2));
      assert.equal(await call(world, late.accessToken), 'EXPIRED_ACCESS_TOKEN');
    });

    test('ACCESS_DENIED: the granted scopes do not cover the operation', async () => {
      const world = newWorld(emulator);
      const forMessages = await world.tokens({ scopes: ['SEND_MESSAGE', 'NOTIFICATION_PUSH', 'AGREEMENT_PAY'] });
      const expected = name === 'revoke' ? 'SUCCESS' : 'ACCESS_DENIED';
      assert.equal(await call(world, forMessages.accessToken), expected);
    });
  });
}

describe('applyTokenAndInquiryUserInfo', () => {
  const path = '/v2/authorizations/applyTokenAndInquiryUserInfo';

  test('exchanges a code, with or without a grantType, and reads the user', async () => {
    const world = newWorld(emulator);
    for (const grantType of ['AUTHORIZATION_CODE', undefined]) {
      const { body } = await world.aurora.call(path, { grantType, authCode: await world.code({ scopes: ['USER_NICKNAME'] }) });
      assert.deepEqual(body.userInfo, { userId: users.tomas, nickName: 'Tomi' });
      assert.equal(body.customerId, users.tomas);
      assert.equal((await world.userInfo(body.accessToken)).code, 'SUCCESS');
      assert.equal((await world.refresh(body.refreshToken)).code, 'SUCCESS');
    }
  });

  test('refreshes; for a live access token it answers with the token’s pair', async () => {
    const world = newWorld(emulator);
    const pair = await world.tokens({ scopes: ['USER_NICKNAME'] });
    const { body: same } = await world.aurora.call(path, { accessToken: pair.accessToken });
    const { result: _, ...fields } = pair;
    assert.deepEqual(
      { ...same, result: undefined },
      { ...fields, result: undefined, userInfo: { userId: users.tomas, nickName: 'Tomi' } },
    );
    const { body: next } = await world.aurora.call(path, { grantType: 'REFRESH_TOKEN', refreshToken: pair.refreshToken });
    assert.deepEqual(next.userInfo, { userId: users.tomas, nickName: 'Tomi' });
    assert.notEqual(next.accessToken, pair.accessToken);
  });

  test('has the result codes of an exchange', async () => {
    const world = newWorld(emulator);
    const authCode = await world.code();
    const call = async (body: object) => (await world.aurora.call(path, body)).code;
    assert.equal(await call({ authCode: 'nothing-like-it' }), 'INVALID_AUTHCODE');
    assert.equal(await call({ authCode: await world.code({ client: faro.clientId }) }), 'INVALID_AUTHCODE');
    assert.equal(await call({ authCode }), 'SUCCESS');
    assert.equal(await call({ authCode }), 'USED_AUTHCODE');
    assert.equal(await call({ refreshToken: 'nothing-like-it' }), 'INVALID_REFRESH_TOKEN');
    const { refreshToken } = await world.tokens();
    assert.equal(await call({ refreshToken }), 'SUCCESS');
    assert.equal(await call({ refreshToken }), 'USED_REFRESH_TOKEN');
    const [late, old] = [await world.code(), await world.tokens()];
    world.tenant.clock.advance(hours(24 * 31));
    assert.equal(await call({ authCode: late }), 'EXPIRED_AUTHCODE');
    assert.equal(await call({ refreshToken: old.refreshToken }), 'EXPIRED_REFRESH_TOKEN');
    assert.equal(await call({}), 'PARAM_ILLEGAL');
  });

  test('ACCESS_DENIED leaves a code and a refresh token unused', async () => {
    const world = newWorld(emulator);
    const authCode = await world.code({ scopes: ['SEND_MESSAGE'] });
    assert.equal((await world.aurora.call(path, { authCode })).code, 'ACCESS_DENIED');
    const exchanged = await world.aurora.call('/v2/authorizations/applyToken', { grantType: 'AUTHORIZATION_CODE', authCode });
    assert.equal(exchanged.code, 'SUCCESS');
    const { refreshToken } = exchanged.body;
    assert.equal((await world.aurora.call(path, { refreshToken })).code, 'ACCESS_DENIED');
    assert.equal((await world.refresh(refreshToken)).code, 'SUCCESS');
  });

  test('checks the owner and the state of a code before its scopes', async () => {
    const world = newWorld(emulator);
    const late = await world.code({ scopes: ['SEND_MESSAGE'] });
    const another = await world.code({ scopes: ['SEND_MESSAGE'], client: faro.clientId });
    assert.equal((await world.aurora.call(path, { authCode: another })).code, 'INVALID_AUTHCODE');
    const { refreshToken } = await world.tokens({ scopes: ['SEND_MESSAGE'] });
    assert.equal((await world.faro.call(path, { refreshToken })).code, 'INVALID_REFRESH_TOKEN');
    world.tenant.clock.advance(hours(24 * 31));
    assert.equal((await world.aurora.call(path, { authCode: late })).code, 'EXPIRED_AUTHCODE');
    assert.equal((await world.aurora.call(path, { refreshToken })).code, 'EXPIRED_REFRESH_TOKEN');
  });
});

test('sendInbox answers as its profile declares', async () => {
  const world = newWorld(emulator);
  const { accessToken } = await world.tokens({ scopes: ['NOTIFICATION_INBOX'] });
  const { body } = await world.aurora.call('/v2/messages/sendInbox', {
    accessToken,
    ...inbox,
    templates: [{ a: 1 }],
    extendInfo: { a: 1 },
  });
  assert.match(body.messageId, /^[0-9a-f]{64}$/);
  assert.equal(body.extendInfo, '{"a":1}');
  const { body: again } = await world.aurora.call('/v2/messages/sendInbox', { accessToken, ...inbox });
  assert.equal(again.messageId, body.messageId, 'the same requestId is the same message');
  assert.ok(!('extendInfo' in again));
});
