import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { aurora, emulatorForFile, faro } from '../emulator.js';
import { submitConsent } from '../mini-program.js';
import { DialectWorld } from './dialect-world.js';
import { dialectOf } from './dialects.js';

const emulator = await emulatorForFile();
const open = (wallet: string) => DialectWorld.open(emulator, dialectOf(wallet));
const contract = { extendInfo: JSON.stringify({ language: 'en', contractDesc: 'One cup a day' }) };

describe('superqi: an agreement by qicardSignContract', () => {
  const prepared = async () => {
    const world = await open('superqi');
    const { body, code, message } = await world.call('/v1/authorizations/prepare', { scopes: 'AGREEMENT_PAY', ...contract });
    assert.equal(code, 'SUCCESS', message);
    assert.deepEqual(Object.keys(body), ['result', 'authUrl']);
    assert.ok(body.authUrl.length <= 256);
    const page = world.miniProgram();
    return {
      world,
      page,
      authUrl: body.authUrl,
      sign: () => page.call('qicardSignContract', { authUrl: body.authUrl, extParams: {} }),
    };
  };

  test('the user sees the contract, agrees, and the page gets the code', async () => {
    const { world, page, sign } = await prepared();
    const { sheet } = await sign();
    assert.match(await (await fetch(sheet as string)).text(), /One cup a day/);
    const { ok, result } = await page.decide(sheet, 'allow', ['AGREEMENT_PAY']);
    assert.equal(ok, true);
    assert.deepEqual(result.authSuccessScopes, ['AGREEMENT_PAY']);
    assert.equal((await world.exchange(result.authCode as string)).code, 'SUCCESS');
  });

  for (const decision of ['deny', 'close'] as const) {
    test(`${decision}: the page gets '6001' as error and errorCode`, async () => {
      const { page, sign } = await prepared();
      const { ok, result } = await page.decide((await sign()).sheet, decision);
      assert.equal(ok, false);
      assert.equal(result.error, '6001');
      assert.equal(result.errorCode, '6001');
    });
  }

  for (const [error, code] of Object.entries({ 11: '6001', 1001: '6001', 10: '6002', 1005: '6003' })) {
    test(`the wallet's error ${error} becomes '${code}'`, async () => {
      const { world, sign } = await prepared();
      const scenario = Object.fromEntries([
        ['when', { operation: 'qicardSignContract' }],
        ['then', { error: Number(error) }],
      ]);
      await world.control('POST', 'scenarios', scenario);
      const { ok, result } = await sign();
      assert.deepEqual([ok, result.error, result.errorCode], [false, code, code]);
    });
  }

  test('a foreign address, or one of another client, is 6003', async () => {
    const { world, authUrl } = await prepared();
    const none = await world.miniProgram().call('qicardSignContract', { authUrl: 'https://elsewhere.example/', extParams: {} });
    assert.deepEqual([none.ok, none.result.error, none.result.errorCode], [false, '6003', '6003']);
    const others = await world.miniProgram(aurora.appId).call('qicardSignContract', { authUrl });
    assert.deepEqual([others.ok, others.result.error], [false, '6003']);
    assert.equal((await world.miniProgram().call('qicardSignContract')).result.error, '6003');
  });
});

describe('tng: prepare', () => {
  test('answers authId, authURL and authClientId', async () => {
    const world = await open('tng');
    const fields = { referenceClientId: faro.clientId, partnerId: 'P-1', ...contract };
    const { body, code } = await world.call('/acl/api/v1/authorizations/prepare', fields);
    assert.equal(code, 'SUCCESS');
    const { authId, authURL, authClientId, ...others } = body;
    assert.deepEqual(Object.keys(others), ['result']);
    assert.equal(authClientId, faro.clientId);
    assert.equal(new URL(authURL).searchParams.get('id'), authId);
    const answer = await submitConsent(authURL, 'allow', ['AGREEMENT_PAY']);
    assert.equal(answer.status, 303, 'a page outside a sheet: it redirects to the first of the client’s redirectUrls');
    const back = new URL(answer.headers.get('location') as string);
    assert.equal(back.origin + back.pathname, 'http://localhost:3000/callback');
    assert.equal((await world.exchange(back.searchParams.get('authCode') as string)).code, 'SUCCESS');
    const wrong = await world.call('/acl/api/v1/authorizations/prepare', { ...fields, referenceClientId: aurora.clientId });
    assert.equal(wrong.code, 'REFERENCE_CLIENT_ID_NOT_MATCH');
  });

  test('treats BASE_USER_INFO and USER_INFO as aliases of auth_base and auth_user', async () => {
    const world = await open('tng');
    const read = async (scope: string) => (await world.userInfo((await world.tokens([scope])).accessToken)).body.userInfo;
    assert.deepEqual(await read('BASE_USER_INFO'), { userId: '1000001119398804023' });
    assert.deepEqual(await read('USER_INFO'), await read('auth_user'));
    assert.equal((await read('USER_INFO')).nickName, 'Aisyah');
    const { ok, result } = await world.miniProgram().call('getAuthCode', { scopes: ['BASE_USER_INFO'] });
    assert.deepEqual([ok, result.authSuccessScopes], [true, ['BASE_USER_INFO']]);
    assert.ok(
      (await world.miniProgram().call('getAuthCode', { scopes: ['auth_user', 'USER_INFO'] })).ok,
      'granted under the other name',
    );
  });
});

describe('alipay-plus: consult', () => {
  const path = '/ams/api/v1/authorizations/consult';
  const fields = {
    customerBelongsTo: 'GCASH',
    authClientId: faro.clientId,
    authRedirectUrl: 'http://localhost:3000/callback',
    scopes: ['BASE_USER_INFO', 'USER_LOGIN_ID'],
    authState: 'state & more',
    terminalType: 'WEB',
  };

  test('opens the page and returns with authCode and authState', async () => {
    const world = await open('alipay-plus');
    const { body, code, message } = await world.call(path, fields);
    assert.equal(code, 'SUCCESS', message);
    assert.deepEqual(Object.keys(body), ['result', 'authUrl', 'normalUrl', 'schemeUrl', 'applinkUrl']);
    const answer = await submitConsent(body.authUrl, 'allow', ['USER_LOGIN_ID']);
    assert.equal(answer.status, 303);
    const back = new URL(answer.headers.get('location') as string);
    assert.deepEqual([...back.searchParams.keys()], ['authCode', 'authState']);
    assert.equal(back.searchParams.get('authState'), 'state & more');
    const tokens = await world.exchange(back.searchParams.get('authCode') as string);
    assert.equal(tokens.code, 'SUCCESS', tokens.message);
    assert.equal(tokens.body.userLoginId, '+65****0142');
    assert.equal(tokens.body.customerId, '1000001119398804021');
  });

  for (const decision of ['deny', 'close']) {
    test(`${decision}: returns with only authState if no scope is silent`, async () => {
      const world = await open('alipay-plus');
      const { body } = await world.call(path, { ...fields, scopes: ['USER_LOGIN_ID'] });
      const answer = await submitConsent(body.authUrl, decision, []);
      assert.equal(answer.status, 303);
      assert.deepEqual([...new URL(answer.headers.get('location') as string).searchParams.keys()], ['authState']);
    });
  }

  test('rejects missing, unknown and unregistered values', async () => {
    const world = await open('alipay-plus');
    const code = async (changes: object) => (await world.call(path, { ...fields, ...changes })).message;
    for (const name of Object.keys(fields).filter((field) => field !== 'authClientId'))
      assert.match(await code({ [name]: undefined }), new RegExp(`^${name} is missing`));
    assert.match(await code({ terminalType: 'TV' }), /^terminalType is "TV"/);
    for (const scope of ['NO_SUCH', 'auth_user', 'USER_GENDER'])
      assert.match(await code({ scopes: [scope] }), /^scopes has an entry that is ".*": expected one of BASE_USER_INFO, /);
    assert.match(await code({ authRedirectUrl: 'https://elsewhere.example/' }), /^authRedirectUrl is .*redirectUrls/);
    assert.match(await code({ authNotifyUrl: 'ftp://localhost/x' }), /^authNotifyUrl is ftp:/);
    assert.match(await code({ authClientId: 'SM#1' }), /^authClientId has a forbidden character/);
    await world.control('PATCH', `clients/${faro.clientId}`, { scopes: ['USER_LOGIN_ID'] });
    assert.match(await code({ scopes: ['SEND_OTP'] }), /^scopes contains SEND_OTP: the client .* is not registered for it/);
  });

  test('authClientId may be missing, or be the id of a secondary merchant, which later calls may repeat', async () => {
    const world = await open('alipay-plus');
    for (const authClientId of [undefined, 'SM_0001', aurora.clientId]) {
      const { body, code, message } = await world.call(path, { ...fields, authClientId });
      assert.equal(code, 'SUCCESS', message);
      const answer = await submitConsent(body.authUrl, 'allow', ['USER_LOGIN_ID']);
      const authCode = new URL(answer.headers.get('location') as string).searchParams.get('authCode') as string;
      const others = { more: { authClientId: 'SM_0002' } };
      const refused = await world.exchange(authCode, others);
      assert.equal(refused.code, 'REFERENCE_CLIENT_ID_NOT_MATCH');
      assert.equal(refused.message.includes('SM_0001'), authClientId === 'SM_0001');
      const tokens = await world.exchange(authCode, { more: { authClientId } });
      assert.equal(tokens.code, 'SUCCESS', tokens.message);
      const { accessToken, refreshToken } = tokens.body;
      const query = await world.call('/ams/api/v1/authorizations/query', { accessToken });
      assert.equal(query.body.authClientId, authClientId);
      for (const [operation, more] of [
        ['users/inquiryUserInfo', { accessToken }],
        ['authorizations/applyToken', { grantType: 'REFRESH_TOKEN', customerBelongsTo: 'GCASH', refreshToken }],
        ['authorizations/revoke', { accessToken }],
      ] as const)
        assert.equal((await world.call(`/ams/api/v1/${operation}`, { ...more, authClientId })).code, 'SUCCESS', operation);
    }
  });

  test('a client without redirectUrls may use any address, and one with a list only those', async () => {
    const world = await open('alipay-plus');
    const consult = async (redirectUrls: string[] | null, authRedirectUrl: string) => {
      await world.control('PATCH', `clients/${faro.clientId}`, { redirectUrls });
      return world.call(path, { ...fields, authRedirectUrl });
    };
    for (const address of ['https://www.yourRedirectUrl.com', 'https://www.taobao.com/?param1=567&param2=123', 'shop://paid']) {
      const { body, code, message } = await consult(null, address);
      assert.equal(code, 'SUCCESS', message);
      const answer = await submitConsent(body.authUrl, 'allow', ['USER_LOGIN_ID']);
      const back = new URL(answer.headers.get('location') as string);
      assert.ok(back.searchParams.get('authCode'));
      for (const name of ['authCode', 'authState']) back.searchParams.delete(name);
      assert.equal(back.href, new URL(address).href);
    }
    assert.equal((await consult(['https://shop.example/*'], 'https://shop.example/a?b=c')).code, 'SUCCESS');
    for (const [list, address, expected] of [
      [
        ['https://shop.example/*'],
        'https://elsewhere.example/',
        /^authRedirectUrl is .*redirectUrls \(https:\/\/shop.example\/\*\)/,
      ],
      [[], 'https://shop.example/', /^authRedirectUrl is .*\(the list is empty\).*remove the list to allow any address/],
      [null, 'javascript:alert(1)', /^authRedirectUrl is .*expected an address such as/],
      [null, '/back', /^authRedirectUrl is .*expected an address such as/],
    ] as const) {
      const { code, message } = await consult(list === null ? null : [...list], address);
      assert.equal(code, 'PARAM_ILLEGAL');
      assert.match(message, expected);
    }
  });

  test('a sandbox client calls the sandbox paths', async () => {
    const world = await open('alipay-plus');
    const faroRecord = await world.control('GET', `clients/${faro.clientId}`);
    const clientId = 'SANDBOX_5YBW2X2YWXRD02139';
    await world.control('POST', 'clients', { ...faroRecord, clientId });
    const prefix = '/ams/sandbox/api/v1/authorizations';
    const { body, code } = await world.call(`${prefix}/consult`, { ...fields, authClientId: clientId }, { clientId });
    assert.equal(code, 'SUCCESS');
    const answer = await submitConsent(body.authUrl, 'allow', ['USER_LOGIN_ID']);
    const authCode = new URL(answer.headers.get('location') as string).searchParams.get('authCode');
    const exchange = { grantType: 'AUTHORIZATION_CODE', authCode, customerBelongsTo: 'GCASH', authClientId: clientId };
    assert.equal((await world.call(`${prefix}/applyToken`, exchange, { clientId })).code, 'SUCCESS');
    assert.equal((await world.call('/ams/api/v1/authorizations/applyToken', exchange, { clientId })).code, 'USED_CODE');
  });
});
