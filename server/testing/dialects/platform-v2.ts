import type { SignatureEncoding } from '../merchant.js';
import type { Dialect } from './dialect.js';
import { v2 } from './dialect-codes.js';
import { applyTokenPath, v2Paths } from './paths.js';
import { hashed, masked, platformReads } from './user-data.js';

// The second version of the platform, and the wallets that follow it closely.

export const platformV2: Dialect = {
  wallet: 'platform-v2',
  offset: '-05:00',
  userId: '1000001119398804001',
  paths: v2Paths(),
  foreign: [
    applyTokenPath(1),
    '/v2/oauths/applyToken',
    '/v2/authorizations/applyTokenSigned',
    `${applyTokenPath(2)}.htm`,
    `/api/open${applyTokenPath(2)}`,
  ],
  authClient: 'authClientId',
  always: {},
  codes: v2,
  signs: {
    request: ({ path, clientId, time }) => `POST ${path}\n${clientId}.${time}.`,
    answer: ({ path, clientId, time }) => `POST ${path}\n${clientId}.${time}.`,
    encoding: 'percent',
    algorithm: 'RSA256',
  },
  time: 'iso',
  requestId: false,
  customer: 'customerId',
  tokens: 'opaque',
  longestCode: 64,
  lifetimes: { accessToken: 2 / 24, refreshToken: 30 },
  silent: ['auth_base', 'USER_ID'],
  asked: [
    'auth_user',
    'USER_NICKNAME',
    'USER_LOGIN_ID',
    'HASH_LOGIN_ID',
    'PLAINTEXT_MOBILE_PHONE',
    'AGREEMENT_PAY',
    'SEND_MESSAGE',
  ],
  reads: platformReads,
};

/** Signatures of the platform in another encoding. */
export const signaturesIn = (encoding: SignatureEncoding) => ({ ...platformV2.signs, encoding });

export const claro: Dialect = {
  ...platformV2,
  wallet: 'claro',
  offset: '-04:00',
  userId: '1000001119398804030',
  paths: { ...v2Paths(), applyToken: [applyTokenPath(2), '/v2/oauths/applyToken'] },
  foreign: [applyTokenPath(1), '/v1/oauths/applyToken'],
  silent: [...platformV2.silent, 'User_Base_Info'],
  asked: [...platformV2.asked, 'User_Customer_Info', 'User_Customer_KYC_Info'],
  reads: {
    scopes: ['User_Base_Info', 'User_Customer_KYC_Info'],
    flat: false,
    expect: ({ userId, contactInfos, addresses, userName, extra }) => ({
      ...{ userId, contactInfos, addresses, userName },
      documentType: extra?.documentType,
      documentNumber: extra?.documentNumber,
    }),
  },
};

export const alipayConnect: Dialect = {
  ...platformV2,
  wallet: 'alipay-connect',
  offset: '+08:00',
  userId: '1000001119398804021',
  paths: v2Paths('/api/open'),
  foreign: [applyTokenPath(2), '/v2/users/inquiryUserInfo', `/ams/api${applyTokenPath(2)}`],
  always: { customerBelongsTo: 'ALIPAY_CN' },
};

export const vodapay: Dialect = {
  ...platformV2,
  wallet: 'vodapay',
  offset: '+02:00',
  userId: '1000001119398804024',
  paths: {
    applyToken: [applyTokenPath(2), '/v2/authorizations/applyTokenSigned'],
    userInfo: ['/v2/customers/user/inquiryUserInfo'],
    revoke: ['/v2/authorizations/revoke'],
  },
  foreign: ['/v2/users/inquiryUserInfo', applyTokenPath(1)],
  lifetimes: { accessToken: 3650, refreshToken: 3650 },
  reads: {
    scopes: ['auth_user'],
    flat: false,
    expect: (user, base) => ({
      ...platformReads.expect(user, base),
      ...{ birthDate: user.birthday, nationality: 'South Africa', addresses: user.addresses },
      contactInfos: ['EMAIL', 'MOBILE_PHONE'].map((type) => user.contactInfos?.find(({ contactType }) => contactType === type)),
      loginIdInfos: user.loginIdInfos?.map((info) => ({
        ...{ ...info, hashLoginId: hashed(info.loginId), maskLoginId: masked(info.loginId) },
      })),
    }),
  },
};

export const mpesa: Dialect = { ...platformV2, wallet: 'mpesa', offset: '+03:00', userId: '1000001119398804026' };
