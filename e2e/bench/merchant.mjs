import { constants, createPrivateKey, createPublicKey, sign, verify } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { load } from './load.mjs';

export const clientId = '202016726873874774774000';
export const exchangePath = '/v2/authorizations/applyToken';
export const readPath = '/v2/users/inquiryUserInfo';
/** The ceiling verifies and signs with the same keys as billetera. */
export const publicKeyFile = keyFile('demo-merchant.public.pem');
export const platformKeyFile = keyFile('platform-development.private.pem');

const merchantKey = createPrivateKey(readFileSync(keyFile('demo-merchant.private.pem')));
const platformKey = createPublicKey(readFileSync(keyFile('platform-development.public.pem')));
const padding = constants.RSA_PKCS1_PADDING;
const signAsync = promisify(sign);
const success = '"resultCode":"SUCCESS"';
const users = 200;
const scopes = ['USER_ID', 'USER_NICKNAME', 'USER_NAME', 'USER_CONTACTINFO', 'USER_AVATAR'];

/** Adds 200 users and makes the emulator require the merchant's signature. */
export async function prepare(url) {
  await control(url, 'PATCH', `/_emulator/clients/${clientId}`, { signature: 'required' });
  for (let number = 0; number < users; number++) await control(url, 'POST', '/_emulator/users', user(number));
}

/**
 * Issues auth codes for all users in turn, and signs one applyToken request for each code.
 *
 * @returns {Promise<import('./load.mjs').Request[]>}
 */
export async function exchangeRequests(url, count) {
  const headers = { 'Content-Type': 'application/json' };
  const asked = Array.from({ length: count }, (_, index) => ({ clientId, userId: userId(index % users), scopes }));
  const requests = asked.map((body) => ({ method: 'POST', path: '/_emulator/auth-codes', headers, body: JSON.stringify(body) }));
  const { bodies } = await load(url, requests, '"authCode"');
  return Promise.all(
    bodies.map((body) => signedRequest(exchangePath, { grantType: 'AUTHORIZATION_CODE', authCode: JSON.parse(body).authCode })),
  );
}

/**
 * Signs one inquiryUserInfo request for each access token.
 *
 * @param {string[]} exchanged the response bodies of applyToken
 */
export function readRequests(exchanged) {
  return Promise.all(exchanged.map((body) => signedRequest(readPath, { accessToken: JSON.parse(body).accessToken })));
}

/** Sends signed calls. Every response must be SUCCESS, and the signatures of the sampled responses must verify. */
export async function callAsMerchant(url, requests) {
  const result = await load(url, requests, success);
  for (const { request, body, headers } of result.seen) {
    const content = `POST ${request.path}\n${clientId}.${headers['response-time']}.${body}`;
    const signature = Buffer.from(decodeURIComponent(/signature=(.+)$/.exec(headers.signature)?.[1] ?? ''), 'base64');
    if (!verify('sha256', Buffer.from(content), { key: platformKey, padding }, signature))
      throw new Error(`${url}${request.path}: an answer's signature does not verify: ${body}`);
  }
  return result;
}

async function signedRequest(path, fields) {
  const time = new Date().toISOString();
  const body = JSON.stringify(fields);
  const signature = await signAsync('sha256', Buffer.from(`POST ${path}\n${clientId}.${time}.${body}`), {
    key: merchantKey,
    padding,
  });
  const headers = {
    'Content-Type': 'application/json; charset=UTF-8',
    'Client-Id': clientId,
    'Request-Time': time,
    Signature: `algorithm=RSA256, keyVersion=1, signature=${encodeURIComponent(signature.toString('base64'))}`,
  };
  return { method: 'POST', path, headers, body };
}

async function control(url, method, path, body) {
  const answer = await fetch(url + path, { method, headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body) });
  if (!answer.ok) throw new Error(`${method} ${url}${path} answered ${answer.status}: ${await answer.text()}`);
}

function userId(number) {
  return `10000099${String(number).padStart(11, '0')}`;
}

function user(number) {
  const name = `Usuario ${number}`;
  return {
    userId: userId(number),
    name,
    nickName: `u${number}`,
    userName: { fullName: `${name} Prueba`, firstName: name, lastName: 'Prueba' },
    avatar: 'avatars/lucia.png',
    contactInfos: [
      { contactType: 'MOBILE_PHONE', contactNo: `+5255${String(number).padStart(8, '0')}` },
      { contactType: 'EMAIL', contactNo: `usuario.${number}@example.com` },
    ],
  };
}

function keyFile(name) {
  return fileURLToPath(new URL(`../../fixtures/keys/${name}`, import.meta.url));
}
