import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { test as base, expect } from 'billetera/playwright';

const test = base.extend<object, { shop: string }>({
  // Each worker starts your server. The address of the worker's emulator replaces the one in .env.
  shop: [
    async ({ emulatorUrl }, use) => {
      const env = { ...process.env, BILLETERA_URL: emulatorUrl, PORT: '0' };
      const server = spawn('node', ['--env-file=.env', 'server.mjs'], { env, stdio: ['ignore', 'pipe', 'inherit'] });
      const [printed] = await once(server.stdout.setEncoding('utf8'), 'data');
      await use(printed.trim());
      server.kill();
    },
    { scope: 'worker' },
  ],
});

// The page names the address of the wallet on your machine. In a test it gets the my.js of the test's emulator instead.
test.use({ bridgeUrls: 'http://127.0.0.1:4010/my.js' });
test.beforeEach(async ({ wallet }) => {
  await wallet.clients.change('202016726873874774774000', { signature: 'required' });
});
test.afterEach(async ({ wallet }) => expect(await wallet.findings()).toEqual([]));

test('a user who refuses the name still gets in', async ({ page, shop, consent, wallet }) => {
  await page.goto(shop);
  await page.getByRole('button', { name: 'Log in' }).click();
  await consent.deny(); // USER_ID is a silent scope: the wallet grants it without asking
  await expect(page.getByRole('status')).toHaveText('Welcome, 1000001119398804001!');
  await wallet.journal.wait({ operation: 'applyToken', resultCode: 'SUCCESS' });
});
