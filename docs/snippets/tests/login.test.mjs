import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { after, afterEach, before, beforeEach, test } from 'node:test';
import { startEmulator } from 'billetera';
import { createMy } from 'billetera/my';

let wallet;
let server;
let shop;
before(async () => {
  wallet = await startEmulator({ port: 0 });
  // Your server calls this emulator: its address replaces the one in .env.
  const env = { ...process.env, BILLETERA_URL: wallet.url, PORT: '0' };
  server = spawn('node', ['--env-file=.env', 'server.mjs'], { env, stdio: ['ignore', 'pipe', 'inherit'] });
  const [printed] = await once(server.stdout.setEncoding('utf8'), 'data');
  shop = printed.trim();
});
beforeEach(async () => {
  await wallet.reset();
  await wallet.clients.change('202016726873874774774000', { signature: 'required' });
});
afterEach(async () => assert.deepEqual(await wallet.findings(), []));
after(async () => {
  server.kill();
  await wallet.close();
});

test('a user who refuses the name still gets in', async () => {
  await wallet.settings.change({ user: '1000001119398804004' }); // refuses USER_NAME
  const my = createMy({ url: wallet.url });

  const { authCode, authErrorScopes } = await my.getAuthCode({ scopes: ['USER_ID', 'USER_NAME'] });
  const response = await fetch(shop, { method: 'POST', body: authCode });

  assert.deepEqual(Object.keys(authErrorScopes), ['USER_NAME']);
  assert.equal(await response.text(), 'Welcome, 1000001119398804004!');
});
