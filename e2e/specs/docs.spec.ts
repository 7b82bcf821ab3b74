import { violationsInEachScheme } from '../stage/audit.ts';
import { expect, test } from '../stage/test.ts';

/** The guides of the package, read offline in the browser. */

test.use({ locale: 'es-MX' });

test('a guide is found by a search, has pictures, and changes its language', async ({ page, wallet }) => {
  await page.goto(`${wallet.url}/docs`);
  expect(await violationsInEachScheme(page)).toEqual([]);
  await page.getByTestId('document-search').fill('token de actualización dos veces');
  await page.keyboard.press('Enter');
  const found = page.getByTestId('documents-found').getByRole('link');
  await expect(found.first()).toHaveText(/^Reproduce un rechazo › 5\. /);
  expect(await violationsInEachScheme(page)).toEqual([]);

  await found.first().click();
  const document = page.getByTestId('document');
  await expect(document.getByRole('heading', { level: 1 })).toHaveText('Reproduce un rechazo');
  await expect(page).toHaveURL(/#5-un-token-de-actualizaci/);
  await document.getByRole('img').first().scrollIntoViewIfNeeded();
  await expect
    .poll(() =>
      document
        .getByRole('img')
        .first()
        .evaluate((image: HTMLImageElement) => image.naturalWidth),
    )
    .toBeGreaterThan(0);
  expect(await violationsInEachScheme(page)).toEqual([]);

  await page.getByTestId('language').click();
  await expect(document.getByRole('heading', { level: 1 })).toHaveText('Reproduce a refusal');
});

test('the profile page says how each operation is known, and has the note of the wallet', async ({ page, wallet }) => {
  await wallet.control('PUT', 'settings', { wallet: 'gcash' });
  await page.goto(`${wallet.url}/profile`);
  await expect(page.getByTestId('known').first()).toContainText('Documentado');
  await expect(page.getByTestId('profile-note')).toContainText('Las operaciones de las dos versiones');
});
