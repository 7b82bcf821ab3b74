import { randomUUID, sign } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';

const { BILLETERA_URL: platform, BILLETERA_CLIENT_ID: clientId, BILLETERA_PRIVATE_KEY_FILE: keyFile } = process.env;
const privateKey = readFileSync(keyFile);
const page = new URL('toka.html', import.meta.url);

/** Sends a signed call to the wallet's platform. */
async function call(path, fields) {
  const time = String(Date.now());
  const requestId = randomUUID();
  const body = JSON.stringify(fields);
  const content = `POST.${path}.${clientId}.${requestId}.${time}.${body}`;
  const signature = sign('sha256', Buffer.from(content), privateKey).toString('base64');
  const response = await fetch(platform + path, {
    method: 'POST',
    headers: {
      'Content-Type': 'application/json; charset=UTF-8',
      'Client-Id': clientId,
      'Request-Id': requestId,
      'Request-Time': time,
      Signature: `algorithm=SHA256withRSA, keyVersion=1, signature=${encodeURIComponent(signature)}`,
    },
    body,
  });
  // The page shows the error. So the error says nothing else of the body, which may have tokens.
  const answer = await response.json().catch(() => ({}));
  if (!answer.result) throw new Error(`HTTP ${response.status}: the answer has no result`);
  if (answer.result.resultStatus !== 'S') throw new Error(`${answer.result.resultCode}: ${answer.result.resultMessage}`);
  return answer;
}

async function login(authCode) {
  const { accessToken } = await call('/v2/authorizations/applyToken', { grantType: 'AUTHORIZATION_CODE', authCode });
  const user = await call('/v2/users/inquiryUserInfo', { accessToken });
  return `Welcome, ${user.fullName ?? user.userId}!`;
}

const server = createServer(async (request, response) => {
  if (request.method !== 'POST') return response.setHeader('Content-Type', 'text/html').end(readFileSync(page));
  let authCode = '';
  for await (const chunk of request) authCode += chunk;
  response.end(await login(authCode).catch((error) => error.message));
});
server.listen(process.env.PORT ?? 8080, 'localhost', () => console.log(`http://localhost:${server.address().port}`));
