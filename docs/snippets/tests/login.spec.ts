import { expect, test } from 'billetera/playwright';

// The page names a fixed address of the bridge: that of a wallet on your machine, or of the real one. It gets this test's my.js instead.
test.use({ bridgeUrls: 'http://127.0.0.1:4010/my.js' });

test('a guest who keeps the name to himself still gets in', async ({ page, consent, wallet }) => {
  await page.goto('http://localhost:8080');
  await page.getByRole('button', { name: 'Log in' }).click();
  await consent.deny(); // USER_ID is silent: it is granted even so
  await expect(page.getByRole('status')).toHaveText('Welcome, 1000001119398804001!');
  await wallet.journal.wait({ operation: 'applyToken', resultCode: 'SUCCESS' });
});
