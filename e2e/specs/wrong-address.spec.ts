import { violationsInEachScheme } from '../stage/audit.ts';
import { expect, test } from '../stage/test.ts';

/** People who come to a wrong address. */

for (const { locale, title, onward } of [
  { locale: 'es-DO', title: 'Esta página no existe', onward: 'Abrir la página Probar' },
  { locale: 'en-GB', title: 'This page doesn’t exist', onward: 'Open the playground' },
])
  test.describe(`in ${locale}`, () => {
    test.use({ locale });

    test('the page says so, light and dark, and leads on', async ({ page, wallet }) => {
      const answer = await page.goto(`${wallet.url}/playgrond`);
      expect(answer?.status()).toBe(404);
      await expect(page.getByRole('heading', { name: title })).toBeFocused();
      expect(await violationsInEachScheme(page)).toEqual([]);
      await page.getByRole('link', { name: onward }).click();
      await expect(page).toHaveURL(`${wallet.url}/playground`);
      await page.goto(`${wallet.url}/playground/?lang=en`);
      await expect(page).toHaveURL(`${wallet.url}/playground?lang=en`);
      await expect(page.locator('.phone iframe')).toBeVisible();
    });
  });
