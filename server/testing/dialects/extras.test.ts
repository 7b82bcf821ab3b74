import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { aurora, emulatorForFile, faro } from '../emulator.js';
import { DialectWorld } from './dialect-world.js';
import { dialectOf } from './dialects.js';

const emulator = await emulatorForFile();
const open = (wallet: string) => DialectWorld.open(emulator, dialectOf(wallet));

describe('claro', () => {
  test('grants User_Customer_KYC_Info to its own mini programs without a screen', async () => {
    const world = await open('claro');
    const page = world.miniProgram();
    const ask = () => page.call('getAuthCode', { scopes: ['User_Base_Info', 'User_Customer_KYC_Info'] });
    assert.ok((await ask()).sheet);
    await world.control('PATCH', `apps/${faro.appId}`, { ownApp: true });
    const { ok, result } = await ask();
    assert.deepEqual([ok, result.authSuccessScopes], [true, ['User_Base_Info', 'User_Customer_KYC_Info']]);
    const { accessToken } = (await world.exchange(result.authCode as string)).body;
    const { userInfo } = (await world.userInfo(accessToken)).body;
    assert.deepEqual([userInfo.documentType, userInfo.userName.lastName], ['CEDULA', 'Polanco Yermenos']);
    assert.ok((await page.call('getAuthCode', { scopes: ['User_Customer_Info'] })).sheet, 'the other one is asked even there');
  });

  test('reads only the fields of User_Base_Info and User_Customer_Info', async () => {
    const world = await open('claro');
    const read = async (scope: string) => (await world.userInfo((await world.tokens([scope])).accessToken)).body.userInfo;
    assert.deepEqual(Object.keys(await read('User_Base_Info')), ['userId']);
    assert.deepEqual(Object.keys(await read('User_Customer_Info')).sort(), ['addresses', 'contactInfos', 'userId']);
  });
});

test('alipay-connect: customerBelongsTo is required for every grantType', async () => {
  const world = await open('alipay-connect');
  for (const path of ['applyToken', 'applyTokenAndInquiryUserInfo']) {
    for (const more of [{ authCode: 'x' }, { grantType: 'REFRESH_TOKEN', authCode: undefined, refreshToken: 'x' }]) {
      const answer = await world.exchange('x', {
        path: `/api/open/v2/authorizations/${path}`,
        more: { ...more, customerBelongsTo: undefined },
      });
      assert.equal(answer.code, 'PARAM_ILLEGAL');
      assert.match(answer.message, /^customerBelongsTo is missing/);
    }
  }
});

describe('alipay-plus', () => {
  test('query returns the status of a token', async () => {
    const world = await open('alipay-plus');
    const query = (accessToken: string) => world.call('/ams/api/v1/authorizations/query', { accessToken });
    const { body } = await world.exchange(await world.code(['BASE_USER_INFO']));
    const { result, customerId: _, ...pair } = body;
    assert.deepEqual((await query(pair.accessToken)).body, { result, ...pair, tokenStatusType: 'ACTIVE' });
    await world.advance('PT2H');
    assert.deepEqual((await query(pair.accessToken)).body, { result, ...pair, tokenStatusType: 'EXPIRED' });
    const { accessToken } = await world.tokens(['BASE_USER_INFO']);
    await world.revoke(accessToken);
    assert.equal((await query(accessToken)).body.tokenStatusType, 'REVOKED');
    assert.equal((await query('none')).code, 'INVALID_ACCESS_TOKEN');
    assert.match((await query('')).message, /^accessToken is missing/);
  });

  test('applyToken returns a granted userLoginId, and user information is flat', async () => {
    const world = await open('alipay-plus');
    const { body } = await world.exchange(await world.code(['USER_LOGIN_ID']));
    assert.equal(body.userLoginId, '+65****0142');
    assert.equal((await world.exchange(await world.code(['BASE_USER_INFO']))).body.userLoginId, undefined);
    const whole = (await world.userInfo((await world.tokens(['USER_INFO'])).accessToken)).body;
    assert.equal(whole.userInfo, undefined);
    assert.deepEqual([whole.nickName, whole.userLoginId, whole.hashUserLoginId], ['Evie', '+65****0142', undefined]);
  });
});

describe('gcash', () => {
  test('lists the addresses of a user who granted USER_ADDRESS', async () => {
    const world = await open('gcash');
    const extendInfo = '{"customerBelongsTo":"GCASH"}';
    for (const path of ['/v1/customers/inquireAddressByAccessToken', '/v1/customers/inquireAddressByAccessToken.htm']) {
      const read = async (scopes: string[]) =>
        world.call(path, { accessToken: (await world.tokens(scopes)).accessToken, extendInfo });
      assert.deepEqual((await read(['USER_ADDRESS'])).body.addresses, (await world.user()).addresses);
      assert.equal((await read(['USER_ID'])).code, 'ACCESS_DENIED');
    }
  });

  test('accepts authClientId and referenceClientId on each path', async () => {
    const world = await open('gcash');
    for (const path of ['/v1/authorizations/applyToken', '/v2/authorizations/applyToken']) {
      for (const field of ['referenceClientId', 'authClientId']) {
        const more = { referenceClientId: undefined, [field]: faro.clientId };
        assert.equal((await world.exchange(await world.code(), { path, more })).code, 'SUCCESS', `${path} ${field}`);
        const { code, message } = await world.exchange('none', { path, more: { ...more, [field]: aurora.clientId } });
        assert.equal(code, 'REFERENCE_CLIENT_ID_NOT_MATCH');
        assert.ok(message.startsWith(`${field} is ${aurora.clientId}`), message);
      }
    }
  });
});

test('tng: sends a message with a token that has SEND_MESSAGE', async () => {
  const world = await open('tng');
  const send = async (scopes: string[]) => {
    const { accessToken } = await world.tokens(scopes);
    return world.call('/acl/api/v2/customers/message/sendByAccessToken', { accessToken, message: 'Hello' });
  };
  assert.equal((await send(['SEND_MESSAGE'])).code, 'SUCCESS');
  assert.equal((await send(['USER_ID'])).code, 'ACCESS_DENIED');
});

test('tng: sends a message from a template, as its documentation has it', async () => {
  const world = await open('tng');
  const { accessToken } = await world.tokens(['SEND_MESSAGE']);
  const templates = [{ templateParameters: { who: 'Aisyah' }, language: 'en-US' }];
  const message = { appId: faro.appId, accessToken, requestId: 'r-1', templateCode: 'TP_1', templates };
  const path = '/acl/api/v2/customers/message/sendByAccessToken';
  assert.equal((await world.call(path, message)).code, 'SUCCESS');
  assert.match((await world.call(path, { ...message, requestId: 'r#1' })).message, /^requestId/);
});

test('a nationality is not the country of residence', async () => {
  const names = new Intl.DisplayNames('en', { type: 'region' });
  for (const wallet of ['platform-v2', 'vodapay', 'toka']) {
    const world = await open(wallet);
    const { userId, country, nationality } = await world.user('1000001119398804006');
    assert.notEqual(country, nationality);
    await world.control('PUT', 'settings', { user: userId });
    const { body } = await world.userInfo((await world.tokens(['USER_NATIONALITY'])).accessToken);
    const shown = wallet === 'vodapay' ? names.of(nationality as string) : nationality;
    assert.equal((body.userInfo ?? body).nationality, shown, wallet);
  }
});
