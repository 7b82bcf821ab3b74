import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { emulatorForFile, faro } from '../emulator.js';
import { type DialectAnswer, DialectWorld } from './dialect-world.js';
import { dialectOf } from './dialects.js';

const emulator = await emulatorForFile();

/** The maximum length of a field, from the wallets' documentation. */
type Limit = [path: string, field: string, max: number];

const byReference = (path: string): Limit => [path, 'referenceClientId', 128];
const started = (path: string): Limit[] => [
  [path, 'authRedirectUrl', 1024],
  [path, 'authState', 256],
];
const tokens = (applyToken: string, max: number, ...others: string[]): Limit[] => [
  [applyToken, 'refreshToken', max],
  ...others.map((path): Limit => [path, 'accessToken', max]),
];

const limits: Record<string, Limit[]> = {
  'platform-v1': [
    ['/v1/authorizations/applyToken', 'authCode', 32],
    ...[
      '/v1/authorizations/applyToken',
      '/v1/users/inquiryUserInfo',
      '/v1/authorizations/cancelToken',
      '/v1/authorizations/prepare',
    ].map(byReference),
    ...started('/v1/authorizations/prepare'),
    ...tokens('/v1/authorizations/applyToken', 128, '/v1/users/inquiryUserInfo', '/v1/authorizations/cancelToken'),
  ],
  superqi: [
    ['/v1/authorizations/applyToken', 'authCode', 32],
    ...['/v1/authorizations/applyToken', '/v1/users/inquiryUserInfo', '/v1/users/inquiryUserCardList'].map(byReference),
    byReference('/v1/merchants/inquiryMerchantInfo'),
    ...started('/v1/authorizations/prepare'),
    ...tokens(
      '/v1/authorizations/applyToken',
      2048,
      '/v1/users/inquiryUserInfo',
      '/v1/authorizations/cancelToken',
      '/v1/users/inquiryUserCardList',
      '/v1/merchants/inquiryMerchantInfo',
    ),
  ],
  tng: [
    ['/acl/api/v1/authorizations/applyToken', 'authCode', 32],
    ...['/acl/api/v1/authorizations/applyToken', '/acl/api/v1/authorizations/prepare'].map(byReference),
    ['/acl/api/v1/authorizations/prepare', 'partnerId', 128],
    ...started('/acl/api/v1/authorizations/prepare'),
  ],
  'alipay-plus': [
    ['/ams/api/v1/authorizations/applyToken', 'authCode', 64],
    ['/ams/api/v1/authorizations/applyToken', 'authClientId', 128],
    ['/ams/api/v1/authorizations/consult', 'authClientId', 128],
    ...started('/ams/api/v1/authorizations/consult'),
    ...tokens(
      '/ams/api/v1/authorizations/applyToken',
      128,
      '/ams/api/v1/authorizations/query',
      '/ams/api/v1/users/inquiryUserInfo',
    ),
  ],
  toka: tokens('/v2/authorizations/applyToken', 2048, '/v2/users/inquiryUserInfo'),
};

/** Other required fields, so that the call fails only for the length. */
const rest = {
  grantType: 'AUTHORIZATION_CODE',
  authCode: 'none',
  accessToken: 'none',
  ...{ customerBelongsTo: 'GCASH', authClientId: faro.clientId, authRedirectUrl: 'http://localhost:3000/callback' },
  ...{ scopes: ['AGREEMENT_PAY'], authState: 's', terminalType: 'WEB' },
};

for (const [wallet, fields] of Object.entries(limits)) {
  describe(wallet, () => {
    for (const [path, field, max] of fields) {
      test(`${path}: ${field} has at most ${max} characters`, async () => {
        const dialect = dialectOf(wallet);
        const world = await DialectWorld.open(emulator, dialect);
        const send = (length: number): Promise<DialectAnswer> =>
          world.call(path, {
            ...rest,
            ...(dialect.authClient !== 'authClientId' && { authClientId: undefined }),
            ...(field === 'refreshToken' && { grantType: 'REFRESH_TOKEN', authCode: undefined }),
            [field]: 'x'.repeat(length),
          });
        assert.doesNotMatch((await send(max)).message, /too long/);
        const { code, message } = await send(max + 1);
        assert.equal(code, dialect.codes.parameter);
        assert.equal(message, `${field} is too long: at most ${max} characters, and it has ${max + 1}`);
      });
    }
  });
}
