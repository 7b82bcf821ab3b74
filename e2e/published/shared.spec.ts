import type { Page } from '@playwright/test';
import { connect, startEmulator } from 'billetera';
import { appId, test as cafe, expect } from './cafe.ts';

/** One emulator for all tests, with `emulator: { url }`, as CI starts it next to the merchant's server. Each test has its own tenant. */
const controlToken = 'a-secret-of-the-team';

const test = cafe.extend({
  emulator: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads what a fixture needs from its parameter
    async ({}, use) => {
      const shared = await startEmulator({ port: 0, controlToken });
      await use({ url: shared.url, wallet: 'superqi', controlToken });
      await shared.close();
    },
    { scope: 'worker' },
  ],
});

test.describe('on one emulator', () => {
  test.describe.configure({ mode: 'serial' });

  for (const guest of ['one', 'another']) {
    test(`${guest} guest's test has its own clock, users and wallet`, async ({ wallet, emulatorUrl }) => {
      expect(wallet.url).toMatch(new RegExp(`^${emulatorUrl}/t/test-`));
      expect((await wallet.settings.read()).wallet).toBe('superqi');
      expect((await wallet.clock.read()).frozen).toBe(false);
      await wallet.clock.freeze('2031-01-01T00:00:00Z');
      await wallet.users.add({ userId: 'own', name: guest });
    });
  }
});

test('one merchant’s server serves all tests', async ({ cafe, consent, wallet }) => {
  await wallet.settings.change({ wallet: 'platform-v2' });
  await cafe.press('login-name');
  await consent.allow();
  await expect(cafe.greeting).toHaveText('¡Hola, Lucía!');
  expect(await wallet.journal.list({ operation: 'applyToken' })).toHaveLength(1);
});

test.describe('a page with the script tag of the README', () => {
  /** @param address of the emulator, as the page writes it */
  async function login(page: Page, address: string): Promise<void> {
    const html = `<!doctype html><html lang="en"><title>Shop</title><link rel="icon" href="data:,">
      <script src="${address}/my.js" data-app-id="${appId}"></script><button>Log in</button><output></output><script>
        document.querySelector('button').addEventListener('click', async () => {
          const { authCode } = await my.getAuthCode({ scopes: ['USER_NAME'] });
          document.querySelector('output').textContent = authCode;
        });
      </script></html>`;
    await page.route('http://localhost/shop', (route) => route.fulfill({ contentType: 'text/html; charset=utf-8', body: html }));
    await page.goto('http://localhost/shop');
    await page.getByRole('button').click();
  }

  for (const host of ['127.0.0.1', 'localhost']) {
    test(`calls the test's own tenant, by the name ${host}`, async ({ page, consent, wallet, emulatorUrl }) => {
      await login(page, emulatorUrl.replace('127.0.0.1', host));
      await consent.allow();
      await expect(page.locator('output')).not.toBeEmpty();
      expect(await wallet.journal.list({ operation: 'getAuthCode' })).toHaveLength(1);
      expect(await connect(emulatorUrl, { token: controlToken }).journal.list({ operation: 'getAuthCode' })).toHaveLength(0);
    });
  }

  test('calls another tenant that the page names', async ({ page, consent, wallet, emulatorUrl }) => {
    await login(page, `${emulatorUrl}/t/named-by-the-page`);
    await consent.allow();
    await expect(page.locator('output')).not.toBeEmpty();
    expect(await wallet.journal.list({ operation: 'getAuthCode' })).toHaveLength(0);
  });

  test.describe('and a pinned tenant', () => {
    test.use({ tenant: 'pinned' });
    test.describe.configure({ mode: 'serial' });

    for (const guest of ['one', 'another']) {
      test(`calls that tenant, which is clean for ${guest} guest`, async ({ page, consent, wallet, emulatorUrl }) => {
        expect(wallet.url).toBe(`${emulatorUrl}/t/pinned`);
        expect(await wallet.journal.list({ operation: 'getAuthCode' })).toHaveLength(0);
        await login(page, emulatorUrl);
        await consent.allow();
        await expect(page.locator('output')).not.toBeEmpty();
        expect(await wallet.journal.list({ operation: 'getAuthCode' })).toHaveLength(1);
      });
    }
  });
});
