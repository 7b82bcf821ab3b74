import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { emulatorForFile, faro, users } from '../emulator.js';
import { DialectWorld } from './dialect-world.js';
import { dialectOf } from './dialects.js';

const emulator = await emulatorForFile();
const open = () => DialectWorld.open(emulator, dialectOf('superqi'));
const business = '1000001119398804029';

describe('superqi', () => {
  test('lists the cards of a user who granted CARD_LIST', async () => {
    const world = await open();
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
    const world = await open();
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
    const world = await open();
    const accounts = async (scopes: string[]) =>
      world.call('/v1/users/inquiryUserAccountList', { accessToken: (await world.tokens(scopes)).accessToken });
    const cards = (await world.user()).extra?.cards as { accountNumber: string }[];
    const expected = cards.map(({ accountNumber }) => ({ accountNumber }));
    assert.deepEqual((await accounts(['CARD_LIST'])).body.accountList, expected);
    assert.equal((await accounts(['USER_ID'])).code, 'ACCESS_DENIED');
  });

  test('sends push messages as it sends messages to the inbox', async () => {
    const world = await open();
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
    const world = await open();
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
    const world = await open();
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
    const page = (await open()).miniProgram();
    assert.ok(
      (await page.call('getAuthCode', { scopes: ['auth_base', 'USER_ID', 'USER_LOGIN_ID', 'HASH_LOGIN_ID'] })).result.authCode,
    );
    assert.ok((await page.call('getAuthCode', { scopes: ['USER_LOGIN_ID', 'USER_NAME'] })).sheet);
  });
});
