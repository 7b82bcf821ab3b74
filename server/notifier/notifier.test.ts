import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { noon } from '../testing/dialects/dialect-world.js';
import { emulatorForFile, faro, users } from '../testing/emulator.js';
import { MerchantServer } from '../testing/merchant-server.js';
import { submitConsent } from '../testing/mini-program.js';
import { openNotified } from '../testing/notified-world.js';

const emulator = await emulatorForFile();
const path = '/ams/api/v1/authorizations/consult';

describe('a notification', () => {
  test('is sent for a code, for tokens and for a revocation, to the address given to consult', async () => {
    const { world, merchant, tries } = await openNotified(emulator);
    const asked = await MerchantServer.open();
    const fields = {
      ...{ customerBelongsTo: 'GCASH', authClientId: faro.clientId, authRedirectUrl: 'http://localhost:3000/callback' },
      ...{ scopes: ['USER_LOGIN_ID'], authState: 'my-state', terminalType: 'WAP', authNotifyUrl: `${asked.url}/told?x=1` },
    };
    const { body } = await world.call(path, fields);
    const answer = await submitConsent(body.authUrl, 'allow', ['USER_LOGIN_ID']);
    const authCode = new URL(answer.headers.get('location') as string).searchParams.get('authCode') as string;
    await tries(1);
    const { accessToken } = (await world.exchange(authCode)).body;
    await tries(2);
    await world.revoke(accessToken);
    const entries = await tries(3);
    const [{ authorizationId }] = (await world.control('GET', 'authorizations')).authorizations;
    for (const entry of entries) assert.equal(entry.authorizationId, authorizationId);

    const about = { authClientId: faro.clientId };
    const user = { userId: '1000001119398804021', userLoginId: '+65****0142' };
    assert.deepEqual(
      asked.notifications.map((notification) => notification.body),
      [
        { authorizationNotifyType: 'AUTHCODE_CREATED', ...about, authCode, authState: 'my-state' },
        { authorizationNotifyType: 'TOKEN_CREATED', ...about, accessToken, ...user },
        {
          authorizationNotifyType: 'TOKEN_CANCELED',
          ...about,
          accessToken,
          userId: user.userId,
          reason: `revoked by the client ${faro.clientId}`,
        },
      ],
    );
    assert.equal(merchant.notifications.length, 0);
    for (const { headers, verified } of asked.notifications) {
      assert.ok(verified);
      assert.equal(headers['client-id'], faro.clientId);
      assert.equal(headers['request-time'], world.time(noon));
      assert.equal(headers['content-type'], 'application/json; charset=UTF-8');
    }
    assert.deepEqual(
      entries.map(({ operation }) => operation),
      ['auth-code-created', 'token-created', 'token-canceled'],
    );
    for (const entry of entries) {
      const { status, resultStatus, reason, clientId, userId, signature } = entry;
      assert.deepEqual([status, resultStatus, reason], [200, 'S', 'try 1: the merchant accepted it']);
      assert.deepEqual([clientId, userId, entry.path], [faro.clientId, user.userId, fields.authNotifyUrl]);
      assert.deepEqual(signature, { mode: 'required', verified: true, mistakes: [] });
      assert.doesNotMatch(JSON.stringify(entry), new RegExp(`${authCode}|${accessToken}`), 'codes and tokens are shortened');
    }
  });

  test('is signed by the platform, over the path and the query of the address', async () => {
    for (const target of ['/notify', '/notify?m=1&n=%20', '/?m=1']) {
      const { world, merchant, tries } = await openNotified(emulator);
      await world.control('PATCH', `clients/${faro.clientId}`, { notifyUrl: merchant.url + target });
      merchant.next.push((response, request) => merchant.respond(response, request, { path: target.split('?')[0] as string }));
      await world.code();
      await world.code();
      assert.deepEqual(
        (await tries(2)).map(({ reason, signature }) => [reason, signature.verified]),
        [1, 2].map(() => ['try 1: the merchant accepted it', true]),
        'an answer is signed over the path alone, or over the path and the query',
      );
      assert.deepEqual(
        merchant.notifications.map(({ path, verified }) => [path, verified]),
        [1, 2].map(() => [target, true]),
      );
    }
  });

  test('carries the secondary merchant of the authorization, or else the client', async () => {
    const { world, merchant, tries } = await openNotified(emulator);
    for (const [count, authClientId] of [undefined, 'SM_0001'].entries()) {
      const { body } = await world.call(path, {
        ...{ customerBelongsTo: 'ALIPAY_CN', authClientId, authRedirectUrl: 'http://localhost:3000/callback' },
        ...{ scopes: ['AGREEMENT_PAY'], authState: 's', terminalType: 'APP' },
      });
      const answer = await submitConsent(body.authUrl, 'allow', ['AGREEMENT_PAY']);
      const authCode = new URL(answer.headers.get('location') as string).searchParams.get('authCode') as string;
      const { accessToken } = (await world.exchange(authCode)).body;
      await world.revoke(accessToken);
      await tries(3 * (count + 1));
    }
    assert.deepEqual(
      merchant.notifications.map(({ headers, body }) => [headers['client-id'], body.authClientId]),
      [faro.clientId, 'SM_0001'].flatMap((id) => Array.from({ length: 3 }, () => [faro.clientId, id])),
    );
  });

  test('is sent when a tester revokes tokens, and not for a refresh', async () => {
    const { world, merchant, tries } = await openNotified(emulator);
    await world.tokens();
    await tries(2);
    await world.control('POST', 'tokens/revoke', { clientId: faro.clientId, userId: '1000001119398804021' });
    await tries(3);
    assert.deepEqual(
      merchant.notifications.map(({ body }) => body.authorizationNotifyType),
      ['AUTHCODE_CREATED', 'TOKEN_CREATED', 'TOKEN_CANCELED'],
    );
    assert.equal((await world.refresh((await world.tokens()).refreshToken)).code, 'SUCCESS');
    await tries(5);
    assert.equal(merchant.notifications.length, 5, 'a refresh sends nothing');
  });
});

describe('nothing is sent', () => {
  test('without a notifyUrl', async () => {
    const { world } = await openNotified(emulator, { notifyUrl: false });
    await world.tokens();
    assert.deepEqual((await world.control('GET', 'journal?kind=notification')).entries, []);
  });

  test('by a wallet that has no notifications', async () => {
    const { world, merchant } = await openNotified(emulator, { wallet: 'platform-v2' });
    await world.revoke((await world.tokens()).accessToken);
    assert.deepEqual((await world.control('GET', 'journal?kind=notification')).entries, []);
    assert.equal(merchant.notifications.length, 0);
  });

  test('to an address that is neither http nor https', async () => {
    const { world } = await openNotified(emulator, { notifyUrl: false });
    for (const notifyUrl of ['ftp://127.0.0.1/x', 'file:///etc/passwd', 'javascript:alert(1)', 'nowhere']) {
      await assert.rejects(world.control('PATCH', `clients/${faro.clientId}`, { notifyUrl }), /notifyUrl/);
      const heard = await world.call(path, {
        ...{ customerBelongsTo: 'GCASH', authClientId: faro.clientId, authRedirectUrl: 'http://localhost:3000/callback' },
        ...{ scopes: ['BASE_USER_INFO'], authState: 's', terminalType: 'WEB', authNotifyUrl: notifyUrl },
      });
      assert.equal(heard.code, 'PARAM_ILLEGAL');
      assert.match(heard.message, /^authNotifyUrl is .*: expected an http or https URL/);
    }
  });

  test('if the user refused', async () => {
    const { world, merchant } = await openNotified(emulator);
    await world.control('POST', 'auth-codes', { clientId: faro.clientId, userId: users.harriet, scopes: ['USER_NICKNAME'] });
    assert.equal(merchant.notifications.length, 0);
    assert.deepEqual((await world.control('GET', 'journal?kind=notification')).entries, []);
  });
});
