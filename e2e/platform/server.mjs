/**
 * A platform that stands for a real one: its own process, over HTTPS, with code of its own. It speaks as the GCash profile does, but in
 * ten ways differently. The comments number them.
 *
 * usage: node server.mjs <folder>. The folder has tls.pem, tls.key, platform.private.pem and merchant.public.pem.
 */
import { constants, createPrivateKey, createPublicKey, randomBytes, sign, verify } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:https';
import { join } from 'node:path';

const [, , folder = '.'] = process.argv;
const read = (name) => readFileSync(join(folder, name));
const platformKey = createPrivateKey(read('platform.private.pem'));
const merchantKey = createPublicKey(read('merchant.public.pem'));
const padding = constants.RSA_PKCS1_PADDING;
const merchantId = '2170020193719000000000';
const hour = 3600_000;

const user = {
  userId: '2177220001112223',
  nickName: 'Bea',
  userName: { fullName: 'Beatriz Salonga Reyes', firstName: 'Beatriz', lastName: 'Reyes' },
};

// 7. Contact data is masked.
const contactInfos = [
  { contactType: 'MOBILE_PHONE', contactNo: '+639****4321', extendInfo: '{"verified":true}' },
  { contactType: 'EMAIL', contactNo: 'b***@example.com' },
];

const codes = new Map();
const accessTokens = new Map();
const refreshTokens = new Map();

// 1. The exchange is at /v3.
const operations = new Map([
  ['/v3/authorizations/applyToken', applyToken],
  ['/v1/customers/user/inquiryUserInfoByAccessToken', inquiryUserInfo],
  ['/v1/authorizations/cancelToken', cancelToken],
]);

function applyToken({ grantType, referenceClientId, authorizationCode, refreshToken }) {
  if (referenceClientId !== undefined && referenceClientId !== merchantId) return refuse('REFERENCE_CLIENT_ID_NOT_MATCH');
  if (grantType === 'REFRESH_TOKEN') {
    const grant = refreshTokens.get(refreshToken);
    if (grant === undefined) return refuse('INVALID_REFRESH_TOKEN');
    if (grant.used) return refuse('USED_REFRESH_TOKEN');
    grant.used = true;
    return issue(grant.scopes);
  }
  if (grantType !== 'AUTHORIZATION_CODE') return refuse('PARAM_ILLEGAL', 'F', 'grantType is wrong');
  // 2. The code's field is called authorizationCode.
  if (typeof authorizationCode !== 'string') return refuse('PARAM_ILLEGAL', 'F', 'authorizationCode is missing');
  const code = codes.get(authorizationCode);
  if (code === undefined) return refuse('INVALID_CODE');
  // 3. A used code has its own result code.
  if (code.used) return refuse('CODE_ALREADY_USED', 'F', 'the code was used already');
  code.used = true;
  return issue(code.scopes);
}

function issue(scopes) {
  const [accessToken, refreshToken] = [token(), token()];
  accessTokens.set(accessToken, { scopes });
  refreshTokens.set(refreshToken, { scopes, used: false });
  const now = Date.now();
  return {
    result: success,
    accessToken,
    // 4. Access tokens live for twelve hours.
    accessTokenExpiryTime: fineTime(now + 12 * hour),
    refreshToken,
    refreshTokenExpiryTime: fineTime(now + 30 * 24 * hour),
    // 5. The customer's id is called openUserId.
    openUserId: user.userId,
  };
}

function inquiryUserInfo({ accessToken }) {
  const grant = accessTokens.get(accessToken);
  // 6. An unknown access token leaves the outcome open.
  if (grant === undefined) return refuse('INVALID_ACCESS_TOKEN', 'U');
  const has = (scope) => grant.scopes.includes(scope);
  return {
    result: success,
    userInfo: {
      userId: user.userId,
      ...(has('USER_NICKNAME') && { nickName: user.nickName }),
      ...(has('USER_NAME') && { userName: user.userName }),
      ...(has('USER_CONTACTINFO') && { contactInfos }),
    },
  };
}

function cancelToken({ accessToken }) {
  if (!accessTokens.delete(accessToken)) return refuse('INVALID_ACCESS_TOKEN', 'U');
  return { result: success };
}

const success = { resultStatus: 'S', resultCode: 'SUCCESS', resultMessage: 'success' };

function refuse(resultCode, resultStatus = 'F', resultMessage = resultCode.toLowerCase().replaceAll('_', ' ')) {
  return { result: { resultStatus, resultCode, resultMessage } };
}

/** 48 characters, as the profile has. */
function token() {
  return `28101003${randomBytes(20).toString('hex')}`;
}

/** The local time, to the second. */
function time(at) {
  return `${new Date(at + 8 * hour).toISOString().slice(0, 19)}+08:00`;
}

/** 8. Times in a body have milliseconds. */
function fineTime(at) {
  return `${new Date(at + 8 * hour).toISOString().slice(0, 23)}+08:00`;
}

function isSigned(path, headers, body) {
  const value = /signature=([^,]+)/.exec(headers.signature ?? '')?.[1] ?? '';
  const content = `POST ${path}\n${headers['client-id']}.${headers['request-time']}.${body}`;
  return verify('sha256', Buffer.from(content), { key: merchantKey, padding }, Buffer.from(decodeURIComponent(value), 'base64'));
}

function answer(path, headers, body) {
  if (headers['client-id'] !== merchantId) return refuse('INVALID_CLIENT');
  if (!isSigned(path, headers, body)) return refuse('INVALID_SIGNATURE');
  const operation = operations.get(path);
  if (operation === undefined) return refuse('INVALID_API');
  return operation(JSON.parse(body));
}

const server = createServer({ cert: read('tls.pem'), key: read('tls.key') }, async (request, response) => {
  let body = '';
  for await (const chunk of request.setEncoding('utf8')) body += chunk;
  // The super app: a user consents, and the mini program gets a code. No merchant's server sees this.
  if (request.url.startsWith('/super-app/consent')) {
    const code = randomBytes(16).toString('hex');
    codes.set(code, { scopes: new URL(request.url, 'https://x').searchParams.get('scopes').split(','), used: false });
    response.end(code);
    return;
  }
  const text = JSON.stringify(answer(request.url, request.headers, body));
  const now = time(Date.now());
  const content = `POST ${request.url}\n${request.headers['client-id']}.${now}.${text}`;
  const value = encodeURIComponent(sign('sha256', Buffer.from(content), { key: platformKey, padding }).toString('base64'));
  response.writeHead(200, {
    'content-type': 'application/json; charset=UTF-8',
    'client-id': request.headers['client-id'] ?? '',
    'response-time': now,
    // 9. The algorithm is called SHA256withRSA.
    signature: `algorithm=SHA256withRSA, keyVersion=1, signature=${value}`,
    // 10. Every answer names the server that sent it.
    'wallet-node': 'n7',
  });
  response.end(text);
});
server.listen(0, '127.0.0.1', () => process.stdout.write(`platform ready at https://127.0.0.1:${server.address().port}\n`));
