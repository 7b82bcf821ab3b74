import assert from 'node:assert/strict';
import { after, before, beforeEach, test } from 'node:test';
import { startEmulator } from 'billetera';
import { createMy } from 'billetera/my';

let wallet;
before(async () => {
  wallet = await startEmulator({ port: 0 });
});
beforeEach(() => wallet.reset());
after(() => wallet.close());

test('a user who refuses the name still gets in', async () => {
  await wallet.settings.change({ user: '1000001119398804004' }); // refuses USER_NAME
  const my = createMy({ url: wallet.url });

  const { authCode, authErrorScopes } = await my.getAuthCode({ scopes: ['USER_ID', 'USER_NAME'] });

  assert.ok(authCode);
  assert.deepEqual(Object.keys(authErrorScopes), ['USER_NAME']);
});
