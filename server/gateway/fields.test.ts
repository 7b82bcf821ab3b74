import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { emulatorForFile, newWorld } from '../testing/emulator.js';

const emulator = await emulatorForFile();
const world = newWorld(emulator);

type Limits = Record<string, { max: number; id?: boolean; text?: boolean; enumerated?: boolean; required?: boolean }>;

const withToken: Limits = {
  appId: { max: 32, id: true },
  accessToken: { max: 128, id: true, required: true },
  authClientId: { max: 128, id: true },
  extendInfo: { max: 4096, text: true },
};

/** The documented limits of every operation, with a body whose fields are right, and the result of such a call. */
const operations: { path: string; body: Record<string, unknown>; gets: string; limits: Limits }[] = [
  {
    path: '/v2/authorizations/applyToken',
    body: { grantType: 'AUTHORIZATION_CODE', authCode: 'nothing' },
    gets: 'INVALID_AUTHCODE',
    limits: {
      appId: { max: 32, id: true },
      authClientId: { max: 128, id: true },
      grantType: { max: 100, enumerated: true, required: true },
      authCode: { max: 64, id: true, required: true },
      extendInfo: { max: 4096, text: true },
    },
  },
  {
    path: '/v2/authorizations/applyToken',
    body: { grantType: 'REFRESH_TOKEN', refreshToken: 'nothing' },
    gets: 'INVALID_REFRESH_TOKEN',
    limits: { refreshToken: { max: 128, id: true, required: true } },
  },
  {
    path: '/v2/authorizations/applyTokenAndInquiryUserInfo',
    body: { grantType: 'AUTHORIZATION_CODE', authCode: 'nothing' },
    gets: 'INVALID_AUTHCODE',
    limits: {
      appId: { max: 32, id: true },
      authClientId: { max: 128, id: true },
      authCode: { max: 64, id: true, required: true },
      extendInfo: { max: 4096, text: true },
    },
  },
  { path: '/v2/users/inquiryUserInfo', body: { accessToken: 'nothing' }, gets: 'INVALID_ACCESS_TOKEN', limits: withToken },
  { path: '/v2/users/inquiryUserBasicInfo', body: { accessToken: 'nothing' }, gets: 'INVALID_ACCESS_TOKEN', limits: withToken },
  { path: '/v2/authorizations/revoke', body: { accessToken: 'nothing' }, gets: 'INVALID_ACCESS_TOKEN', limits: withToken },
  {
    path: '/v2/messages/sendInbox',
    body: { accessToken: 'nothing', requestId: 'r-1', templateCode: 'T1' },
    gets: 'INVALID_ACCESS_TOKEN',
    limits: { ...withToken, requestId: { max: 64, id: true, required: true }, templateCode: { max: 128, required: true } },
  },
];

for (const { path, body, gets, limits } of operations) {
  describe(`the fields of ${path} with ${Object.keys(body).join(', ')}`, () => {
    const call = (changes: Record<string, unknown>) => world.aurora.call(path, { ...body, ...changes }, { unsigned: true });

    test('are accepted if they are right', async () => {
      assert.equal((await call({})).code, gets);
    });

    for (const [field, { max, id, text, enumerated, required }] of Object.entries(limits)) {
      const refused = async (value: unknown) => {
        const { code, message } = await call({ [field]: value });
        assert.equal(code, 'PARAM_ILLEGAL', `${field} is ${JSON.stringify(value)}`);
        assert.ok(message.startsWith(field), message);
      };
      /** Checks that the form of the field is accepted. The value may name something that does not exist. */
      const accepted = async (value: unknown) => {
        const { code, message } = await call({ [field]: value });
        assert.doesNotMatch(
          message,
          /too long|forbidden|is a |is an |expected (a string|one of)/,
          `${field}: ${code} ${message}`,
        );
      };

      test(`${field} of a wrong type`, async () => {
        for (const value of [5, true, ['x'], []]) await refused(value);
        if (!text) for (const value of [{}, { a: 1 }]) await refused(value);
        else await accepted({ a: 1 });
      });

      test(`${field} of ${max} characters and of one more`, async () => {
        if (enumerated) return refused('x'.repeat(max));
        await accepted('x'.repeat(max));
        await refused('x'.repeat(max + 1));
      });

      test(`${field} with the characters @ # ?`, async () => {
        for (const character of '@#?') {
          if (id || enumerated) await refused(`a${character}b`);
          else await accepted(`a${character}b`);
        }
      });

      test(`${field} as null or "" counts as missing`, async () => {
        for (const value of [null, '']) {
          if (required) await refused(value);
          else assert.equal((await call({ [field]: value })).code, gets);
        }
      });
    }
  });
}

test('grantType has two values, and each requires its field', async () => {
  const call = async (body: object) => (await world.aurora.call('/v2/authorizations/applyToken', body)).message;
  assert.match(
    await call({ grantType: 'authorization_code', authCode: 'x' }),
    /grantType is "authorization_code": expected one of AUTHORIZATION_CODE, REFRESH_TOKEN/,
  );
  assert.match(await call({ grantType: 'AUTHORIZATION_CODE', refreshToken: 'x' }), /authCode is missing/);
  assert.match(await call({ grantType: 'REFRESH_TOKEN', authCode: 'x' }), /refreshToken is missing/);
  assert.match(await call({ grantType: 'REFRESH_TOKEN', refreshToken: 'x', authCode: '@' }), /authCode/);
});

test('customerBelongsTo accepts every documented wallet', async () => {
  for (const customerBelongsTo of [
    'ALIPAY_CN',
    'ALIPAY_HK',
    'ALIPAY_MO',
    'TNG',
    'GCASH',
    'DANA',
    'KAKAOPAY',
    'BKASH',
    'CHOPE',
    'TRUEMONEY',
  ]) {
    const { code } = await world.aurora.call('/v2/authorizations/applyToken', {
      grantType: 'AUTHORIZATION_CODE',
      authCode: 'x',
      customerBelongsTo,
    });
    assert.equal(code, 'INVALID_AUTHCODE');
  }
});
