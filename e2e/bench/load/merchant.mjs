import { constants, createPrivateKey, createPublicKey, sign, verify } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

export const clientId = '202016726873874774774000';
export const appId = '3333010071465913000';
/** The ceiling verifies and signs with the same keys as billetera. */
export const publicKeyFile = keyFile('demo-merchant.public.pem');
export const platformKeyFile = keyFile('platform-development.private.pem');

const merchantKey = createPrivateKey(readFileSync(keyFile('demo-merchant.private.pem')));
const platformKey = createPublicKey(readFileSync(keyFile('platform-development.public.pem')));
const padding = constants.RSA_PKCS1_PADDING;
const signAsync = promisify(sign);

/**
 * Signs a request as the merchant's server does.
 *
 * @param {string} path
 * @param {object} fields of the body
 * @returns {Promise<import('./send.mjs').Request>}
 */
export async function signedRequest(path, fields) {
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

/**
 * @param {import('./send.mjs').Request} request
 * @param {import('./send.mjs').Answer} answer
 * @returns {boolean} whether the platform signed the answer
 */
export function isSignedAnswer(request, { headers, body }) {
  const content = `POST ${request.path}\n${clientId}.${headers['response-time']}.${body}`;
  const signature = Buffer.from(decodeURIComponent(/signature=(.+)$/.exec(headers.signature)?.[1] ?? ''), 'base64');
  return verify('sha256', Buffer.from(content), { key: platformKey, padding }, signature);
}

function keyFile(name) {
  return fileURLToPath(new URL(`../../../fixtures/keys/${name}`, import.meta.url));
}
