import { readFile } from 'node:fs/promises';
import { ask } from '../stage/ask.ts';
import { frameOf } from '../stage/audit.ts';
import { addProfile } from '../stage/profiles.ts';
import { appId, expect, test, users } from '../stage/test.ts';

/** The consent screen. */

const profile = new URL('../../fixtures/wallets/platform-v2.json', import.meta.url);

test.describe('works', () => {
  test('with the keyboard alone', async ({ page, shop, consent }) => {
    await shop.open();
    const button = page.getByTestId('login-name');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Tab');
    await expect(button).toBeFocused();
    await page.keyboard.press('Enter');
    await expect(consent.heading).toBeFocused();

    const focus = consent.frame.locator(':focus');
    const next = async (key: string) => {
      await page.keyboard.press(key);
      await expect(consent.sheet, 'the focus stays in the sheet').toBeFocused();
      return focus.evaluate((element: HTMLElement) => element.dataset.testid ?? element.textContent?.trim() ?? '');
    };
    const stops: string[] = [];
    for (let stop = await next('Tab'); !stops.includes(stop); stop = await next('Tab')) {
      stops.push(stop);
      if (stop === 'scope-USER_NAME') await page.keyboard.press('Space');
    }
    // Tab wrapped around. The close button comes before the heading, which had the focus first.
    expect(stops.filter((stop) => /^(consent|scope)-/.test(stop))).toEqual([
      'consent-user',
      'scope-USER_NAME',
      'scope-USER_AVATAR',
      'consent-deny',
      'consent-allow',
      'consent-close',
    ]);
    await expect(consent.scope('USER_NAME')).not.toBeChecked();
    while ((await next('Shift+Tab')) !== 'consent-allow');
    await page.keyboard.press('Enter');

    await expect(shop.avatar).toBeVisible();
    await expect(shop.greeting).toHaveText('¡Hola!');
    await expect(button, 'the focus is back where it was').toBeFocused();
  });

  test('by touch', async ({ page, shop, consent }) => {
    await shop.open();
    await page.getByTestId('login-name').tap();
    await consent.frame.getByText('Tu foto de perfil', { exact: true }).tap();
    await expect(consent.scope('USER_AVATAR')).not.toBeChecked();
    await consent.allow.tap();
    await expect(shop.greeting).toHaveText('¡Hola, Lucía!');
    await expect(shop.avatar).toBeHidden();
  });

  test('on a small phone, with all scopes', async ({ page, open, consent }) => {
    await page.setViewportSize({ width: 320, height: 568 });
    await open();
    const { scopes } = JSON.parse(await readFile(profile, 'utf8'));
    const asked = Object.keys(scopes).filter((scope) => scopes[scope].consent === 'asked');
    const ended = ask(page, ...asked);
    await expect(consent.allow).toBeInViewport({ ratio: 1 });
    await expect(consent.deny).toBeInViewport({ ratio: 1 });
    const frame = await frameOf(consent.sheet);
    expect(await frame.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(320);
    await consent.scope(asked.at(-1) ?? '').tap();
    await consent.allow.tap();
    expect(await ended).toMatchObject({ authErrorScopes: { [asked.at(-1) ?? '']: '10001' } });
  });

  test('while the page below it cannot be used, and is unchanged afterwards', async ({ page, shop, consent }) => {
    await shop.open();
    await shop.press('login-name');
    await expect(consent.screen).toBeVisible();
    const onTop = () =>
      page.getByTestId('login-silent').evaluate((button) => {
        const { x, y, width, height } = button.getBoundingClientRect();
        return document.elementFromPoint(x + width / 2, y + height / 2)?.tagName;
      });
    expect(await onTop()).toBe('IFRAME');
    await consent.close.click();
    await expect(consent.sheet).toHaveCount(0);
    expect(await onTop()).toBe('BUTTON');
  });
});

test.describe('shows', () => {
  test.beforeEach(async ({ open }) => {
    await open();
  });

  test('the data that would be shared: short data at once, unmasked, and longer data on demand', async ({ page, consent }) => {
    const ended = ask(page, 'USER_NAME', 'USER_CONTACTINFO', 'USER_AVATAR', 'USER_ADDRESS', 'USER_LOGIN_ID');
    const scope = (name: string) => consent.frame.getByRole('listitem').filter({ has: consent.scope(name) });
    await expect(scope('USER_NAME')).toHaveText('Tu nombre completo Lucía Inés Ortuño Velarde');
    await expect(scope('USER_CONTACTINFO')).toContainText('+525501427390 · lucia.ortuno@example.com');
    await expect(scope('USER_LOGIN_ID'), 'masked as it is shared').toContainText('+5255****7390');
    await expect(scope('USER_AVATAR').getByRole('img', { name: 'Imagen' })).toBeVisible();
    const address = consent.frame.getByText('Jacarandas 128').first();
    await expect(address).toBeHidden();
    await consent.frame.getByText('Ver qué se comparte').click();
    await expect(address).toBeVisible();
    await consent.deny.click();
    await ended;
  });

  test('no silent scope', async ({ page, consent }) => {
    const ended = ask(page, 'USER_ID', 'auth_base', 'USER_NICKNAME');
    await expect(consent.scope('USER_NICKNAME')).toBeChecked();
    await expect(consent.frame.getByRole('checkbox', { name: /./ }).and(consent.frame.locator('[name=scope]'))).toHaveCount(1);
    await consent.deny.click();
    await ended;
  });

  test('a required scope that cannot be unticked', async ({ page, consent, wallet }) => {
    const strict = JSON.parse(await readFile(profile, 'utf8'));
    strict.scopes.USER_NAME.required = true;
    await wallet.change({ wallet: addProfile({ ...strict, name: 'requires-the-name' }) });

    const ended = ask(page, 'USER_NAME', 'USER_GENDER');
    await expect(consent.scope('USER_NAME')).toBeChecked();
    await expect(consent.scope('USER_NAME')).toBeDisabled();
    await consent.scope('USER_GENDER').uncheck();
    await consent.allow.click();
    expect(await ended).toMatchObject({ authSuccessScopes: ['USER_NAME'], authErrorScopes: { USER_GENDER: '10001' } });
  });

  test('that at least one scope must be ticked to allow', async ({ page, consent }) => {
    const ended = ask(page, 'USER_NAME', 'USER_GENDER');
    await consent.scope('USER_NAME').uncheck();
    await consent.scope('USER_GENDER').uncheck();
    await expect(consent.allow).toBeDisabled();
    await expect(consent.frame.getByRole('status')).toHaveText('Elige al menos uno para permitir, o rechaza.');
    await consent.scope('USER_GENDER').check();
    await consent.allow.click();
    expect(await ended).toMatchObject({ authSuccessScopes: ['USER_GENDER'] });
  });

  test('names as text, never as markup', async ({ page, consent, wallet }) => {
    const name = '<b>HTML</b> & <img src=x onerror=alert(1)> {{user.userId}} {app}';
    await wallet.control('PATCH', `apps/${appId}`, { name, termsUrl: 'https://terms.example/?a="><b>1' });
    await wallet.control('POST', 'users', { userId: '9001', name, note: name, nickName: name });
    await wallet.change({ user: '9001' });
    const alerts: string[] = [];
    page.on('dialog', async (dialog) => {
      alerts.push(dialog.message());
      await dialog.dismiss();
    });

    const ended = ask(page, 'USER_NICKNAME');
    await expect(consent.app).toHaveText(name);
    await expect(consent.frame.getByRole('listitem')).toHaveText(`Tu apodo ${name}`);
    const account = consent.frame.locator('[role=option][aria-selected=true]');
    await expect(account).toContainText(`${name} Decide en la pantalla de consentimiento. ${name}`);
    await expect(consent.scope('USER_NICKNAME')).toHaveAccessibleDescription(name);
    await expect(consent.frame.locator('b, img[src=x]')).toHaveCount(0);
    await expect(page).toHaveTitle('Mini programa');
    await consent.allow.click();
    await ended;
    expect(alerts).toEqual([]);
  });
});

test.describe('the user', () => {
  const second = { userId: '9002', name: 'Noé Valdivia', nickName: 'Noé', locale: 'es-MX' };

  test.beforeEach(async ({ wallet, open }) => {
    await wallet.control('POST', 'users', second);
    await open();
  });

  test('can be changed on the screen, and stays logged in', async ({ page, consent, wallet, platform }) => {
    const ended = ask(page, 'USER_NICKNAME');
    await consent.choose(second.userId);
    await expect(consent.user).toHaveValue(second.userId);
    await expect(consent.frame.getByRole('strong')).toHaveText(second.name);
    expect(await wallet.settings()).toMatchObject({ user: second.userId });
    await consent.allow.click();

    const { accessToken } = await platform.exchange((await ended).authCode);
    expect(await platform.userInfo(accessToken)).toEqual({ userId: second.userId, nickName: 'Noé' });
    const silent = await platform.exchange((await ask(page, 'USER_ID')).authCode);
    expect(silent.customerId).toBe(second.userId);
  });

  test('with a behaviour ends the screen', async ({ page, consent }) => {
    const ended = ask(page, 'USER_NICKNAME');
    await consent.choose(users.refuses);
    expect(await ended).toMatchObject({ error: 11 });
    await expect(consent.sheet).toHaveCount(0);
  });

  test('stays logged in if the screen is closed', async ({ page, consent, wallet }) => {
    const ended = ask(page, 'USER_NICKNAME');
    await consent.choose(second.userId);
    await expect(consent.frame.getByRole('strong')).toHaveText(second.name);
    await consent.close.click();
    expect(await ended).toMatchObject({ error: 1001 });
    expect(await wallet.settings()).toMatchObject({ user: second.userId });
  });
});
