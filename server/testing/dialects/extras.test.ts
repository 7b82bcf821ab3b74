import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { aurora, emulatorForFile, faro, users } from '../emulator.js';
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

  test('lists the accounts of a user who granted CARD_LIST', async () => {
    const world = await open('superqi');
    const accounts = async (scopes: string[]) =>
      world.call('/v1/users/inquiryUserAccountList', { accessToken: (await world.tokens(scopes)).accessToken });
    const cards = (await world.user()).extra?.cards as { accountNumber: string }[];
    const expected = cards.map(({ accountNumber }) => ({ accountNumber }));
    assert.deepEqual((await accounts(['CARD_LIST'])).body.accountList, expected);
    assert.equal((await accounts(['USER_ID'])).code, 'ACCESS_DENIED');
  });

  test('sends push messages as it sends messages to the inbox', async () => {
    const world = await open('superqi');
    const message = {
      requestId: 'r-1',
      templateCode: 'MINI_APP_COMMON_PUSH',
      templates: [{ templateParameters: { Title: 'T' } }],
    };
    for (const [path, scope] of Object.entries({ sendPush: 'NOTIFICATION_PUSH', sendInbox: 'NOTIFICATION_INBOX' })) {
      const send = async (scopes: string[]) =>
        world.call(`/v1/messages/${path}`, { ...message, accessToken: (await world.tokens(scopes)).accessToken });
      const { body, code } = await send([scope]);
      assert.deepEqual([code, Object.keys(body)], ['SUCCESS', ['result', 'messageId']]);
      assert.equal((await send(['USER_ID'])).code, 'ACCESS_DENIED');
    }
  });

  test('customerId is the merchantId if a scope of the merchant was granted, else the userId', async () => {
    const world = await open('superqi');
    const customer = async (user: string, ...scopes: string[]) => {
      await world.control('PUT', 'settings', { user });
      const { body } = await world.exchange(await world.code(scopes));
      const refreshed = await world.refresh(body.refreshToken);
      assert.equal(refreshed.body.customerId, body.customerId, 'a refresh keeps it');
      return body.customerId;
    };
    const { merchantId } = ((await world.user(business)).extra as { merchant: { merchantId: string } }).merchant;
    assert.equal(await customer(business, 'MERCHANT_ID'), merchantId);
    assert.equal(await customer(business, 'MERCHANT_NAME'), merchantId);
    assert.equal(await customer(business, 'MERCHANT_ID', 'MERCHANT_NAME'), merchantId);
    assert.equal(await customer(business, 'USER_ID'), business);
    assert.equal(await customer(users.lucia, 'MERCHANT_ID'), users.lucia, 'who has no merchant');
  });

  test('getDeviceInfo returns the role of the user', async () => {
    const world = await open('superqi');
    const role = async (user: string) => {
      await world.control('PUT', 'settings', { user });
      const { ok, result } = await world.miniProgram().call('getDeviceInfo');
      assert.ok(ok);
      return result.currentRole;
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

  test('lists contacts by type: EMAIL, then MOBILE_PHONE', async () => {
    const world = await open('vodapay');
    const [email, mobile] = [
      { contactType: 'EMAIL', contactNo: 'vula@example.com' },
      { contactType: 'MOBILE_PHONE', contactNo: '+27770142739' },
    ];
    for (const contactInfos of [
      [email, mobile],
      [mobile, email],
    ]) {
      await world.control('PATCH', `users/${world.dialect.userId}`, { contactInfos });
      for (const scopes of [['auth_user'], ['USER_CONTACTINFO', 'PLAINTEXT_MOBILE_PHONE']])
        assert.deepEqual((await world.userInfo((await world.tokens(scopes)).accessToken)).body.userInfo.contactInfos, [
          email,
          mobile,
        ]);
    }
  });

  test('has the user of its sample pages', async () => {
    const world = await open('vodapay');
    const fields = { clientId: faro.clientId, userId: '216610000000446291765', scopes: ['auth_user'] };
    const { body, message } = await world.call(path, fields);
    const tokens = await world.exchange(body.authCode);
    assert.equal(tokens.body.customerId, '216610000000446291765', message);
    const { userInfo } = (await world.userInfo(tokens.body.accessToken)).body;
    for (const name of ['nickName', 'userName', 'birthDate', 'contactInfos', 'loginIdInfos']) assert.ok(userInfo[name], name);
    assert.equal(userInfo.nationality, 'South Africa');
  });

  test('a scenario can answer with codes that clients know and its documentation does not', async () => {
    const world = await open('vodapay');
    for (const result of ['USED_CODE', 'EXPIRED_CODE', 'REFERENCE_CLIENT_ID_NOT_MATCH']) {
      await world.control(
        'POST',
        'scenarios',
        Object.fromEntries([
          ['then', { result }],
          ['times', 1],
        ] as [string, unknown][]),
      );
      assert.equal((await world.exchange('none')).code, result);
      assert.equal((await world.exchange('none', { headers: { 'X-Emulator-Scenario': result } })).code, result);
    }
    assert.equal((await world.exchange('none')).code, 'INVALID_AUTHCODE', 'the documented code, without a scenario');
    const { entries } = await world.control('GET', 'journal?resultCode=USED_CODE');
    assert.match(entries[0].reason, /set the result USED_CODE/);
    assert.deepEqual(entries[0].findings, []);
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
      const refused = await page.ask(name, { usage, scopes }, 'deny');
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

  test('a refusal is 10006 although USER_ID is silent, for every way to refuse', async () => {
    const world = await open('toka');
    const ask = async () => {
      const answer = await world.miniProgram().call('getUserDigitalIdentityAuthCode', { scopes: ['USER_ID', 'USER_NICKNAME'] });
      return [answer.ok, answer.result.resultCode, answer.result.result];
    };
    await world.control('PUT', 'settings', { consent: 'deny' });
    assert.deepEqual(await ask(), [false, 10006, undefined]);
    await world.control('PUT', 'settings', { consent: 'grant' });
    await world.control('POST', 'scenarios', Object.fromEntries([['then', { consent: 'deny' }]]));
    assert.deepEqual(await ask(), [false, 10006, undefined]);
    const silent = await world.miniProgram().call('getUserDigitalIdentityAuthCode', { scopes: ['USER_ID'] });
    assert.equal(silent.result.resultCode, 10000, 'nothing is asked, so nothing is refused');
  });

  test('the screen shows the usage that the mini program states, as text', async () => {
    const page = (await open('toka')).miniProgram();
    const screen = async (usage: unknown) => {
      const { sheet } = await page.call('getUserAddressInformationAuthCode', { usage, scopes: ['USER_ADDRESS'] });
      return (await fetch(`${sheet}&lang=en`)).text();
    };
    assert.match(await screen('To send <b>your</b> order'), /To send &lt;b&gt;your&lt;\/b&gt; order/);
    for (const usage of [undefined, 5, '']) assert.doesNotMatch(await screen(usage), /data-testid="consent-purpose"/);
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
