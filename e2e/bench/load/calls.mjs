import { appId, clientId, signedRequest } from './merchant.mjs';
import { scopes, userIdOf } from './users.mjs';

/**
 * @typedef {import('./send.mjs').Request} Request
 * @typedef {import('./send.mjs').Answer} Answer
 * @typedef {Record<string, { requests: Request[], answers: Answer[] }>} Earlier the earlier calls, by name
 *
 * @typedef {object} Call
 * @property {string} title
 * @property {(count: number, earlier: Earlier) => Request[] | Promise<Request[]>} requests
 * @property {(body: any, number: number) => unknown} result reads from the body of an answer what was asked for, such as a token.
 *   It is undefined if the answer is wrong.
 * @property {boolean} [isSigned] answers have a signature
 * @property {boolean} [isNew] each answer has another result
 */

const json = { 'Content-Type': 'application/json' };
const issuePath = '/_emulator/auth-codes';

/** @type {Record<string, Call>} The calls, in their order: some send codes and tokens that earlier ones returned. */
export const calls = {
  authCode: {
    title: 'authCode issued by the control API',
    requests: (count) => numbered(count, (number) => issueRequest(issuePath, { userId: userIdOf(number) })),
    result: ({ authCode }) => authCode,
    isNew: true,
  },
  applyToken: {
    title: 'applyToken',
    requests: (_count, { authCode }) =>
      signedRequests('/v2/authorizations/applyToken', authCode, ({ authCode }) => ({
        grantType: 'AUTHORIZATION_CODE',
        authCode,
      })),
    result: ifSuccessful(({ accessToken }) => accessToken),
    isSigned: true,
    isNew: true,
  },
  inquiryUserInfo: {
    title: 'inquiryUserInfo',
    requests: (_count, { applyToken }) =>
      signedRequests('/v2/users/inquiryUserInfo', applyToken, ({ accessToken }) => ({ accessToken })),
    result: ifSuccessful(({ userInfo }, number) => (userInfo?.userId === userIdOf(number) ? userInfo.userId : undefined)),
    isSigned: true,
  },
  refresh: {
    title: 'applyToken with a refreshToken',
    requests: (_count, { applyToken }) =>
      signedRequests('/v2/authorizations/applyToken', applyToken, ({ refreshToken }) => ({
        grantType: 'REFRESH_TOKEN',
        refreshToken,
      })),
    result: ifSuccessful(({ accessToken }) => accessToken),
    isSigned: true,
    isNew: true,
  },
  getAuthCode: {
    title: 'getAuthCode without a screen',
    requests: (count) => numbered(count, silentRequest),
    result: ({ ok, result }) => (ok ? result?.authCode : undefined),
    isNew: true,
  },
  firstCall: {
    title: 'first call of a new tenant',
    requests: (count) => numbered(count, () => issueRequest(`/t/bench-${++tenants}${issuePath}`, {})),
    result: ({ authCode }) => authCode,
    isNew: true,
  },
  reset: {
    title: 'reset of such a tenant',
    requests: (_count, { firstCall }) =>
      firstCall.requests.map(({ path }) => ({ method: 'POST', path: path.replace(issuePath, '/_emulator/reset'), headers: {} })),
    result: (body) => body === undefined || undefined,
  },
};

let tenants = 0;

/**
 * Makes the requests of the calls one after the other, because they need the answers to earlier ones.
 *
 * @param {string[]} names of calls
 * @param {number} count of requests for each call
 * @param {(name: string, call: Call, requests: Request[]) => Promise<Answer[]>} send returns the answers of billetera
 */
export async function runCalls(names, count, send) {
  /** @type {Earlier} */
  const earlier = {};
  for (const name of names) {
    const requests = await calls[name].requests(count, earlier);
    earlier[name] = { requests, answers: await send(name, calls[name], requests) };
  }
}

/** @type {Call} The cheapest grant of the peer. Its answer has one signature, as billetera's has. The peer verifies none. */
export const peerCall = {
  title: 'peer: /token, client_credentials',
  requests: (count) =>
    numbered(count, (number) => ({
      method: 'POST',
      path: '/token',
      headers: {
        'Content-Type': 'application/x-www-form-urlencoded',
        Authorization: `Basic ${Buffer.from('client:secret').toString('base64')}`,
      },
      body: `grant_type=client_credentials&scope=user-${number % 200}`,
    })),
  result: ({ access_token }) => access_token,
};

function issueRequest(path, fields) {
  return { method: 'POST', path, headers: json, body: JSON.stringify({ clientId, scopes, ...fields }) };
}

/** The mini program asks for a scope that no user is asked about. The bridge posts text, so that the browser sends no preflight. */
function silentRequest() {
  return {
    method: 'POST',
    path: '/wallet/jsapi',
    headers: { 'Content-Type': 'text/plain', Origin: 'http://localhost:3000' },
    body: JSON.stringify({ name: 'getAuthCode', params: { scopes: ['USER_ID'] }, appId, gesture: true, ancestors: [] }),
  };
}

function signedRequests(path, { answers }, fields) {
  return Promise.all(answers.map(({ body }) => signedRequest(path, fields(JSON.parse(body)))));
}

function ifSuccessful(read) {
  return (body, number) => (body.result?.resultCode === 'SUCCESS' ? read(body, number) : undefined);
}

function numbered(count, request) {
  return Array.from({ length: count }, (_, number) => request(number));
}
