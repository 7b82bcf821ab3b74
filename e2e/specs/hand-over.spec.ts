import { readFile } from 'node:fs/promises';
import type { Page } from '@playwright/test';
import { violations } from '../stage/audit.ts';
import { start } from '../stage/process.ts';
import { expect, test, users } from '../stage/test.ts';

/** A tester hands over what they saw: a report that another person opens, and a snapshot that another tenant loads. */

/** Presses a link that downloads a file. @returns the path of the file */
async function download(page: Page, testId: string): Promise<string> {
  const downloading = page.waitForEvent('download');
  await page.getByTestId(testId).click();
  return (await downloading).path();
}

test('a tester downloads a report of a failed log-in, and another person reads why it failed', async ({
  page,
  browser,
  wallet,
  shop,
  request,
  merchant,
}) => {
  await shop.reuseAuthCode(request, merchant.url);
  const [{ authCode }] = (await wallet.calls('applyToken')).map(({ request: { body } }) => JSON.parse(body));
  const { authCode: whole } = await shop.callback();
  await page.goto(`${wallet.url}/`);
  await page.locator('#more-menu summary').click();
  await expect(page.locator('#more-menu').getByRole('link').last()).toBeInViewport({ ratio: 1 });
  await page.getByTestId('report-problem').click();
  await page.getByTestId('report-comment').fill('I expected the card of Lucía.');
  const file = await download(page, 'report-download');
  const content = await readFile(file, 'utf8');
  expect(content).toContain(authCode);
  expect(content, 'the report has no whole code').not.toContain(whole);
  expect(content, 'the report has no data of the user').not.toMatch(/Lucía|Ortuño/);

  const viewer = await start('dist/bin/main.js', ['report', 'open', file, '--port', '0']);
  try {
    for (const [locale, banner, reason, advice] of [
      ['es-MX', 'Es de solo lectura', 'ya lo intercambió', 'Guarda los tokens del primer intercambio'],
      ['en-US', 'It is read-only', 'was exchanged at', 'Store the tokens of the first exchange'],
    ] as const) {
      const context = await browser.newContext({ locale });
      const other = await context.newPage();
      await other.goto(viewer.url);
      await expect(other.getByTestId('report-banner')).toContainText(banner);
      await expect(other.getByTestId('report-comment')).toHaveText('I expected the card of L***.');
      await expect(other.getByTestId('clock')).toBeVisible();
      for (const action of ['clock-freeze', 'wallet-menu', 'user-menu', 'tenant-menu', 'reset', 'calls-hold'])
        await expect(other.getByTestId(action)).toBeHidden();
      expect(await violations(other.mainFrame())).toEqual([]);

      await other.getByTestId('authorization').getByRole('link').first().click();
      const used = other.getByTestId('step').filter({ has: other.locator('[data-code="auth-code-reused"]') });
      await expect(used).toHaveAttribute('data-result', 'F');
      await expect(other.getByTestId('token-revoke')).toHaveCount(0);
      expect(await violations(other.mainFrame())).toEqual([]);
      await used.getByRole('link').click();
      await expect(other.getByTestId('reason')).toContainText(reason);
      await expect(other.getByTestId('finding').filter({ hasText: advice })).toBeVisible();
      await context.close();
    }
  } finally {
    await viewer.stop();
  }
});

test('a tester downloads a snapshot and loads it later, and the page says what is replaced', async ({ page, wallet }) => {
  await wallet.change({ user: users.refuses });
  await page.goto(`${wallet.url}/`);
  const file = await download(page, 'hand-over-snapshot');
  await wallet.change({ user: users.grants });
  await page.goto(`${wallet.url}/`);
  await page.getByTestId('hand-over-load').click();
  await page
    .getByTestId('snapshot-file')
    .setInputFiles({ name: 'a.json', mimeType: 'application/json', buffer: Buffer.from('{') });
  await expect(page.getByLabel('Contenido del archivo')).toHaveValue('{');
  await page.getByTestId('snapshot-check').click();
  await expect(page.getByTestId('problem')).toContainText('esto no es JSON');
  expect(await violations(page.mainFrame())).toEqual([]);

  await page.getByTestId('snapshot-file').setInputFiles(file);
  await expect(page.getByLabel('Contenido del archivo')).toHaveValue(/"consents"/);
  await page.getByTestId('snapshot-check').click();
  await expect(page.getByTestId('snapshot-changes')).toContainText('Harriet');
  expect((await wallet.settings()).user, 'nothing has changed yet').toBe(users.grants);
  expect(await violations(page.mainFrame())).toEqual([]);
  await page.getByTestId('snapshot-confirm').click();
  await expect(page.getByRole('status').filter({ hasText: 'La instantánea se cargó.' })).toBeVisible();
  expect((await wallet.settings()).user).toBe(users.refuses);
});
