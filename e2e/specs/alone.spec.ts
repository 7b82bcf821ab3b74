import type { Page } from '@playwright/test';
import { expect, test } from '../stage/test.ts';
import type { Wallet } from '../stage/wallet.ts';

/** Screens of the wallet in a tab without a mini program. */

const expectWayOut = async (wallet: Wallet, page: Page) => {
  await page.getByRole('link', { name: 'Mini programas autorizados' }).click();
  await expect(page).toHaveURL(`${wallet.url}/wallet/apps`);
  await page.goBack();
  await page.getByRole('link', { name: 'Ir al panel' }).click();
  await expect(page).toHaveURL(`${wallet.url}/`);
};

test('the screen of an unknown request links to the apps and the dashboard', async ({ page, wallet }) => {
  await page.goto(`${wallet.url}/wallet/consent?id=nope`);
  await expect(page.getByRole('heading', { name: 'No encontramos esta solicitud' })).toBeFocused();
  await expectWayOut(wallet, page);
});

test('an answered request links to the apps and the dashboard', async ({ page, open, wallet, consent, context }) => {
  await open();
  const ended = page.evaluate(() => my.getAuthCode({ scopes: 'USER_NAME' }).catch((failure) => failure));
  const address = await consent.address();
  const alone = await context.newPage();
  await alone.goto(address);
  await alone.getByTestId('consent-allow').click();
  await expect(alone.getByRole('heading', { name: 'Listo' })).toBeVisible();
  await expect(alone.getByRole('link', { name: 'Ir al panel' })).toBeVisible();

  await alone.goto(address);
  await expect(alone.getByRole('heading', { name: 'Ya respondiste a esta solicitud' })).toBeFocused();
  await expect(alone.getByRole('button', { name: 'Cerrar' })).toHaveCount(0);
  await expectWayOut(wallet, alone);

  await consent.allow.click();
  await expect(consent.heading).toHaveText('Ya respondiste a esta solicitud');
  await expect(consent.frame.getByRole('link')).toHaveCount(0);
  await consent.frame.getByRole('button', { name: 'Cerrar', exact: true }).click();
  expect(await ended).toMatchObject({ error: 10 });
});
