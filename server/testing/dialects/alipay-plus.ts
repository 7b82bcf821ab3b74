import type { Dialect } from './dialect.js';
import { ams } from './dialect-codes.js';
import { applyTokenPath, byAccessToken, cancelToken, under } from './paths.js';
import { platformV1 } from './platform-v1.js';
import { hashed, masked } from './user-data.js';

export const alipayPlus: Dialect = {
  ...platformV1,
  wallet: 'alipay-plus',
  offset: '+08:00',
  userId: '1000001119398804021',
  paths: {
    applyToken: under(['/ams/api', '/ams/sandbox/api'], [applyTokenPath(1)]),
    userInfo: under(['/ams/api', '/ams/sandbox/api'], ['/v1/users/inquiryUserInfo']),
    revoke: under(['/ams/api', '/ams/sandbox/api'], ['/v1/authorizations/revoke']),
  },
  foreign: [applyTokenPath(1), `/ams/api${cancelToken}`, `/ams/api${byAccessToken}`, '/ams/api/v1/authorizations/prepare'],
  authClient: 'authClientId',
  always: { customerBelongsTo: 'ALIPAY_CN', merchantRegion: 'SG' },
  codes: ams,
  longestCode: 64,
  silent: ['auth_base', 'USER_ID', 'BASE_USER_INFO'],
  asked: ['USER_INFO', 'USER_LOGIN_ID', 'HASH_LOGIN_ID', 'AGREEMENT_PAY', 'SEND_OTP', 'TAOBAO_REBIND'],
  reads: {
    scopes: ['BASE_USER_INFO', 'USER_LOGIN_ID', 'HASH_LOGIN_ID'],
    flat: true,
    expect: ({ userId, loginIdInfos: [first] = [] }) => ({
      ...{ userId, userLoginId: masked(first?.loginId), hashUserLoginId: hashed(first?.loginId) },
    }),
  },
};
