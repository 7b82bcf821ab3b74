import { createHash } from 'node:crypto';
import type { UserRecord } from '../../records/schema.js';
import type { Written } from '../merchant.js';
import { ams, type Codes, numeric, v1, v2 } from './dialect-codes.js';

/** What is signed besides the body. */
export interface Parts {
  path: string;
  clientId: string;
  time: string;
  requestId: string;
}

/** How a wallet speaks: told from its documentation, and not read from its profile. */
export interface Dialect {
  wallet: string;
  offset: string;
  /** Who is logged in at first. */
  userId: string;
  paths: { applyToken: string[]; userInfo: string[]; revoke: string[]; [more: string]: string[] };
  /** What its relatives have, and it has not. */
  foreign: string[];
  /** How the body names the client; absent where no such field is documented. */
  authClient: 'authClientId' | 'referenceClientId' | undefined;
  /** What every exchange must carry besides. */
  always: Record<string, string>;
  codes: Codes;
  signs: { request(parts: Parts): string; answer(parts: Parts): string; written: Written; algorithm: string };
  time: 'iso' | 'epoch-ms';
  requestId: boolean;
  /** What applyToken calls the user's id. */
  customer: 'customerId' | 'userId';
  tokens: 'opaque' | 'jwt';
  /** The longest authCode that a request may carry. */
  longestCode: number;
  /** In days. */
  lifetimes: { accessToken: number; refreshToken: number };
  silent: string[];
  asked: string[];
  /** Scopes, and what they read of the user: just that. */
  reads: { scopes: string[]; flat: boolean; expect(user: UserRecord, base: string): Record<string, unknown> };
}

/** Every path behind every prefix. */
const under = (prefixes: string[], paths: string[]) => prefixes.flatMap((prefix) => paths.map((path) => prefix + path));
const code = (version: number) => `/v${version}/authorizations/applyToken`;
const v2Paths = (prefix = '') => ({
  applyToken: [prefix + code(2)],
  userInfo: [`${prefix}/v2/users/inquiryUserInfo`],
  basicInfo: [`${prefix}/v2/users/inquiryUserBasicInfo`],
  revoke: [`${prefix}/v2/authorizations/revoke`],
  both: [`${prefix}/v2/authorizations/applyTokenAndInquiryUserInfo`],
});
const byAccessToken = '/v1/customers/user/inquiryUserInfoByAccessToken';
const cancelToken = '/v1/authorizations/cancelToken';

export const avatar = (user: UserRecord, base: string) => `${base}/wallet/files/${user.avatar}`;
/** The middle hidden: `138****0000`, `m***@example.com`. */
export const masked = (text = '') => text.replace(/^([^@])[^@]*(@.*)$/, '$1***$2').replace(/^([^@]*)\d{4}(\d{4})$/, '$1****$2');
export const hashed = (text = '') => createHash('sha256').update(text).digest('hex');

/** What the platform itself reads, with as much of it masked as it masks. */
const common: Dialect['reads'] = {
  scopes: ['USER_NICKNAME', 'USER_NAME', 'USER_AVATAR', 'USER_LOGIN_ID', 'USER_CONTACTINFO', 'USER_BIRTHDAY', 'USER_GENDER'],
  flat: false,
  expect: (user, base) => {
    const { fullName, firstName, secondName, lastName } = user.userName ?? {};
    return {
      userId: user.userId,
      nickName: user.nickName,
      userName: { fullName, firstName, ...(secondName && { secondName }), lastName },
      avatar: avatar(user, base),
      loginIdInfos: user.loginIdInfos?.map((info) => ({
        ...info,
        loginId: masked(info.loginId),
        maskLoginId: masked(info.loginId),
      })),
      contactInfos: user.contactInfos,
      birthday: user.birthday,
      gender: user.gender,
    };
  },
};

const ofV2: Dialect = {
  wallet: 'platform-v2',
  offset: '-05:00',
  userId: '1000001119398804001',
  paths: v2Paths(),
  foreign: [code(1), '/v2/oauths/applyToken', '/v2/authorizations/applyTokenSigned', `${code(2)}.htm`, `/api/open${code(2)}`],
  authClient: 'authClientId',
  always: {},
  codes: v2,
  signs: {
    request: ({ path, clientId, time }) => `POST ${path}\n${clientId}.${time}.`,
    answer: ({ path, clientId, time }) => `POST ${path}\n${clientId}.${time}.`,
    written: 'percent',
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
  reads: common,
};

const ofV1: Dialect = {
  ...ofV2,
  wallet: 'platform-v1',
  paths: {
    applyToken: [code(1), '/v1/oauths/applyToken'],
    userInfo: [byAccessToken, '/v1/users/inquiryUserInfo'],
    revoke: [cancelToken],
  },
  foreign: [
    code(2),
    '/v2/users/inquiryUserInfo',
    '/v1/users/inquiryUserBasicInfo',
    '/v1/authorizations/revoke',
    `${code(1)}.htm`,
  ],
  authClient: 'referenceClientId',
  codes: v1,
  longestCode: 32,
};

const signedAs = (written: Written) => ({ ...ofV2.signs, written });

/** All twelve. */
export const dialects: Dialect[] = [
  ofV2,
  ofV1,
  {
    ...ofV2,
    wallet: 'claro',
    offset: '-04:00',
    userId: '1000001119398804030',
    paths: { ...v2Paths(), applyToken: [code(2), '/v2/oauths/applyToken'] },
    foreign: [code(1), '/v1/oauths/applyToken'],
    silent: [...ofV2.silent, 'User_Base_Info'],
    asked: [...ofV2.asked, 'User_Customer_Info', 'User_Customer_KYC_Info'],
    reads: {
      scopes: ['User_Base_Info', 'User_Customer_KYC_Info'],
      flat: false,
      expect: ({ userId, contactInfos, addresses, userName, extra }) => ({
        ...{ userId, contactInfos, addresses, userName },
        documentType: extra?.documentType,
        documentNumber: extra?.documentNumber,
      }),
    },
  },
  {
    ...ofV2,
    wallet: 'alipay-connect',
    offset: '+08:00',
    userId: '1000001119398804021',
    paths: v2Paths('/api/open'),
    foreign: [code(2), '/v2/users/inquiryUserInfo', `/ams/api${code(2)}`],
    always: { customerBelongsTo: 'ALIPAY_CN' },
  },
  {
    ...ofV1,
    wallet: 'gcash',
    offset: '+08:00',
    userId: '1000001119398804022',
    paths: {
      applyToken: [code(1), `${code(1)}.htm`],
      userInfo: [byAccessToken, `${byAccessToken}.htm`],
      revoke: [cancelToken, `${cancelToken}.htm`],
    },
    foreign: ['/v1/oauths/applyToken', '/v1/users/inquiryUserInfo', `${code(1)}.html`, code(2)],
  },
  {
    ...ofV1,
    wallet: 'tng',
    offset: '+08:00',
    userId: '1000001119398804023',
    paths: {
      applyToken: [`/acl/api${code(1)}`],
      userInfo: [`/acl/api${byAccessToken}`],
      revoke: [`/acl/api${cancelToken}`],
    },
    foreign: [code(1), byAccessToken, '/acl/api/v1/oauths/applyToken', '/acl/api/v1/users/inquiryUserInfo'],
    signs: signedAs('base64url'),
    silent: [...ofV2.silent, 'BASE_USER_INFO'],
    asked: [...ofV2.asked, 'USER_INFO'],
  },
  {
    ...ofV2,
    wallet: 'vodapay',
    offset: '+02:00',
    userId: '1000001119398804024',
    paths: {
      applyToken: [code(2), '/v2/authorizations/applyTokenSigned'],
      userInfo: ['/v2/customers/user/inquiryUserInfo'],
      revoke: ['/v2/authorizations/revoke'],
    },
    foreign: ['/v2/users/inquiryUserInfo', code(1)],
    lifetimes: { accessToken: 3650, refreshToken: 3650 },
    reads: {
      scopes: ['auth_user'],
      flat: false,
      expect: (user, base) => ({ ...common.expect(user, base), nationality: user.nationality, addresses: user.addresses }),
    },
  },
  {
    ...ofV1,
    wallet: 'superqi',
    offset: '+03:00',
    userId: '1000001119398804025',
    paths: { applyToken: [code(1)], userInfo: ['/v1/users/inquiryUserInfo'], revoke: [cancelToken] },
    foreign: ['/v1/oauths/applyToken', byAccessToken, code(2)],
    signs: signedAs('plain'),
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
  },
  { ...ofV2, wallet: 'mpesa', offset: '+03:00', userId: '1000001119398804026' },
  {
    ...ofV1,
    wallet: 'rebell',
    offset: '+01:00',
    userId: '1000001119398804027',
    paths: {
      applyToken: under(['/api/open'], [code(1), code(2)]),
      userInfo: [`/api/open${byAccessToken}`],
      revoke: [`/api/open${cancelToken}`],
    },
    foreign: [code(1), code(2), '/api/open/v2/users/inquiryUserInfo', '/api/open/v2/authorizations/revoke'],
  },
  {
    ...ofV1,
    wallet: 'alipay-plus',
    offset: '+08:00',
    userId: '1000001119398804021',
    paths: {
      applyToken: under(['/ams/api', '/ams/sandbox/api'], [code(1)]),
      userInfo: under(['/ams/api', '/ams/sandbox/api'], ['/v1/users/inquiryUserInfo']),
      revoke: under(['/ams/api', '/ams/sandbox/api'], ['/v1/authorizations/revoke']),
    },
    foreign: [code(1), `/ams/api${cancelToken}`, `/ams/api${byAccessToken}`, '/ams/api/v1/authorizations/prepare'],
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
  },
  {
    ...ofV2,
    wallet: 'toka',
    offset: '-06:00',
    userId: '1000001119398804028',
    paths: { applyToken: [code(2)], userInfo: ['/v2/users/inquiryUserInfo'], revoke: [] },
    foreign: [code(1), '/v2/authorizations/revoke', '/v2/users/inquiryUserBasicInfo', '/v1/authorizations/prepare'],
    authClient: undefined,
    codes: numeric,
    signs: {
      request: ({ path, clientId, time, requestId }) => `POST.${path}.${clientId}.${requestId}.${time}.`,
      answer: ({ clientId, time }) => `${clientId}.${time}.`,
      written: 'percent',
      algorithm: 'SHA256withRSA',
    },
    time: 'epoch-ms',
    requestId: true,
    customer: 'userId',
    tokens: 'jwt',
    silent: ['USER_ID'],
    asked: ['USER_NICKNAME', 'PLAINTEXT_MOBILE_PHONE', 'PLAINTEXT_EMAIL_ADDRESS', 'USER_KYC_STATUS', 'USER_STATE_OF_BIRTH'],
    reads: {
      scopes: [
        ...['USER_ID', 'USER_AVATAR', 'USER_NICKNAME', 'PLAINTEXT_MOBILE_PHONE', 'PLAINTEXT_EMAIL_ADDRESS', 'USER_ADDRESS'],
        ...['USER_NAME', 'USER_FIRST_SURNAME', 'USER_SECOND_SURNAME', 'USER_GENDER', 'USER_BIRTHDAY', 'USER_NATIONALITY'],
        ...['USER_STATE_OF_BIRTH', 'USER_KYC_STATUS'],
      ],
      flat: true,
      expect: (user, base) => ({
        ...{ userId: user.userId, nickName: user.nickName, avatar: avatar(user, base), fullName: user.userName?.fullName },
        ...{ firstName: user.extra?.paternalSurname, secondName: user.extra?.maternalSurname, lastName: user.extra?.givenName },
        ...{ gender: 'F', birthday: String(Date.parse(user.birthday ?? '')), nationality: user.nationality },
        email: user.contactInfos?.find(({ contactType }) => contactType === 'EMAIL')?.contactNo,
        mobilePhone: user.contactInfos?.find(({ contactType }) => contactType === 'MOBILE_PHONE')?.contactNo,
        address: user.addresses?.[0],
        birthState: user.extra?.birthState,
        kycState: user.extra?.kycState,
      }),
    },
  },
];

export function dialectOf(wallet: string): Dialect {
  const dialect = dialects.find((candidate) => candidate.wallet === wallet);
  if (dialect === undefined) throw new Error(`there is no dialect ${wallet}`);
  return dialect;
}
