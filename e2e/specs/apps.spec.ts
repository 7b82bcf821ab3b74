import { ask } from '../stage/ask.ts';
import { violationsInEachScheme } from '../stage/audit.ts';
import { appId, expect, test, users } from '../stage/test.ts';

/** The page on which users see what they share, and withdraw it. */

const other = '3333010071465914000';

test.beforeEach(async ({ wallet, open }) => {
  await wallet.change({ consent: 'grant' });
  await open();
});

test('without consents, the page says so', async ({ page, wallet }) => {
  await page.goto(`${wallet.url}/wallet/apps`);
  await expect(page.getByTestId('apps-empty')).toContainText('Todavía no compartes nada');
  await page.getByRole('link', { name: 'Volver al panel' }).click();
  await expect(page).toHaveURL(`${wallet.url}/`);
});

test('lists the granted scopes in words, with the day', async ({ page, wallet }) => {
  await wallet.control('PUT', 'clock', { now: '2026-05-09T15:00:00Z', frozen: true });
  await ask(page, 'USER_NAME', 'USER_ID');
  await wallet.advance('P2D');
  await ask(page, 'USER_BIRTHDAY');
  await page.goto(`${wallet.url}/wallet/apps`);

  const item = page.getByTestId(`app-${appId}`);
  await expect(item.getByRole('heading')).toHaveText('Café Aurora');
  await expect(item.getByRole('list', { name: 'Lo que compartes' }).getByRole('listitem')).toHaveText([
    'Tu nombre completo',
    'Tu fecha de nacimiento',
  ]);
  await expect(item).toContainText('Desde el 9 de mayo de 2026');
  await expect(page.getByTestId(`app-${other}`)).toHaveCount(0);
  await page.goto(`${wallet.url}/wallet/apps?lang=en`);
  await expect(item).toContainText('Since May 9, 2026');
  await expect(item.getByRole('listitem').first()).toHaveText('Your full name');
});

test('withdrawing ends the tokens, and the mini program has to ask again', async ({ page, open, wallet, platform, consent }) => {
  const { accessToken, refreshToken } = await platform.exchange((await ask(page, 'USER_NAME')).authCode);
  await wallet.change({ consent: 'ask' });
  expect(await ask(page, 'USER_NAME'), 'remembered').toMatchObject({ authSuccessScopes: ['USER_NAME'] });

  await page.goto(`${wallet.url}/wallet/apps`);
  await page.getByRole('button', { name: /^Retirar permiso ?: Café Aurora$/ }).click();
  await expect(page.getByTestId('apps-empty')).toBeVisible();

  await expect(platform.userInfo(accessToken)).rejects.toThrow('INVALID_ACCESS_TOKEN');
  await expect(platform.refresh(refreshToken)).rejects.toThrow('INVALID_REFRESH_TOKEN');
  await open();
  const ended = ask(page, 'USER_NAME');
  await consent.allow.click();
  expect(await ended).toMatchObject({ authSuccessScopes: ['USER_NAME'] });
});

test('each user has their own list', async ({ page, wallet, platform }) => {
  const { accessToken } = await platform.exchange((await ask(page, 'USER_NAME')).authCode);
  await wallet.change({ user: users.grants });
  await ask(page, 'USER_GENDER');
  await wallet.change({ user: users.asked });

  await page.goto(`${wallet.url}/wallet/apps`);
  const item = page.getByTestId(`app-${appId}`);
  await expect(item).toContainText('Tu nombre completo');
  await page.getByRole('button', { name: 'Usuario Lucía Ortuño Velarde. Cambiar de usuario' }).click();
  await page.getByRole('option', { name: /^Tomás/ }).click();
  await expect(item).toContainText('Tu género');
  await expect(item).not.toContainText('Tu nombre completo');
  expect(await wallet.settings()).toMatchObject({ user: users.grants });

  await page.getByTestId(`withdraw-${appId}`).click();
  await expect(page.getByTestId('apps-empty')).toBeVisible();
  expect(await platform.userInfo(accessToken), 'hers is left alone').toMatchObject({ userId: users.asked });
});

test('an old page cannot withdraw a consent of the user who has logged in since', async ({ page, wallet }) => {
  await ask(page, 'USER_NAME');
  await wallet.change({ user: users.grants });
  await ask(page, 'USER_NAME');
  await wallet.change({ user: users.asked });
  await page.goto(`${wallet.url}/wallet/apps`);
  await wallet.change({ user: users.grants });

  await page.getByTestId(`withdraw-${appId}`).click();
  await expect(page.getByTestId('apps-user')).toHaveValue(users.grants);
  const { consents } = await wallet.control<{ consents: { userId: string }[] }>('GET', 'consents');
  expect(consents.map(({ userId }) => userId).sort()).toEqual([users.asked, users.grants]);
});

test('works with the keyboard, at 200 % and without scripts', async ({ browser, wallet, page }) => {
  await ask(page, 'USER_NAME');
  const context = await browser.newContext({ javaScriptEnabled: false, viewport: { width: 195, height: 422 }, locale: 'es-MX' });
  const plain = await context.newPage();
  await plain.goto(`${wallet.url}/wallet/apps`);
  await plain.getByTestId(`withdraw-${appId}`).focus();
  await plain.keyboard.press('Enter');
  await expect(plain.getByTestId('apps-empty')).toBeVisible();
  expect(await plain.locator('html').evaluate((html) => html.scrollWidth)).toBeLessThanOrEqual(195);
  await context.close();
});

test('axe-core finds nothing, in both languages, light and dark, full and empty', async ({ page, wallet }) => {
  await ask(page, 'USER_NAME', 'USER_CONTACTINFO', 'SEND_MESSAGE');
  for (const user of [users.asked, users.refuses]) {
    await wallet.change({ user });
    for (const lang of ['es', 'en']) {
      await page.goto(`${wallet.url}/wallet/apps?lang=${lang}`);
      expect(await violationsInEachScheme(page), lang).toEqual([]);
    }
  }
});
