import { ask, granted } from '../stage/ask.ts';
import { addProfile } from '../stage/profiles.ts';
import { appId, expect, test, users } from '../stage/test.ts';

/** Authorizations that are decided without a screen. */

test.describe('the setting consent', () => {
  test.beforeEach(async ({ open }) => {
    await open();
  });

  test('grant: all scopes are granted without a screen', async ({ page, wallet, consent }) => {
    await wallet.change({ consent: 'grant' });
    expect(await ask(page, 'USER_NAME', 'auth_base')).toMatchObject({
      authSuccessScopes: expect.arrayContaining(['USER_NAME', 'auth_base']),
      authErrorScopes: {},
    });
    await expect(consent.sheet).toHaveCount(0);
  });

  test('deny: all scopes but the silent ones are refused without a screen', async ({ page, wallet, consent }) => {
    await wallet.change({ consent: 'deny' });
    expect(await ask(page, 'USER_NAME')).toMatchObject({ error: 11, authErrorScopes: { USER_NAME: '10001' } });
    expect(await ask(page, 'USER_ID')).toEqual(granted('USER_ID'));
    await expect(consent.sheet).toHaveCount(0);
  });

  test('yields to the user’s own behaviour', async ({ page, wallet }) => {
    await wallet.change({ consent: 'deny', user: users.grants });
    expect(await ask(page, 'USER_NAME')).toMatchObject({ authSuccessScopes: ['USER_NAME'] });
    await wallet.change({ consent: 'grant', user: users.refuses });
    expect(await ask(page, 'USER_NAME')).toMatchObject({ error: 11 });
  });
});

test.describe('a granted scope', () => {
  test.beforeEach(async ({ open, page, consent }) => {
    await open();
    const ended = ask(page, 'USER_NAME');
    await consent.allow.click();
    await ended;
  });

  test('is not asked for again; only a new scope is', async ({ page, consent }) => {
    expect(await ask(page, 'USER_NAME')).toEqual(granted('USER_NAME'));
    const ended = ask(page, 'USER_NAME', 'USER_GENDER');
    await expect(consent.scope('USER_GENDER')).toBeVisible();
    await expect(consent.scope('USER_NAME')).toHaveCount(0);
    await consent.deny.click();
    expect(await ended).toMatchObject({ authErrorScopes: { USER_GENDER: '10001' }, authSuccessScopes: ['USER_NAME'] });
  });

  test('is asked for each time if the setting remember is off', async ({ page, consent, wallet }) => {
    await wallet.change({ remember: false });
    for (const _time of ['second', 'third']) {
      const ended = ask(page, 'USER_NAME');
      await consent.allow.click();
      expect(await ended).toEqual(granted('USER_NAME'));
    }
    await wallet.change({ remember: true });
    expect(await ask(page, 'USER_NAME')).toEqual(granted('USER_NAME'));
  });

  test('counts for one user and one mini program', async ({ page, open, consent, wallet }) => {
    await open({ bridge: `<script src="${wallet.bridge}?appId=3333010071465914000"></script>` });
    const elsewhere = ask(page, 'USER_NAME');
    await expect(consent.app).toContainText('Librería El Faro');
    await consent.deny.click();
    await elsewhere;
    await open();
    await wallet.change({ user: '1000001119398804006' });
    const another = ask(page, 'USER_NAME');
    await consent.deny.click();
    expect(await another).toMatchObject({ error: 11 });
  });
});

test('names that contain HTML stay text, in the page, in the bridge and on the screen', async ({
  page,
  open,
  wallet,
  consent,
}) => {
  const name = '</script><img src=x onerror="window.hacked=1">&amp;{app}';
  const profile = addProfile({ extends: 'platform-v2', name: 'named', title: name, brand: { name, color: '#0b6e4f' } });
  await wallet.change({ wallet: profile, user: '1000001119398804015' });
  await wallet.control('PATCH', `apps/${appId}`, { name });
  await open({ body: '<button>Entrar</button>' });

  expect(await page.evaluate(() => my.getSiteInfo())).toEqual({ siteName: name });
  const ended = ask(page, 'auth_user');
  const sheet = page.locator('iframe');
  expect(await sheet.getAttribute('title')).toBe(name);
  const screen = sheet.contentFrame();
  await expect(screen.getByTestId('consent-app')).toHaveText(name);
  await expect(screen.getByRole('strong')).toHaveText('<b>Odalys</b> & "Vega"');
  await screen.locator('.value summary').click();
  await expect(screen.getByText('<i>404</i> Angle Bracket Avenue')).toBeVisible();
  await expect(screen.locator('b, i, img[src=x]')).toHaveCount(0);
  await screen.getByTestId('consent-allow').click();
  expect(await ended).toMatchObject({ authSuccessScopes: ['auth_user'] });

  for (const path of ['wallet/apps', '']) {
    await page.goto(`${wallet.url}/${path}`);
    await expect(page.getByText(name).first()).toBeVisible();
    await expect(page.locator('img[src=x]')).toHaveCount(0);
  }
  expect(await page.evaluate(() => Reflect.get(window, 'hacked'))).toBeUndefined();
  await expect(consent.sheet).toHaveCount(0);
});
