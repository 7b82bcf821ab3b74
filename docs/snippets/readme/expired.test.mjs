import assert from 'node:assert/strict';
import { test } from 'node:test';
import { startEmulator } from 'billetera';

test('the authCode expires before the server exchanges it', async () => {
  const wallet = await startEmulator({ port: 0 });
  const clientId = '202016726873874774774000';
  const { authCode } = await wallet.authCodes.issue({ clientId, userId: '1000001119398804002', scopes: ['USER_ID'] });
  await wallet.clock.advance('P2D');

  const response = await fetch(`${wallet.url}/v2/authorizations/applyToken`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', 'Client-Id': clientId, 'Request-Time': new Date().toISOString() },
    body: JSON.stringify({ grantType: 'AUTHORIZATION_CODE', authCode }),
  });

  assert.equal((await response.json()).result.resultCode, 'EXPIRED_AUTHCODE');
  await wallet.close();
});
