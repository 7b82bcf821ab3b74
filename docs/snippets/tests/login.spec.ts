import { expect, test } from 'billetera/playwright';

// H5 pages that load the super app's bridge from this address get the wallet's my.js instead.
test.use({ bridgeUrls: 'https://cdn.marmot-cloud.com/npm/hylid-bridge/**' });

test('a guest shares the photo but not the name', async ({ page, consent, wallet }) => {
  await page.goto('http://localhost:8080');
  await page.getByRole('button', { name: 'Log in' }).click();
  await consent.allowOnly(['USER_AVATAR']);
  await expect(page.getByRole('status')).toHaveText('Welcome!');
  await wallet.journal.wait({ operation: 'applyToken', resultCode: 'SUCCESS' });
});
