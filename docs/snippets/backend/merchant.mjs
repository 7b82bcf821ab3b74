import { createPrivateKey, createPublicKey, sign, verify } from 'node:crypto';
import { readFileSync } from 'node:fs';

const url = process.env.BILLETERA_URL ?? 'http://127.0.0.1:4010';
const clientId = process.env.BILLETERA_CLIENT_ID;
const privateKey = createPrivateKey(readFileSync(process.env.BILLETERA_PRIVATE_KEY_FILE));
const platformKey = createPublicKey({
  key: Buffer.from(process.env.BILLETERA_PLATFORM_PUBLIC_KEY, 'base64'),
  format: 'der',
  type: 'spki',
});

/** Sends a signed call and checks that the platform signed its answer. */
export async function call(path, fields) {
  const time = new Date().toISOString();
  const body = JSON.stringify(fields);
  const signature = sign('sha256', Buffer.from(`POST ${path}\n${clientId}.${time}.${body}`), privateKey).toString('base64');
  const response = await fetch(url + path, {
    method: 'POST',
    headers: {
      'Content-Type': 'application/json; charset=UTF-8',
      'Client-Id': clientId,
      'Request-Time': time,
      Signature: `algorithm=RSA256, keyVersion=1, signature=${encodeURIComponent(signature)}`,
    },
    body,
  });
  const answer = await response.text();
  const content = `POST ${path}\n${clientId}.${response.headers.get('response-time')}.${answer}`;
  const [, sent] = /signature=([^,]+)/.exec(response.headers.get('signature') ?? '') ?? [];
  // An error has no body: a body has tokens, and the browser may show the error.
  const result = `HTTP ${response.status} ${/"resultCode":\s*"(\w+)"/.exec(answer)?.[1] ?? ''}`.trim();
  if (!sent) throw new Error(`${result}: the answer has no signature`);
  if (!verify('sha256', Buffer.from(content), platformKey, Buffer.from(decodeURIComponent(sent), 'base64')))
    throw new Error(`${result}: the platform did not sign this answer`);
  return JSON.parse(answer);
}

const authCode = process.argv[2];
const tokens = await call('/v2/authorizations/applyToken', { grantType: 'AUTHORIZATION_CODE', authCode });
console.log(tokens.result.resultCode, tokens.customerId);
