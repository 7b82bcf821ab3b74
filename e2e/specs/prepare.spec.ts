import { violations } from '../stage/audit.ts';
import { callOpenApi, type PlatformAnswer } from '../stage/open-api.ts';
import { clientId, expect, test, users } from '../stage/test.ts';
import type { Wallet } from '../stage/wallet.ts';

/** An authorization that the merchant's server starts: a payment agreement. */

const prepare = (
  wallet: Wallet,
  more: object = {},
  contract: object = { language: 'es', contractDesc: 'Un café al día, 35 pesos' },
) =>
  callOpenApi(wallet, '/v1/authorizations/prepare', { scopes: 'AGREEMENT_PAY', extendInfo: JSON.stringify(contract), ...more });

const exchange = (wallet: Wallet, authCode: string): Promise<PlatformAnswer> =>
  callOpenApi(wallet, '/v2/authorizations/applyToken', { grantType: 'AUTHORIZATION_CODE', authCode });

test.describe('opened as a page', () => {
  let back: string;

  test.beforeEach(async ({ wallet, host }) => {
    back = host.origin + host.add({ body: 'De vuelta' });
    await wallet.control('PATCH', `clients/${clientId}`, { redirectUrls: ['http://localhost:3000/callback', back] });
  });

  const start = async (wallet: Wallet, more: object = {}, contract?: object) => {
    const { result, authUrl } = await prepare(wallet, { authRedirectUrl: back, authState: 'estado & más', ...more }, contract);
    expect(result.resultCode, result.resultMessage).toBe('SUCCESS');
    return authUrl;
  };

  test('it shows the contract, names the only mini program, and redirects with authCode and authState', async ({
    page,
    wallet,
  }) => {
    const authUrl = await start(wallet);
    expect(authUrl.length).toBeLessThanOrEqual(256);
    await page.goto(authUrl);
    await expect(page.getByTestId('consent-app')).toHaveText('Café Aurora');
    await expect(page.getByRole('region', { name: 'Contrato de pago' })).toContainText('Un café al día, 35 pesos');
    await expect(page.getByTestId('scope-AGREEMENT_PAY')).toBeVisible();
    expect(await violations(page.mainFrame())).toEqual([]);
    await page.getByTestId('consent-allow').click();

    await expect(page.getByText('De vuelta')).toBeVisible();
    const address = new URL(page.url());
    expect(address.origin + address.pathname).toBe(back);
    expect([...address.searchParams.keys()]).toEqual(['authCode', 'authState']);
    expect(address.searchParams.get('authState')).toBe('estado & más');
    const tokens = await exchange(wallet, address.searchParams.get('authCode') ?? '');
    expect(tokens).toMatchObject({ result: { resultCode: 'SUCCESS' }, customerId: users.asked });
  });

  for (const [how, testId] of Object.entries({ refused: 'consent-deny', closed: 'consent-close' })) {
    test(`${how}, it redirects with authState alone`, async ({ page, wallet }) => {
      await page.goto(await start(wallet));
      await page.getByTestId(testId).click();
      await expect(page.getByText('De vuelta')).toBeVisible();
      expect([...new URL(page.url()).searchParams]).toEqual([['authState', 'estado & más']]);
    });
  }

  test('the merchant’s callback may redirect to another origin', async ({ page, wallet, host }) => {
    const home = host.otherOrigin + host.add({ body: 'Página de inicio' });
    const authRedirectUrl = host.origin + host.add({ redirect: home });
    await wallet.control('PATCH', `clients/${clientId}`, { redirectUrls: [authRedirectUrl] });
    await page.goto(await start(wallet, { authRedirectUrl }));
    await page.getByTestId('consent-allow').click();
    await expect(page.getByText('Página de inicio')).toBeVisible();
  });

  test('without scripts, the list of accounts is part of the page', async ({ browser, wallet }) => {
    const context = await browser.newContext({ javaScriptEnabled: false, locale: 'es-MX' });
    const page = await context.newPage();
    await page.goto(await start(wallet));
    await page.locator('[name=chosenUser]', { hasText: 'Emilio' }).click();
    await expect(page.getByRole('strong')).toHaveText('Emilio Montalvo Rosado');
    await page.getByTestId('consent-allow').click();
    await expect(page.getByText('De vuelta')).toBeVisible();
    expect((await wallet.settings()).user).toBe('1000001119398804006');
    await context.close();
  });

  test('it is in the language of extendInfo, and shows the contract as text', async ({ page, wallet }) => {
    const contractDesc = 'One <b>cup</b> a day & {{more}}';
    await page.goto(await start(wallet, {}, { language: 'en', contractDesc }));
    await expect(page.getByTestId('consent-allow')).toHaveText('Allow');
    await expect(page.getByText(contractDesc)).toBeVisible();
  });

  test('it names the client if that has several mini programs', async ({ page, wallet }) => {
    await wallet.control('POST', 'apps', { appId: '77', name: 'Café Aurora, eventos', clientId });
    await wallet.control('PATCH', `clients/${clientId}`, { name: 'Aurora, S. A.' });
    await page.goto(await start(wallet));
    await expect(page.getByTestId('consent-app')).toHaveText('Aurora, S. A.');
  });

  test('it can be answered once, and expires', async ({ page, wallet }) => {
    const authUrl = await start(wallet);
    await page.goto(authUrl);
    await page.getByTestId('consent-allow').click();
    await expect(page.getByText('De vuelta')).toBeVisible();
    await page.goto(authUrl);
    await expect(page.getByRole('heading')).toHaveText('Ya respondiste a esta solicitud');

    const late = await start(wallet);
    await page.goto(late);
    await wallet.advance('PT61M');
    await page.getByTestId('consent-allow').click();
    await expect(page.getByRole('heading')).toHaveText('Esta solicitud venció');
  });

  test('it asks again for scopes that were granted before', async ({ page, wallet }) => {
    for (const _time of ['first', 'second']) {
      await page.goto(await start(wallet));
      await page.getByTestId('consent-allow').click();
      await expect(page.getByText('De vuelta')).toBeVisible();
    }
  });

  test('it redirects at once if the user’s behaviour decides', async ({ page, wallet }) => {
    await wallet.change({ user: users.grants });
    await page.goto(await start(wallet));
    await expect(page.getByText('De vuelta')).toBeVisible();
    expect(new URL(page.url()).searchParams.get('authCode')).toBeTruthy();
  });

  test('a redirect address that is not registered is refused before a screen shows', async ({ wallet }) => {
    for (const authRedirectUrl of ['https://attacker.example/', `${back}/more`, 'javascript:alert(1)', '/back']) {
      const { result, authUrl } = await prepare(wallet, { authRedirectUrl });
      expect(result, authRedirectUrl).toMatchObject({ resultStatus: 'F', resultCode: 'PARAM_ILLEGAL' });
      expect(result.resultMessage).toContain('authRedirectUrl');
      expect(authUrl).toBeUndefined();
    }
  });

  test('without redirectUrls it redirects to any address, and keeps its query', async ({ page, wallet }) => {
    await wallet.control('PATCH', `clients/${clientId}`, { redirectUrls: null });
    await page.goto(await start(wallet, { authRedirectUrl: `${back}?table=7` }));
    await page.getByTestId('consent-allow').click();
    await expect(page.getByText('De vuelta')).toBeVisible();
    expect([...new URL(page.url()).searchParams.keys()]).toEqual(['table', 'authCode', 'authState']);
  });

  test('no page may frame it', async ({ page, open, wallet }) => {
    const refused = page.waitForEvent('console', (message) => message.text().includes('frame-ancestors'));
    await open({ bridge: '', body: `<iframe src="${await start(wallet)}"></iframe>` });
    await refused;
    await expect(page.frameLocator('iframe').getByTestId('consent')).toHaveCount(0);
  });
});

test.describe('opened by a page through the bridge', () => {
  test.beforeEach(async ({ open }) => {
    await open();
  });

  // biome-ignore lint/suspicious/noExplicitAny: either ending
  const callWith = (authUrl: string): Promise<any> =>
    new Promise((resolve) => AlipayJSBridge.call('signContract', { authUrl }, resolve));

  test('it is a sheet, and the page gets an authCode that is bound to no mini program', async ({ page, wallet, consent }) => {
    const { authUrl } = await prepare(wallet);
    const ended = page.evaluate(callWith, authUrl);
    await expect(consent.frame.getByText('Un café al día, 35 pesos')).toBeVisible();
    await expect(consent.app).toHaveText('Café Aurora');
    await consent.allow.click();
    const { authCode } = await ended;
    expect((await exchange(wallet, authCode)).result.resultCode).toBe('SUCCESS');
    expect((await exchange(wallet, authCode)).result.resultCode).toBe('USED_AUTHCODE');
    await expect(consent.sheet).toHaveCount(0);
  });

  test('the page gets 11 if it is refused, and 1001 if it is closed', async ({ page, wallet, consent }) => {
    const refused = page.evaluate(callWith, (await prepare(wallet)).authUrl);
    await consent.deny.click();
    expect(await refused).toMatchObject({ error: 11, authErrorScopes: { AGREEMENT_PAY: '10001' } });
    const closed = page.evaluate(callWith, (await prepare(wallet)).authUrl);
    await consent.close.click();
    expect(await closed).toMatchObject({ error: 1001 });
  });

  test('it is bound to the origin that called first: another one gets error 4', async ({
    page,
    context,
    open,
    wallet,
    consent,
  }) => {
    const { authUrl } = await prepare(wallet);
    const ended = page.evaluate(callWith, authUrl);
    await expect(consent.screen).toBeVisible();

    const other = await context.newPage();
    await open({ page: other, otherOrigin: true });
    expect(await other.evaluate(callWith, authUrl)).toMatchObject({ error: 4 });
    await consent.allow.click();
    expect(await ended).toMatchObject({ authSuccessScopes: ['AGREEMENT_PAY'] });
  });

  test('it works once, and expires by the clock', async ({ page, wallet, consent }) => {
    const { authUrl } = await prepare(wallet);
    const ended = page.evaluate(callWith, authUrl);
    await consent.allow.click();
    await ended;
    const again = page.evaluate(callWith, authUrl);
    await expect(consent.heading).toHaveText('Ya respondiste a esta solicitud');
    await consent.frame.getByRole('button', { name: 'Cerrar', exact: true }).click();
    expect(await again).toMatchObject({ error: 10 });

    const late = (await prepare(wallet)).authUrl;
    await wallet.advance('PT61M');
    const expired = page.evaluate(callWith, late);
    await expect(consent.heading).toHaveText('Esta solicitud venció');
    await consent.frame.getByRole('button', { name: 'Cerrar', exact: true }).click();
    expect(await expired).toMatchObject({ error: 10 });
  });

  test("another client's mini program may not open it", async ({ page, open, wallet }) => {
    const { authUrl } = await prepare(wallet);
    await open({ bridge: `<script src="${wallet.bridge}?appId=3333010071465914000"></script>` });
    expect(await page.evaluate(callWith, authUrl)).toMatchObject({ error: 4 });
  });
});
