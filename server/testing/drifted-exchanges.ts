const success = '"result":{"resultCode":"SUCCESS","resultStatus":"S","resultMessage":"success"}';

function exchange(path: string, sent: object, answer: string): string {
  return `POST ${path} HTTP/1.1
Host: sandbox.example
Client-Id: 2020000000000000
Request-Time: 2026-01-31T05:00:00-05:00
Content-Type: application/json; charset=UTF-8

${JSON.stringify(sent)}

HTTP/1.1 200 OK
Content-Type: application/json; charset=UTF-8
Client-Id: 2020000000000000
Response-Time: 2026-01-31T05:00:00.250-05:00
Node-Name: <b>n7</b>

${answer}
`;
}

/** Calls to a platform that differs from platform-v2 in many ways, as raw HTTP. One of its headers looks like markup. */
export const driftedExchanges = [
  exchange(
    '/v2/authorizations/applyToken',
    { grantType: 'authorization-code', authCode: '0'.repeat(32) },
    `{${success},"accessToken":"${'a'.repeat(40)}","accessTokenExpiryTime":"2026-01-31T06:00:00-05:00","refreshToken":"${'b'.repeat(40)}","refreshTokenExpiryTime":1772532000000,"customerId":"2170","tokenType":"Bearer"}`,
  ),
  exchange(
    '/v2/authorizations/applyToken',
    { grantType: 'AUTHORIZATION_CODE', authCode: '0'.repeat(32) },
    '{"result":{"resultCode":"CODE_WAS_USED","resultStatus":"F","resultMessage":"the code was used"}}',
  ),
  exchange(
    '/v3/members/inquiryUserInfo',
    { accessToken: 'a'.repeat(40) },
    `{${success},"userInfo":{"userId":"2170","gender":"female","vipLevel":"gold","contactInfos":[{"contactType":"EMAIL","contactNo":"a***@example.com"},{"contactType":"MOBILE_PHONE","contactNo":"138****0000"}]}}`,
  ),
  exchange(
    '/v2/authorizations/applyToken',
    { grantType: 'REFRESH_TOKEN', refreshToken: 'b'.repeat(40) },
    `{${success},"accessToken":"${'c'.repeat(40)}","accessTokenExpiryTime":"2026-01-31T06:00:00-05:00","refreshToken":"${'d'.repeat(40)}","refreshTokenExpiryTime":1772532000000,"customerId":"2170"}`,
  ),
  exchange(
    '/v2/users/inquiryUserInfo',
    { accessToken: 'a'.repeat(40) },
    '{"result":{"resultCode":"INVALID_ACCESS_TOKEN","resultStatus":"F","resultMessage":"no such token"}}',
  ),
  'GET /index.html HTTP/1.1\nHost: shop.example\n\n\nHTTP/1.1 200 OK\n\nhello\n',
].join('\n###\n');
