import type { Dialect } from './dialect.js';
import { applyTokenPath, byAccessToken, cancelToken } from './paths.js';
import { platformV1 } from './platform-v1.js';
import { signaturesIn } from './platform-v2.js';
import { hashed, masked } from './user-data.js';

export const superqi: Dialect = {
  ...platformV1,
  wallet: 'superqi',
  offset: '+03:00',
  userId: '1000001119398804025',
  paths: { applyToken: [applyTokenPath(1)], userInfo: ['/v1/users/inquiryUserInfo'], revoke: [cancelToken] },
  foreign: ['/v1/oauths/applyToken', byAccessToken, applyTokenPath(2)],
  signs: signaturesIn('plain'),
  tokens: 'jwt',
  silent: ['auth_base', 'USER_ID', 'USER_LOGIN_ID', 'HASH_LOGIN_ID'],
  asked: ['auth_user', 'USER_NICKNAME', 'CARD_LIST', 'MERCHANT_ID', 'MERCHANT_NAME', 'AGREEMENT_PAY'],
  reads: {
    scopes: ['USER_NAME', 'USER_BIRTHDAY', 'USER_LOGIN_ID', 'USER_NICKNAME'],
    flat: false,
    expect: ({ userId, nickName, userName, userNameInArabic, birthday, loginIdInfos }) => ({
      ...{ userId, nickName, userName, userNameInArabic, birthDate: birthday },
      loginIdInfos: loginIdInfos?.map(({ loginId, loginIdType }) => ({
        loginIdType,
        hashLoginId: hashed(loginId),
        maskLoginId: masked(loginId),
      })),
    }),
  },
};
