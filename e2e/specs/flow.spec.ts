import { clientId, expect, test, users } from '../stage/test.ts';

/** The flow of a user's authorization: mini program [1.1] → merchant's server [2] → platform [2.2] → mini program [2.4]. */

test.beforeEach(async ({ shop }) => {
  await shop.open();
});

test.describe('the user is asked', () => {
  test('for nothing if only USER_ID is requested', async ({ shop, wallet }) => {
    await shop.press('login-silent');

    await expect(shop.greeting).toHaveText('¡Hola!');
    expect(await shop.callback()).toEqual({
      authCode: expect.any(String),
      authSuccessScopes: ['USER_ID'],
      authErrorScopes: {},
    });
    expect(shop.screens).toEqual([]);
    expect(await wallet.calls('applyToken')).toMatchObject([{ resultCode: 'SUCCESS', signature: { verified: true } }]);
  });

  test('and allows: the merchant knows the name and the photo', async ({ shop, consent }) => {
    await shop.press('login-name');
    await expect(consent.app).toHaveText('Café Aurora');
    await consent.allow.click();

    await expect(shop.greeting).toHaveText('¡Hola, Lucía!');
    await expect(shop.avatar).toBeVisible();
    await expect(shop.avatar, 'the picture is there').not.toHaveJSProperty('naturalWidth', 0);
    await expect(consent.sheet).toHaveCount(0);
    expect(await shop.callback()).toMatchObject({ authSuccessScopes: ['USER_NAME', 'USER_AVATAR'], authErrorScopes: {} });
  });

  test('and allows one scope of two: the other cannot be read', async ({ shop, consent }) => {
    await shop.press('login-name');
    await consent.scope('USER_NAME').uncheck();
    await consent.allow.click();

    await expect(shop.avatar).toBeVisible();
    await expect(shop.greeting).toHaveText('¡Hola!');
    expect(await shop.callback()).toMatchObject({
      authSuccessScopes: ['USER_AVATAR'],
      authErrorScopes: { USER_NAME: '10001' },
    });
    const { profile } = await shop.merchant();
    expect(Object.keys(profile ?? {})).toEqual(['avatar']);
  });

  test('and refuses: error 11, and 10001 for each scope', async ({ shop, consent, wallet }) => {
    await shop.press('login-name');
    await consent.deny.click();

    expect(await shop.callback()).toEqual({
      error: 11,
      errorMessage: expect.any(String),
      authErrorScopes: { USER_NAME: '10001', USER_AVATAR: '10001' },
    });
    await expect(consent.sheet).toHaveCount(0);
    await expect(shop.greeting).toHaveText('Aún no nos conocemos.');
    expect(await wallet.calls('applyToken')).toEqual([]);
  });

  for (const way of ['by its x', 'by Escape']) {
    test(`and closes the screen ${way}: error 1001`, async ({ page, shop, consent }) => {
      await shop.press('login-contact');
      await expect(consent.heading).toBeFocused();
      if (way === 'by Escape') await page.keyboard.press('Escape');
      else await consent.close.click();

      expect(await shop.callback()).toEqual({
        error: 1001,
        errorMessage: expect.any(String),
        authErrorScopes: { USER_CONTACTINFO: '10001' },
      });
      await expect(consent.sheet).toHaveCount(0);
    });
  }

  test('once: allowed scopes are remembered', async ({ page, shop, consent }) => {
    await shop.press('login-name');
    await consent.allow.click();
    await expect(shop.greeting).toHaveText('¡Hola, Lucía!');

    await page.reload();
    await shop.press('login-name');
    await expect(shop.greeting).toHaveText('¡Hola, Lucía!');
    expect(shop.screens).toHaveLength(1);
  });

  test('again for another scope, and after a refusal', async ({ shop, consent }) => {
    await shop.press('login-name');
    await consent.deny.click();
    await expect(consent.sheet).toHaveCount(0);

    await shop.press('login-name');
    await consent.allow.click();
    await expect(shop.greeting).toHaveText('¡Hola, Lucía!');

    await shop.press('login-contact');
    await expect(consent.scope('USER_CONTACTINFO')).toBeVisible();
    await expect(consent.scope('USER_NAME')).toHaveCount(0);
    await consent.allow.click();
    expect((await shop.merchant()).profile).toHaveProperty('contactInfos');
  });
});

test.describe('an authCode', () => {
  test('works once', async ({ shop, request, merchant, wallet }) => {
    const second = await shop.reuseAuthCode(request, merchant.url);

    expect(await second.json()).toMatchObject({ ok: false, resultCode: 'USED_AUTHCODE' });
    const [call] = await wallet.calls('applyToken');
    expect(call?.findings).toContain('auth-code-reused');
  });

  test('expires', async ({ page, shop, wallet }) => {
    await page.route('**/login', async (route) => {
      await wallet.advance('P2D');
      await route.continue();
    });
    await shop.press('login-silent');

    expect(await shop.merchant()).toMatchObject({ ok: false, resultCode: 'EXPIRED_AUTHCODE' });
  });

  test('is useless to a merchant who cannot sign', async ({ page, shop, wallet, emulator }) => {
    await page.route('**/login', (route) => route.fulfill({ json: { ok: true } }));
    await shop.press('login-silent');
    const { authCode } = await shop.callback();

    const response = await fetch(`${emulator.url}/v2/authorizations/applyToken`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        'client-id': clientId,
        'request-time': new Date().toISOString(),
      },
      body: JSON.stringify({ grantType: 'AUTHORIZATION_CODE', authCode }),
    });

    expect(await response.json()).toMatchObject({ result: { resultStatus: 'F', resultCode: 'INVALID_SIGNATURE' } });
    expect(await wallet.calls('applyToken')).toMatchObject([{ resultCode: 'INVALID_SIGNATURE' }]);
  });
});

test.describe('an access token', () => {
  test('expires, and is refreshed without the user', async ({ shop, consent, wallet }) => {
    await shop.press('login-name');
    await consent.allow.click();
    await expect(shop.greeting).toHaveText('¡Hola, Lucía!');

    await wallet.advance('PT3H');
    await shop.press('profile');
    expect(await shop.merchant()).toMatchObject({ ok: false, resultCode: 'EXPIRED_ACCESS_TOKEN' });

    await shop.press('refresh');
    expect(await shop.merchant()).toMatchObject({ ok: true });
    await shop.press('profile');
    expect(await shop.merchant()).toMatchObject({ ok: true, profile: { userName: { firstName: 'Lucía' } } });
    expect(shop.screens).toHaveLength(1);
  });

  test('cannot be refreshed forever', async ({ shop, wallet }) => {
    await shop.press('login-silent');
    await expect(shop.greeting).toHaveText('¡Hola!');

    await wallet.advance('P31D');
    await shop.press('refresh');
    expect(await shop.merchant()).toMatchObject({ ok: false, resultCode: 'EXPIRED_REFRESH_TOKEN' });
  });

  test('reads nothing after a revocation, and the user is asked again', async ({ page, shop, consent, platform }) => {
    await page.route('**/login', (route) => route.fulfill({ json: { ok: true } }), { times: 1 });
    await shop.press('login-name');
    await consent.allow.click();
    const { accessToken, refreshToken } = await platform.exchange((await shop.callback()).authCode);
    expect(await platform.userInfo(accessToken)).toMatchObject({ userId: users.asked });

    await platform.revoke(accessToken);

    await expect(platform.userInfo(accessToken)).rejects.toThrow('INVALID_ACCESS_TOKEN');
    await expect(platform.refresh(refreshToken)).rejects.toThrow('INVALID_REFRESH_TOKEN');
    await shop.press('login-name');
    await expect(consent.screen).toBeVisible();
  });

  test('is revoked when the user logs out of the mini program', async ({ shop, wallet }) => {
    await shop.press('login-silent');
    await expect(shop.greeting).toHaveText('¡Hola!');

    await shop.press('logout');
    await expect(shop.greeting).toHaveText('Hasta pronto.');
    expect(await wallet.calls('revoke')).toMatchObject([{ resultCode: 'SUCCESS' }]);
    await shop.press('profile');
    expect(await shop.merchant()).toMatchObject({ ok: false, resultCode: 'NO_SESSION' });
  });
});

test('neither the userId nor a token ever reaches the mini program', async ({ page, shop, consent, wallet }) => {
  const crossed: Promise<string>[] = [];
  const keep = (text: string) => crossed.push(Promise.resolve(text));
  page.on('response', (response) => {
    // The sheet is a document of the wallet, on the wallet's origin.
    if (response.request().frame() !== page.mainFrame()) return;
    keep(JSON.stringify([response.url(), response.headers()]));
    crossed.push(response.text().catch(() => ''));
  });
  page.on('console', (message) => keep(message.text()));
  await page.exposeFunction('crossed', keep);
  await page.addInitScript(() => {
    window.addEventListener('message', ({ data }) => Reflect.get(window, 'crossed')(JSON.stringify(data)), true);
  });

  await shop.open();
  await shop.press('login-name');
  await consent.allow.click();
  await expect(shop.greeting).toHaveText('¡Hola, Lucía!');
  await shop.press('profile');
  await shop.merchant();
  await shop.press('refresh');
  await shop.merchant();
  keep(await page.content());
  keep(await page.evaluate(() => JSON.stringify([document.cookie, { ...localStorage }, { ...sessionStorage }])));

  const everything = (await Promise.all(crossed)).join('\n');
  expect(everything, 'only the authCode crosses').toMatch(/authCode\W+281011/);
  expect(everything).not.toContain(users.asked);
  const { tokens } = await wallet.control<{ tokens: object[] }>('GET', 'tokens');
  expect(tokens.length, 'there are tokens').toBeGreaterThan(0);
  for (const beginning of ['28101003', '28101004']) expect(everything).not.toContain(beginning);
});

test("a suspended merchant's mini program may not ask", async ({ shop, wallet }) => {
  await wallet.control('PATCH', `clients/${clientId}`, { status: 'SUSPENDED' });
  await shop.press('login-silent');
  expect(await shop.callback()).toMatchObject({ error: 4, errorMessage: expect.stringContaining('suspended') });
});
