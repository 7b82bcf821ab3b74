import { startEmulator } from 'billetera';
import { test as cafe, expect } from './cafe.ts';

/** One emulator for all tests, with `emulator: { url }`, as CI starts it next to the merchant's server. Each test has its own tenant. */

const test = cafe.extend({
  emulator: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads what a fixture needs from its parameter
    async ({}, use) => {
      const shared = await startEmulator({ port: 0 });
      await use({ url: shared.url, wallet: 'superqi' });
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
