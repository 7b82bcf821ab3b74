import type { Dialect } from './dialect.js';
import { numeric } from './dialect-codes.js';
import { applyTokenPath } from './paths.js';
import { platformV2 } from './platform-v2.js';
import { avatar } from './user-data.js';

export const toka: Dialect = {
  ...platformV2,
  wallet: 'toka',
  offset: '-06:00',
  userId: '1000001119398804028',
  paths: { applyToken: [applyTokenPath(2)], userInfo: ['/v2/users/inquiryUserInfo'], revoke: [] },
  foreign: [applyTokenPath(1), '/v2/authorizations/revoke', '/v2/users/inquiryUserBasicInfo', '/v1/authorizations/prepare'],
  authClient: undefined,
  codes: numeric,
  signs: {
    request: ({ path, clientId, time, requestId }) => `POST.${path}.${clientId}.${requestId}.${time}.`,
    answer: ({ clientId, time }) => `${clientId}.${time}.`,
    encoding: 'percent',
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
};
