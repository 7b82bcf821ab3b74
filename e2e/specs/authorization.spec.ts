import { violationsInEachScheme } from '../stage/audit.ts';
import { expect, test } from '../stage/test.ts';

/** The page of one authorization, and the list on the dashboard. */

test('follows a login from the consent screen to the revocation, while it happens', async ({
  context,
  shop,
  consent,
  wallet,
}) => {
  await shop.open();
  await shop.press('login-name');
  await expect(consent.heading).toBeFocused();

  const tester = await context.newPage();
  await tester.goto(`${wallet.url}/`);
  const listed = tester.getByTestId('authorization');
  await expect(listed).toHaveAttribute('data-status', 'PENDING');
  await listed.getByRole('link').click();
  await expect(tester.getByTestId('step')).toContainText(['en curso']);
  await expect(tester.getByTestId('step')).toHaveAttribute('data-running');

  await consent.scope('USER_AVATAR').uncheck();
  await consent.allow.click();
  await expect(tester.getByTestId('step')).toContainText(['getAuthCode', 'applyToken', 'inquiryUserInfo']);
  await expect(tester.getByText('en curso')).toHaveCount(0);
  await expect(tester.getByText('concedido', { exact: true })).toBeVisible();
  await expect(tester.getByText('el usuario lo rechazó')).toBeVisible();

  await expect(tester.getByTestId('authorization')).toHaveAttribute('data-status', 'EXCHANGED');
  await expect(tester.locator('.back').getByRole('link')).toHaveText('Autorizaciones');

  await tester.locator('.inspect summary').first().click();
  await wallet.control('POST', 'tokens/revoke', { userId: (await wallet.settings()).user });
  await expect(tester.getByTestId('step').last()).toContainText('revokeTokens');
  await expect(tester.getByTestId('authorization')).toHaveAttribute('data-status', 'REVOKED');
  await expect(tester.locator('.inspect').first()).toHaveAttribute('open');
});

test('has no accessibility violations, light and dark', async ({ page, wallet }) => {
  await wallet.control('POST', 'auth-codes', {
    clientId: '202016726873874774774000',
    userId: '1000001119398804004',
    scopes: ['USER_ID', 'USER_NAME'],
  });
  await page.goto(`${wallet.url}/?lang=en`);
  expect(await violationsInEachScheme(page)).toEqual([]);
  await page.getByTestId('authorization').getByRole('link').click();
  await expect(page.getByTestId('step')).toHaveCount(1);
  expect(await violationsInEachScheme(page)).toEqual([]);
});

test('is readable on a phone', async ({ page, wallet }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await wallet.control('POST', 'auth-codes', {
    clientId: '202016726873874774774000',
    userId: '1000001119398804002',
    scopes: ['USER_ID'],
  });
  await page.goto(`${wallet.url}/`);
  await page.getByTestId('authorization').getByRole('link').click();
  await expect(page.getByTestId('step')).toBeVisible();
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(390);
});
