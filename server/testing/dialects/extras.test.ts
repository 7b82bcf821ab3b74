import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { emulatorForFile, faro, users } from '../emulator.js';
import { DialectWorld } from './dialect-world.js';
import { dialectOf } from './dialects.js';

const emulator = await emulatorForFile();
const open = (wallet: string) => DialectWorld.open(emulator, dialectOf(wallet));
const business = '1000001119398804029';

describe('superqi', () => {
  test('lists the cards of a user who granted CARD_LIST', async () => {
    const world = await open('superqi');
    const cards = async (scopes: string[]) => {
      const { accessToken } = await world.tokens(scopes);
      return world.call('/v1/users/inquiryUserCardList', { accessToken, appId: faro.appId });
    };
    const { body } = await cards(['CARD_LIST']);
    assert.deepEqual(body.cardList, (await world.user()).extra?.cards);
    assert.deepEqual(Object.keys(body.cardList[0]), ['maskedCardNo', 'accountNumber']);
    assert.equal((await cards(['USER_ID'])).code, 'ACCESS_DENIED');
    const unknown = await world.call('/v1/users/inquiryUserCardList', { accessToken: 'none' });
    assert.equal(unknown.code, 'INVALID_ACCESS_TOKEN');
    const wrong = await world.call('/v1/users/inquiryUserCardList', { accessToken: 'none', referenceClientId: '1' });
    assert.equal(wrong.code, 'REFERENCE_CLIENT_ID_NOT_MATCH');
  });

  test('returns merchant information for the granted scopes', async () => {
    const world = await open('superqi');
    await world.control('PUT', 'settings', { user: business });
    const merchant = (await world.user(business)).extra?.merchant as Record<string, string>;
    const read = async (scopes: string[]) => {
      const { accessToken } = await world.tokens(scopes);
      return (await world.call('/v1/merchants/inquiryMerchantInfo', { accessToken })).body;
    };
    const merchantLogo = `${emulator.url}/wallet/files/${merchant.merchantLogo}`;
    assert.deepEqual((await read(['MERCHANT_ID', 'MERCHANT_NAME'])).merchantInfo, { ...merchant, merchantLogo });
    assert.deepEqual((await read(['MERCHANT_ID'])).merchantInfo, { merchantId: merchant.merchantId, merchantLogo });
    assert.equal((await read(['MERCHANT_NAME'])).result.resultCode, 'ACCESS_DENIED');
  });

  test('getDeviceInfo returns the role of the user', async () => {
    const world = await open('superqi');
    const role = async (user: string) => {
      await world.control('PUT', 'settings', { user });
      const { ok, result } = await world.miniProgram().call('getDeviceInfo');
      assert.ok(ok);
      return (result.data as { currentRole: string }).currentRole;
    };
    assert.equal(await role('1000001119398804025'), 'customer');
    assert.equal(await role(business), 'business');
    assert.equal(await role(users.lucia), 'customer', 'of whom nothing is known');
  });

  test('grants silent scopes without a screen', async () => {
    const page = (await open('superqi')).miniProgram();
    assert.ok(
      (await page.call('getAuthCode', { scopes: ['auth_base', 'USER_ID', 'USER_LOGIN_ID', 'HASH_LOGIN_ID'] })).result.authCode,
    );
    assert.ok((await page.call('getAuthCode', { scopes: ['USER_LOGIN_ID', 'USER_NAME'] })).sheet);
  });
});

describe('vodapay', () => {
  const path = '/v2/authorizations/applyAuthCode';

  test('applyAuthCode issues a code without an app', async () => {
    const world = await open('vodapay');
    const fields = { clientId: faro.clientId, userId: users.tomas, scopes: ['auth_user'] };
    const { body, code, message } = await world.call(path, fields);
    assert.equal(code, 'SUCCESS', message);
    assert.deepEqual(Object.keys(body), ['result', 'authCode']);
    const tokens = await world.exchange(body.authCode);
    assert.equal(tokens.body.customerId, users.tomas);
    const { userInfo } = (await world.userInfo(tokens.body.accessToken)).body;
    const mobile = userInfo.contactInfos.find(({ contactType }: { contactType: string }) => contactType === 'MOBILE_PHONE');
    assert.equal(mobile.contactNo, '+18095550142', 'whole');
    assert.equal((await world.call(path, { ...fields, scopes: 'auth_base' })).code, 'SUCCESS', 'as a string');
    for (const name of Object.keys(fields))
      assert.match((await world.call(path, { ...fields, [name]: undefined })).message, new RegExp(`^${name} is missing`));
    assert.equal((await world.call(path, { ...fields, userId: '1' })).code, 'PARAM_ILLEGAL');
    assert.equal((await world.call(path, { ...fields, clientId: '1' })).code, 'INVALID_AUTH_CLIENT');
    assert.equal((await world.call(path, { ...fields, userId: users.harriet })).code, 'ACCESS_DENIED', 'who refuses');
  });

  test('accepts any signature from a client with optional signatures', async () => {
    const world = await open('vodapay');
    const testing = { headers: { Signature: 'algorithm=RSA256, keyVersion=0, signature=testing_signature' } };
    assert.equal((await world.exchange(await world.code(), testing)).code, 'INVALID_SIGNATURE');
    await world.control('PATCH', `clients/${faro.clientId}`, { signature: 'optional' });
    assert.equal((await world.exchange(await world.code(), testing)).code, 'SUCCESS');
    const bare = { headers: { Signature: 'testing_signature' } };
    assert.equal((await world.exchange(await world.code(), bare)).code, 'SUCCESS');
  });
});

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
      const heard = await world.exchange('x', {
        path: `/api/open/v2/authorizations/${path}`,
        more: { ...more, customerBelongsTo: undefined },
      });
      assert.equal(heard.code, 'PARAM_ILLEGAL');
      assert.match(heard.message, /^customerBelongsTo is missing/);
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

describe('toka', () => {
  const jsapis = {
    getUserDigitalIdentityAuthCode: ['USER_ID', 'USER_AVATAR', 'USER_NICKNAME'],
    getUserContactInformationAuthCode: ['PLAINTEXT_MOBILE_PHONE', 'PLAINTEXT_EMAIL_ADDRESS'],
    getUserAddressInformationAuthCode: ['USER_ADDRESS'],
    getUserPersonalInformationAuthCode: [
      ...['USER_NAME', 'USER_FIRST_SURNAME', 'USER_SECOND_SURNAME', 'USER_GENDER', 'USER_BIRTHDAY', 'USER_STATE_OF_BIRTH'],
      'USER_NATIONALITY',
    ],
    getUserKYCStatusAuthCode: ['USER_KYC_STATUS'],
  };
  for (const [name, scopes] of Object.entries(jsapis)) {
    test(`${name}: returns a code and a result number, or the reason of the failure`, async () => {
      const world = await open('toka');
      const page = world.miniProgram();
      const usage = 'To know you';
      assert.deepEqual(
        (await page.ask(name, { usage, scopes }, 'deny')).result.resultCode,
        scopes.includes('USER_ID') ? 10000 : 10006,
      );
      const refused = await page.ask(name, { usage, scopes: scopes.filter((scope) => scope !== 'USER_ID') }, 'deny');
      assert.deepEqual([refused.ok, refused.result.resultCode], [false, 10006]);
      assert.equal((await page.ask(name, { usage, scopes }, 'close')).result.resultCode, 10006);
      const { ok, result } = await page.ask(name, { usage, scopes }, 'allow');
      assert.equal(ok, true);
      assert.deepEqual(Object.keys(result).sort(), ['result', 'resultCode']);
      assert.equal(result.resultCode, 10000);
      const { body } = await world.exchange(result.result as string);
      assert.equal(body.userId, '1000001119398804028');
      const { accessToken } = body;
      assert.equal((await world.userInfo(accessToken)).code, '20000000');

      const strays: unknown[] = [['USER_ID', 'NO_SUCH'], [], undefined, 5, ['AGREEMENT_PAY']];
      for (const stray of strays) assert.equal((await page.call(name, { usage, scopes: stray })).result.resultCode, 10001);
      const elsewhere = await world.miniProgram('3333019999999999999').call(name, { usage, scopes });
      assert.deepEqual([elsewhere.ok, elsewhere.result.resultCode], [false, 10002]);
    });
  }

  test('a frozen account is a system error, and closing the screen is a refusal', async () => {
    const world = await open('toka');
    const call = async (user: string) => {
      await world.control('PUT', 'settings', { user });
      return (await world.miniProgram().call('getUserAddressInformationAuthCode', { scopes: ['USER_ADDRESS'] })).result
        .resultCode;
    };
    assert.equal(await call('1000001119398804011'), 10004);
    assert.equal(await call('1000001119398804012'), 10006);
    assert.equal(await call(users.harriet), 10006);
    assert.equal(await call(users.tomas), 10000);
  });

  test('has no getAuthCode', async () => {
    const { ok, result } = await (await open('toka')).miniProgram().call('getAuthCode', { scopes: ['USER_ID'] });
    assert.equal(ok, false);
    assert.match(String(result.errorMessage), /no JSAPI getAuthCode/);
  });

  test('gender is F, M or X, or missing if the user has none', async () => {
    const world = await open('toka');
    const gender = async (user: string) => {
      await world.control('PUT', 'settings', { user });
      return (await world.userInfo((await world.tokens(['USER_GENDER'])).accessToken)).body.gender;
    };
    assert.equal(await gender(users.tomas), 'M');
    assert.equal(await gender('1000001119398804028'), 'F');
    assert.equal(await gender('1000001119398804015'), 'X');
    assert.equal(await gender('1000001119398804016'), undefined);
  });
});

test('a nationality is not the country of residence', async () => {
  for (const wallet of ['platform-v2', 'vodapay', 'toka']) {
    const world = await open(wallet);
    const { userId, country, nationality } = await world.user('1000001119398804006');
    assert.notEqual(country, nationality);
    await world.control('PUT', 'settings', { user: userId });
    const { body } = await world.userInfo((await world.tokens(['USER_NATIONALITY'])).accessToken);
    assert.equal((body.userInfo ?? body).nationality, nationality, wallet);
  }
});
