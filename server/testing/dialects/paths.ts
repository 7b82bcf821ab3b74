/** Every combination of a prefix and a path. */
export const under = (prefixes: string[], paths: string[]) => prefixes.flatMap((prefix) => paths.map((path) => prefix + path));
export const applyTokenPath = (version: 1 | 2) => `/v${version}/authorizations/applyToken`;
export const v2Paths = (prefix = '') => ({
  applyToken: [prefix + applyTokenPath(2)],
  userInfo: [`${prefix}/v2/users/inquiryUserInfo`],
  basicInfo: [`${prefix}/v2/users/inquiryUserBasicInfo`],
  revoke: [`${prefix}/v2/authorizations/revoke`],
  both: [`${prefix}/v2/authorizations/applyTokenAndInquiryUserInfo`],
});
export const byAccessToken = '/v1/customers/user/inquiryUserInfoByAccessToken';
export const cancelToken = '/v1/authorizations/cancelToken';
