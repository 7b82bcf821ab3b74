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

test('a message that is pasted from a log leads to its row, which is readable on a phone', async ({ page, wallet }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await page.goto(`${wallet.url}/docs`);
  await page.getByTestId('document-search').fill('WARN finding: Body changed after signing');
  await page.keyboard.press('Enter');
  await page.getByTestId('messages-found').getByRole('link').first().click();
  const row = page.getByRole('row').filter({ has: page.locator('#finding-body-changed') });
  await expect(row).toBeInViewport();
  await expect(row.getByRole('cell')).toHaveCount(3);
  const cells = await row.getByRole('cell').evaluateAll((all) => all.map((cell) => cell.getBoundingClientRect().left));
  expect(new Set(cells).size).toBe(1);
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(390);
  expect(await violationsInEachScheme(page)).toEqual([]);
});

test('the profile page says how each operation is known, and has the note of the wallet', async ({ page, wallet }) => {
  await wallet.control('PUT', 'settings', { wallet: 'gcash' });
  await page.goto(`${wallet.url}/profile`);
  await expect(page.getByTestId('known').first()).toContainText('Documentado');
  await expect(page.getByTestId('jsapi-call').first()).toContainText('Parámetros');
  await expect(page.getByTestId('profile-note')).toContainText('Las operaciones de las dos versiones');
});
