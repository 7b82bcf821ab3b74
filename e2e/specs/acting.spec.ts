import { violations, violationsInEachScheme } from '../stage/audit.ts';
import { clientId, expect, test, users } from '../stage/test.ts';

/** A tester acts in the pages: on the clock, tokens, users, merchants, settings and tenants, and with the reset. */

test.use({ locale: 'en-US', viewport: { width: 1440, height: 900 } });

test('moves the clock and ends tokens on the page of an authorization, without leaving it', async ({ page, wallet }) => {
  await wallet.control('POST', 'tokens', { clientId, userId: users.grants, scopes: ['USER_ID'] });
  await page.goto(`${wallet.url}/`);
  await page.getByTestId('authorization').getByRole('link').click();
  const clock = page.getByTestId('clock');
  await page.getByTestId('clock-freeze').click();
  await expect(clock).toContainText('frozen');
  await expect(page.getByTestId('clock-freeze')).toHaveText('Run');
  await expect(page.getByTestId('clock-freeze')).toBeFocused();

  const shown = async () => Date.parse((await clock.locator('time').getAttribute('datetime')) ?? '');
  const before = await shown();
  await page.getByTestId('clock-advance').filter({ hasText: '+1 min' }).click();
  await expect.poll(shown).toBe(before + 60_000);
  await wallet.advance('PT1M');
  await expect.poll(shown, 'it follows a change from elsewhere').toBe(before + 120_000);

  await page.getByTestId('token-expire').first().click();
  await page.getByTestId('token-expire-confirm').first().click();
  await expect(page.locator('[data-kind="accessToken"] .lifetime-state')).toContainText('expired');
  await page.getByTestId('clock-to-expiry').click();
  await expect(page.getByTestId('authorization')).toHaveAttribute('data-status', 'EXPIRED');

  await page.getByTestId('token-revoke').click();
  await page.getByTestId('token-revoke-confirm').click();
  await expect(page.getByTestId('authorization')).toHaveAttribute('data-status', 'REVOKED');
  await expect(page.getByTestId('token-revoke')).toHaveCount(0);
  await wallet.control('PUT', 'clock', { frozen: false });
  await expect(page.getByTestId('clock-freeze')).toHaveText('Freeze');
  expect(await violations(page.mainFrame())).toEqual([]);
});

test('logs users in, and undoes what the drawer did to one', async ({ page, wallet }) => {
  await wallet.control('PATCH', `users/${users.asked}`, { behaviour: { consent: 'deny' } });
  await page.goto(`${wallet.url}/playground`);
  const phone = page.locator('.phone iframe');
  await phone.evaluate((frame) => frame.setAttribute('data-same', 'yes'));
  await page.getByTestId('user-menu').locator('summary').click();
  await page.getByTestId('user-menu').getByRole('button', { name: 'Reset behaviour' }).click();
  await expect(page.getByRole('status').filter({ hasText: 'as in the test data' })).toBeVisible();
  await expect(phone, 'the phone stays').toHaveAttribute('data-same', 'yes');

  await page.goto(`${wallet.url}/users`);
  await page.getByLabel('Search').fill('refuses everything');
  const harriet = page.getByTestId('user').filter({ visible: true });
  await expect(harriet).toHaveCount(1);
  await harriet.getByTestId('user-login').click();
  await expect(page.getByTestId('user-menu').locator('summary')).toContainText('Harriet');
  expect((await wallet.settings()).user).toBe(users.refuses);
  expect(await violations(page.mainFrame())).toEqual([]);
});

test('suspends a merchant, makes a key, and corrects a form that was refused', async ({ page, wallet }) => {
  await page.goto(`${wallet.url}/clients`);
  const aurora = page.getByTestId('client').first();
  await aurora.getByTestId('client-suspend').click();
  await expect(aurora.getByTestId('client-activate')).toBeVisible();
  await aurora.getByTestId('client-key').click();
  await aurora.getByTestId('client-key-confirm').click();
  await expect(page.getByTestId('private-key')).toContainText('BEGIN PRIVATE KEY');
  expect(await violations(page.mainFrame())).toEqual([]);

  await aurora.getByTestId('client-edit').click();
  await page.getByLabel('Address for notifications').fill('shop.example');
  await page.getByTestId('save').click();
  await expect(page.getByTestId('problem')).toContainText('notifyUrl: expected');
  await expect(page.getByLabel('Address for notifications')).toHaveValue('shop.example');
  expect(await violations(page.mainFrame())).toEqual([]);
  await page.getByLabel('Address for notifications').fill('https://shop.example/notify');
  await page.getByTestId('save').click();
  await expect(page.getByRole('status').filter({ hasText: 'Saved.' })).toBeVisible();
});

test('changes wallet, settings and tenant, and resets, also without a script', async ({ browser, wallet }) => {
  const context = await browser.newContext({ javaScriptEnabled: false, locale: 'en-US' });
  const page = await context.newPage();
  await page.goto(`${wallet.url}/settings`);
  await page.getByTestId('wallet-menu').locator('summary').click();
  await page
    .getByTestId('wallet-menu')
    .getByRole('button', { name: /VodaPay/ })
    .click();
  await expect(page.getByTestId('wallet-menu').locator('summary')).toContainText('VodaPay');
  await expect(page).toHaveURL(/\/settings\?done=/);
  await page.getByLabel('First screen').selectOption('refuse');
  await page.getByTestId('settings-save').click();
  await expect(page.getByLabel('First screen')).toHaveValue('refuse');
  expect(await wallet.settings()).toMatchObject({ wallet: 'vodapay', firstScreen: 'refuse' });

  await page.getByTestId('clock-freeze').click();
  await expect(page.getByTestId('clock')).toContainText('frozen');
  const name = wallet.url.split('/').at(-1) ?? '';
  await page.goto(`${new URL(wallet.url).origin}/`);
  await page.getByTestId('tenant-menu').locator('summary').click();
  await page.getByTestId('tenant-menu').getByRole('link', { name }).click();
  await expect(page).toHaveURL(`${wallet.url}/`);
  await page.getByTestId('reset').click();
  await expect(page.getByTestId('reset-drops')).toContainText('Tokens: 0');
  await page.getByTestId('reset-confirm').click();
  await expect(page.getByRole('status').filter({ hasText: 'was reset' })).toBeVisible();
  expect(await wallet.settings()).toMatchObject({ wallet: 'platform-v2', firstScreen: 'note' });
  await context.close();
});

for (const path of [
  '/',
  '/authorizations',
  '/users',
  '/clients',
  '/settings',
  '/reset',
  '/report',
  `/users/${users.asked}`,
  '/add-client',
])
  test(`the header and ${path} fit a phone, light and dark`, async ({ page, wallet }) => {
    await page.setViewportSize({ width: 390, height: 844 });
    await page.goto(`${wallet.url}${path}`);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(390);
    expect(await violationsInEachScheme(page)).toEqual([]);
  });
