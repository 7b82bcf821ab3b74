import type { Page } from '@playwright/test';
import { violationsInEachScheme } from '../stage/audit.ts';
import { expect, test } from '../stage/test.ts';
import { clientId, users, type Wallet } from '../stage/wallet.ts';

/** The list of calls: search, filters, older pages, and what comes in while someone reads. */

const rows = (page: Page) => page.getByTestId('calls').getByTestId('call');
const advance = async (wallet: Wallet, times: number) => {
  for (let time = 0; time < times; time++) await wallet.advance('PT1S');
};
const issueCode = (wallet: Wallet, userId: string) =>
  wallet.control('POST', 'auth-codes', { clientId, userId, scopes: ['USER_ID'] });

test('an opened row stays where it is while calls come in, and nothing is lost', async ({ page, wallet }) => {
  await advance(wallet, 5);
  await page.goto(`${wallet.url}/`);
  await expect(rows(page)).toHaveCount(6);
  await advance(wallet, 1);
  await expect(rows(page)).toHaveCount(7);

  const opened = rows(page).nth(2);
  const id = await opened.getAttribute('data-id');
  await opened.locator('summary').click();
  const row = page.locator(`[data-testid="call"][data-id="${id}"]`);
  const place = await row.boundingBox();
  await advance(wallet, 45);
  const more = page.getByTestId('calls-new');
  await expect(more).toHaveText('45 nuevas');
  expect(await row.boundingBox()).toEqual(place);
  await expect(row.locator('details')).toHaveAttribute('open');
  await more.click();
  await expect(more).toBeHidden();
  await expect(page.locator('[data-testid="call"] >> nth=0')).toBeInViewport();

  await page.goto(`${wallet.url}/`);
  await page.getByTestId('calls-hold').click();
  const first = await rows(page).first().getAttribute('data-id');
  await advance(wallet, 1);
  await expect(more).toHaveText('1 nueva');
  await expect(rows(page).first()).toHaveAttribute('data-id', first ?? '');
  await page.getByTestId('calls-hold').click();
  await expect(rows(page).first()).not.toHaveAttribute('data-id', first ?? '');

  // The link is where it was when the page scrolls to it: rows out of view have their heights.
  const older = page.getByTestId('calls-older');
  const height = await page.evaluate(() => document.documentElement.scrollHeight);
  await older.scrollIntoViewIfNeeded();
  expect(await page.evaluate(() => document.documentElement.scrollHeight)).toBe(height);
  await older.click();
  await expect(page).toHaveURL(/before=\d+/);
  await expect(rows(page)).toHaveCount(3);
});

test('a call that runs shows so, and its row turns into the finished call in its place', async ({
  shop,
  consent,
  context,
  wallet,
}) => {
  await shop.open();
  await shop.press('login-name');
  await expect(consent.heading).toBeFocused();
  const tester = await context.newPage();
  await tester.goto(`${wallet.url}/?lang=en`);
  const running = tester.locator('[data-testid="call"][data-running]');
  await expect(running).toContainText('getAuthCode');
  await expect(running.locator('.call-code')).toHaveText('running');
  expect(await violationsInEachScheme(tester)).toEqual([]);
  await running.locator('summary').click();
  await advance(wallet, 2);
  await expect(tester.getByTestId('calls-new')).toHaveText('2 new');
  const shown = await rows(tester).count();

  await consent.allow.click();
  const finished = rows(tester).first();
  await expect(finished).toHaveAttribute('data-code', 'SUCCESS');
  await expect(running).toHaveCount(0);
  await expect(finished.locator('.call-code')).toHaveText('SUCCESS');
  await expect(finished.locator('details')).toHaveAttribute('open');
  await expect(rows(tester)).toHaveCount(shown);
  await expect(tester.getByTestId('calls-new')).toBeVisible();
});

test('search and filters are in the address, and a link shows the same calls', async ({ page, context, wallet }) => {
  await page.setViewportSize({ width: 1920, height: 1000 });
  await issueCode(wallet, users.grants);
  await issueCode(wallet, users.shortLived);
  await wallet.advance('PT1S');
  await page.goto(`${wallet.url}/journal`);
  await page.getByTestId('call-search').fill('ISSUEAUTHCODE');
  await page.getByTestId('call-search').press('Enter');
  await expect(rows(page)).toHaveCount(2);
  await page.getByText('Filtros', { exact: true }).click();
  await page.locator('select[name=userId]').selectOption(users.grants);
  await page.getByRole('button', { name: 'Mostrar', exact: true }).click();
  await expect(rows(page)).toHaveCount(1);
  await expect(rows(page).locator('.call-user')).toHaveAttribute('title', users.grants);

  const other = await context.newPage();
  await other.goto(page.url());
  await expect(rows(other)).toHaveCount(1);
  await expect(other.getByTestId('call-search')).toHaveValue('ISSUEAUTHCODE');
  await issueCode(wallet, users.shortLived);
  await issueCode(wallet, users.grants);
  await expect(rows(other)).toHaveCount(2);
});

test('errors and findings lead to their calls, without accessibility violations, light and dark', async ({
  page,
  shop,
  merchant,
  request,
  wallet,
}) => {
  await page.setViewportSize({ width: 360, height: 740 });
  await shop.reuseAuthCode(request, merchant.url);

  await page.goto(`${wallet.url}/findings`);
  const finding = page.getByTestId('finding');
  await expect(finding).toHaveAttribute('data-code', 'auth-code-reused');
  await expect(finding).toContainText('Qué hacer: Guarda los tokens del primer intercambio');
  expect(await violationsInEachScheme(page)).toEqual([]);
  await finding.getByRole('link', { name: 'Todas sus llamadas' }).click();
  await expect(rows(page)).toHaveAttribute('data-code', 'USED_AUTHCODE');
  expect(await violationsInEachScheme(page)).toEqual([]);
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(360);

  await page.goto(`${wallet.url}/`);
  await page.getByRole('link', { name: 'USED_AUTHCODE applyToken' }).click();
  await expect(page).toHaveURL(/operation=applyToken&resultCode=USED_AUTHCODE/);
  await expect(rows(page)).toHaveCount(1);
});
