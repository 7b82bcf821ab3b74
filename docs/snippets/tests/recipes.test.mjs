import assert from 'node:assert/strict';
import { randomUUID, verify } from 'node:crypto';
import { beforeEach, describe, test } from 'node:test';
import { connect } from 'billetera';
import { createMy } from 'billetera/my';

const clientId = '202016726873874774774000';
const userId = '1000001119398804002';
const wallet = connect('http://127.0.0.1:4010');
const my = createMy({ url: wallet.url });

async function call(path, body) {
  const headers = { 'Content-Type': 'application/json', 'Client-Id': clientId, 'Request-Time': new Date().toISOString() };
  const response = await fetch(wallet.url + path, { method: 'POST', headers, body: JSON.stringify(body) });
  const text = await response.text();
  const answer = response.ok ? JSON.parse(text) : {};
  return { ...answer, code: answer.result?.resultCode, status: response.status, headers: response.headers, text };
}

beforeEach(() => wallet.reset());

test('the user refuses USER_NAME', async () => {
  await wallet.scenarios.add({ when: { operation: 'getAuthCode' }, then: { denyScopes: ['USER_NAME'] }, times: 1 });

  const { authSuccessScopes, authErrorScopes } = await my.getAuthCode({ scopes: ['USER_NAME', 'USER_AVATAR'] });

  assert.deepEqual(authSuccessScopes, ['USER_AVATAR']);
  assert.deepEqual(authErrorScopes, { USER_NAME: '10001' });
});

test('the token expires between two calls', async () => {
  const { accessToken, refreshToken } = await wallet.tokens.issue({ clientId, userId, scopes: ['USER_NAME'] });
  assert.equal((await call('/v2/users/inquiryUserInfo', { accessToken })).code, 'SUCCESS');

  await wallet.tokens.expire({ accessToken }); // or expire all of them: await wallet.clock.advance('P2D')

  assert.equal((await call('/v2/users/inquiryUserInfo', { accessToken })).code, 'EXPIRED_ACCESS_TOKEN');
  const fresh = await call('/v2/authorizations/applyToken', { grantType: 'REFRESH_TOKEN', refreshToken });
  assert.equal((await call('/v2/users/inquiryUserInfo', { accessToken: fresh.accessToken })).code, 'SUCCESS');
});

test('the platform signs wrongly', async () => {
  const path = '/v2/users/inquiryUserInfo';
  const { accessToken } = await wallet.tokens.issue({ clientId, userId, scopes: ['USER_NAME'] });
  await wallet.scenarios.add({ when: { operation: 'inquiryUserInfo' }, then: { fault: 'bad-signature' }, times: 1 });

  const isGenuine = async ({ headers, text }) => {
    const content = `POST ${path}\n${clientId}.${headers.get('Response-Time')}.${text}`;
    const signature = decodeURIComponent(headers.get('Signature').split('signature=')[1]);
    return verify('RSA-SHA256', Buffer.from(content), await wallet.keys.platform(), Buffer.from(signature, 'base64'));
  };

  assert.equal(await isGenuine(await call(path, { accessToken })), false);
  assert.equal(await isGenuine(await call(path, { accessToken })), true);
});

test('the platform says that the code has expired', async () => {
  await wallet.scenarios.add({ when: { operation: 'applyToken' }, then: { result: 'EXPIRED_AUTHCODE' }, times: 1 });
  const { authCode } = await wallet.authCodes.issue({ clientId, userId, scopes: ['USER_ID'] });

  const answer = await call('/v2/authorizations/applyToken', { grantType: 'AUTHORIZATION_CODE', authCode });

  assert.equal(answer.code, 'EXPIRED_AUTHCODE');
  await wallet.journal.wait({ operation: 'applyToken', resultCode: 'EXPIRED_AUTHCODE' });
});

test('the platform is down once', async () => {
  await wallet.scenarios.add({ then: { status: 503, body: 'Service Unavailable' }, times: 1 });
  const { authCode } = await wallet.authCodes.issue({ clientId, userId, scopes: ['USER_ID'] });

  assert.equal((await call('/v2/authorizations/applyToken', { grantType: 'AUTHORIZATION_CODE', authCode })).status, 503);
  assert.equal((await call('/v2/authorizations/applyToken', { grantType: 'AUTHORIZATION_CODE', authCode })).code, 'SUCCESS');
});

describe('each test has its own tenant', { concurrency: true }, () => {
  for (const [hours, expected] of [
    [1, 'SUCCESS'],
    [48, 'EXPIRED_ACCESS_TOKEN'],
  ]) {
    test(`${hours} h later: ${expected}`, async () => {
      const mine = wallet.tenant(randomUUID());
      const { accessToken } = await mine.tokens.issue({
        clientId,
        userId,
        scopes: ['USER_ID'],
        lifetimes: { accessToken: 'PT24H' },
      });

      await mine.clock.advance(hours * 3600);

      assert.equal((await call('/v2/users/inquiryUserInfo', { accessToken })).code, expected);
      assert.equal((await mine.journal.list({ operation: 'inquiryUserInfo' })).length, 1);
      await mine.reset();
    });
  }
});
