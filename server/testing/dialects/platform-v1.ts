import type { Dialect } from './dialect.js';
import { v1 } from './dialect-codes.js';
import { applyTokenPath, byAccessToken, cancelToken, under } from './paths.js';
import { platformV2, signaturesIn } from './platform-v2.js';

// The first version of the platform, and the wallets that follow it closely.

export const platformV1: Dialect = {
  ...platformV2,
  wallet: 'platform-v1',
  paths: {
    applyToken: [applyTokenPath(1), '/v1/oauths/applyToken'],
    userInfo: [byAccessToken, '/v1/users/inquiryUserInfo'],
    revoke: [cancelToken],
  },
  foreign: [
    applyTokenPath(2),
    '/v2/users/inquiryUserInfo',
    '/v1/users/inquiryUserBasicInfo',
    '/v1/authorizations/revoke',
    `${applyTokenPath(1)}.htm`,
  ],
  authClient: 'referenceClientId',
  codes: v1,
  longestCode: 32,
};

/** Each path, also with the ending `.htm`. */
const withHtm = (...paths: string[]) => paths.flatMap((path) => [path, `${path}.htm`]);

export const gcash: Dialect = {
  ...platformV1,
  wallet: 'gcash',
  offset: '+08:00',
  userId: '1000001119398804022',
  paths: {
    applyToken: withHtm(applyTokenPath(1), applyTokenPath(2)),
    userInfo: withHtm(byAccessToken, '/v2/users/inquiryUserInfo'),
    basicInfo: withHtm('/v2/users/inquiryUserBasicInfo'),
    revoke: withHtm(cancelToken, '/v2/authorizations/revoke'),
  },
  foreign: ['/v1/oauths/applyToken', '/v1/users/inquiryUserInfo', `${applyTokenPath(1)}.html`],
};

export const tng: Dialect = {
  ...platformV1,
  wallet: 'tng',
  offset: '+08:00',
  userId: '1000001119398804023',
  paths: {
    applyToken: [`/acl/api${applyTokenPath(1)}`],
    userInfo: [`/acl/api${byAccessToken}`],
    revoke: [`/acl/api${cancelToken}`],
  },
  foreign: [applyTokenPath(1), byAccessToken, '/acl/api/v1/oauths/applyToken', '/acl/api/v1/users/inquiryUserInfo'],
  signs: signaturesIn('base64url'),
  silent: [...platformV2.silent, 'BASE_USER_INFO'],
  asked: [...platformV2.asked, 'USER_INFO'],
};

export const rebell: Dialect = {
  ...platformV1,
  wallet: 'rebell',
  offset: '+01:00',
  userId: '1000001119398804027',
  paths: {
    applyToken: under(['/api/open'], [applyTokenPath(1), applyTokenPath(2)]),
    userInfo: [`/api/open${byAccessToken}`],
    revoke: [`/api/open${cancelToken}`],
  },
  foreign: [applyTokenPath(1), applyTokenPath(2), '/api/open/v2/users/inquiryUserInfo', '/api/open/v2/authorizations/revoke'],
};
