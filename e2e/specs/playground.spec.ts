import type { Page } from '@playwright/test';
import { violations } from '../stage/audit.ts';
import { ConsentScreen } from '../stage/consent-screen.ts';
import { RecordingProxy } from '../stage/recording-proxy.ts';
import { clientId, expect, test, users } from '../stage/test.ts';
import type { Wallet } from '../stage/wallet.ts';

/** The playground: a phone, what it asks for, and the steps beside it. */

/** The client's own key is the stage's merchant's: without it, the sample merchant may call unsigned. */
async function open(page: Page, wallet: Wallet, query = '') {
  await wallet.control('PATCH', `clients/${clientId}`, { signature: 'optional' });
  await page.goto(`${wallet.url}/playground?${query}`);
  const phone = page.frameLocator('.phone iframe');
  const consent = new ConsentScreen(phone);
  const step = (number: string) => page.locator(`[data-testid="step"][data-number="${number}"]`);
  const last = page.getByTestId('step').last();
  return { phone, consent, step, last, ask: phone.getByTestId('ask'), line: phone.getByTestId('line') };
}

/** The parts of the page that are covered by the panel of the next calls, or scroll inside a box. */
function cutIn(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    scrollTo(0, 0);
    const panel = document.querySelector('[aria-labelledby="then-title"]')?.getBoundingClientRect().top ?? 0;
    const steps = Array.from(document.querySelectorAll('[data-testid="step"]'));
    const covered = steps.filter((step) => step.getBoundingClientRect().bottom > panel);
    const lists = Array.from(document.querySelectorAll('[data-scopes-of]:not([hidden]) *'));
    const cut = lists.filter((list) => getComputedStyle(list).overflowY !== 'visible' && list.scrollHeight > list.clientHeight);
    return [...covered, ...cut].map((element) => element.textContent ?? '');
  });
}

/** The room that the longest name of a call leaves in its field, in pixels. */
function roomForCalls(page: Page): Promise<number> {
  return page.getByLabel('Call', { exact: true }).evaluate((field) => {
    const { fontWeight, fontSize, fontFamily, paddingLeft, paddingRight } = getComputedStyle(field);
    const context = document.createElement('canvas').getContext('2d') as CanvasRenderingContext2D;
    context.font = `${fontWeight} ${fontSize} ${fontFamily}`;
    const widths = Array.from(field.querySelectorAll('option'), ({ text }) => context.measureText(text).width);
    const arrow = 20;
    return field.clientWidth - Number.parseFloat(paddingLeft) - Number.parseFloat(paddingRight) - arrow - Math.max(...widths);
  });
}

test.describe('with a browser in another language', () => {
  test.use({ locale: 'en-US' });

  test('the phone has the language of the page, also in the screens of the wallet', async ({ page, wallet }) => {
    const { consent, ask } = await open(page, wallet, 'lang=es');
    await ask.click();
    await expect(consent.allow).toHaveText('Permitir');
    await consent.deny.click();
  });
});

for (const height of [844, 664]) {
  test.describe(`390 by ${height}`, () => {
    test.use({ viewport: { width: 390, height } });

    test('a sheet that opens scrolls into view as a whole, and the keyboard can answer it', async ({ page, wallet }) => {
      const { phone, consent, ask, step } = await open(page, wallet);
      await wallet.control('PATCH', `clients/${clientId}`, { signature: 'required' });
      await ask.click();
      await expect(consent.heading).toBeFocused();
      await expect(consent.allow).toBeInViewport({ ratio: 1 });
      await expect(consent.deny).toBeInViewport({ ratio: 1 });
      const box = await page.locator('.phone').boundingBox();
      expect(box?.y).toBeGreaterThanOrEqual(0);
      expect((box?.y ?? 0) + (box?.height ?? 0)).toBeLessThanOrEqual(height);
      await consent.allow.focus();
      await page.keyboard.press('Enter');
      await expect(phone.getByTestId('callback')).toContainText('authCode');
      // The stage's merchant must sign, with its own key.
      await expect(phone.getByTestId('line')).toHaveText(/^Este comercio firma con su propia clave/);
      await expect(step('2.4')).toHaveAttribute('data-state', 'failed');
      await expect(step('2.2')).toHaveAttribute('data-state', 'skipped');
    });

    test('the phone scrolls back into view when it asks again, even if it has the focus already', async ({ page, wallet }) => {
      const { consent, ask } = await open(page, wallet);
      await ask.focus();
      await page.evaluate(() => scrollTo(0, document.body.scrollHeight));
      await page.keyboard.press('Enter');
      await expect(consent.allow).toBeInViewport({ ratio: 1 });
    });
  });
}

test('no picture vanishes if the sheet closes while its pictures are on their way', async ({ page, wallet, emulator }) => {
  const proxy = await new RecordingProxy(emulator.url).listen();
  await wallet.control('PATCH', `clients/${clientId}`, { signature: 'optional' });
  await page.goto(`${proxy.origin}${new URL(wallet.url).pathname}/playground?lang=en`);
  const phone = page.frameLocator('.phone iframe');
  const widths = () => page.evaluate(() => Array.from(document.images, ({ naturalWidth }) => naturalWidth));
  await expect.poll(async () => Math.min(...(await widths()))).toBeGreaterThan(0);
  proxy.hold(/\.(svg|png)$/);
  await phone.getByTestId('ask').click();
  await new ConsentScreen(phone).allow.click();
  await expect(phone.getByTestId('line')).toHaveText('The server recognised the customer');
  await expect(phone.locator('iframe')).toHaveCount(0);
  expect(Math.min(...(await widths()))).toBeGreaterThan(0);
  await proxy.close();
});

test('the steps light up as they happen, open to request and answer, and the tokens live and end', async ({ page, wallet }) => {
  await page.setViewportSize({ width: 1440, height: 900 });
  const { phone, consent, ask, step, last, line } = await open(page, wallet, 'lang=en');
  for (const number of ['1.1', '2', '2.2', '2.4']) await expect(step(number)).toHaveAttribute('data-state', 'pending');
  await page.getByTestId('scope-USER_CONTACTINFO').check();
  await ask.click();
  await expect(step('1.1')).toHaveAttribute('data-state', 'running');
  await consent.allow.click();
  await expect(line).toHaveText('The server recognised the customer');
  for (const number of ['1.1', '2', '2.2', '2.4']) await expect(step(number)).toHaveAttribute('data-state', 'done');
  await expect(phone.getByTestId('hello')).toHaveText(/^Hello, ./);
  await expect(phone.getByTestId('hello')).toBeInViewport({ ratio: 1 });
  await expect(page.getByTestId('step')).toHaveCount(5);
  for (const [width, height] of [
    [1280, 720],
    [1280, 800],
    [1366, 768],
    [1440, 900],
  ] as const) {
    await page.setViewportSize({ width, height });
    expect(await cutIn(page), `at ${width} by ${height}`).toEqual([]);
  }
  await step('1.1').locator('summary').click();
  await expect(step('1.1')).toContainText('USER_CONTACTINFO');
  await step('2.2').locator('summary').click();
  await expect(step('2.2')).toContainText('AUTHORIZATION_CODE');
  await expect(step('2.2')).toContainText('Signature:');
  await step('2.4').locator('summary').click();
  await expect(step('2.4')).toContainText('Kept on the server');
  expect(await violations(page.mainFrame())).toEqual([]);

  const then = async (button: string, code: string) => {
    const before = await page.getByTestId('step').count();
    await page.getByTestId(button).click();
    await expect(page.getByTestId('step')).toHaveCount(before + 1);
    if (code) await expect(last).toHaveAttribute('data-code', code);
    await expect(last.locator('[data-reason]')).not.toBeEmpty();
  };
  await expect(page.getByTestId('refresh-used')).toBeDisabled();
  await then('read-again', 'SUCCESS');
  await then('refresh', 'SUCCESS');
  await then('refresh-used', 'USED_REFRESH_TOKEN');
  await then('wait-until-expiry', '');
  await expect(last).toContainText('The clock moves');
  await then('read-again', 'EXPIRED_ACCESS_TOKEN');
  await then('refresh', 'SUCCESS');
  await then('revoke', 'SUCCESS');
  await then('read-again', 'INVALID_ACCESS_TOKEN');
  await last.locator('summary').click();
  await last.getByRole('link').click();
  await expect(page.getByTestId('reason')).not.toBeEmpty();
});

test('the steps of two tabs do not mix', async ({ page, wallet, context }) => {
  const one = await open(page, wallet, 'lang=en');
  const otherPage = await context.newPage();
  const other = await open(otherPage, wallet, 'lang=en');
  await one.ask.click();
  await expect(one.consent.allow).toBeVisible();
  await other.ask.click();
  await other.consent.deny.click();
  await expect(other.step('1.1')).toHaveAttribute('data-state', 'failed');
  await expect(other.step('2')).toHaveAttribute('data-state', 'skipped');
  await expect(other.step('2')).toContainText('not reached');
  await expect(one.step('1.1')).toHaveAttribute('data-state', 'running');
  await one.consent.allow.click();
  await expect(one.line).toHaveText('The server recognised the customer');
  for (const number of ['1.1', '2', '2.2', '2.4']) await expect(one.step(number)).toHaveAttribute('data-state', 'done');
  await otherPage.close();
  await one.ask.click();
  await expect(one.step('2.4')).toHaveAttribute('data-state', 'done');
  await one.step('1.1').getByTestId('ask-again').click();
  await expect(page.getByRole('status').filter({ hasText: 'The consent is withdrawn' })).toBeVisible();
  await one.ask.click();
  await one.consent.allow.click();
  await expect(one.step('2.4')).toHaveAttribute('data-state', 'done');
});

test('a step that failed says why', async ({ page, wallet }) => {
  await wallet.change({ user: users.grants });
  const { ask, step } = await open(page, wallet, 'lang=en');
  await wallet.control('POST', 'scenarios', { library: 'platform-down', times: 1 });
  await ask.click();
  await expect(step('2.2')).toHaveAttribute('data-state', 'failed');
  await expect(step('2.2')).toContainText('HTTP 503');
  await expect(step('2.4')).toHaveAttribute('data-state', 'failed');
  await wallet.control('PATCH', `clients/${clientId}`, { status: 'SUSPENDED' });
  await ask.click();
  await expect(step('1.1')).toHaveAttribute('data-state', 'failed');
  await expect(step('1.1')).toContainText('is suspended');
});

test('wallet, user, scenario and first screen are chosen beside the phone', async ({ page, wallet }) => {
  await page.setViewportSize({ width: 1440, height: 900 });
  await wallet.change({ user: users.grants });
  const { consent, ask, step } = await open(page, wallet, 'lang=en');
  await ask.click();
  await expect(step('2.4')).toHaveAttribute('data-state', 'done');
  await expect(page.getByTestId('user-now')).toContainText('Grants everything');
  await page.getByLabel('User', { exact: true }).selectOption(users.asked);
  await expect(page.getByTestId('user-now')).not.toContainText('Grants everything');
  await ask.click();
  await expect(consent.allow).toBeVisible();
  await consent.deny.click();
  await expect(step('1.1')).toHaveAttribute('data-state', 'failed');

  await page.getByLabel('Scenario', { exact: true }).selectOption({ label: 'The platform is down' });
  await expect(page.locator('[data-fresh="scenario"]')).toContainText('503');
  await wallet.control('PATCH', 'scenarios/platform-down', { times: 1 });
  await expect(page.locator('[data-fresh="scenario"]')).toContainText('On, 1 left');
  await page.getByLabel('User', { exact: true }).selectOption(users.grants);
  await expect(page.getByTestId('user-now')).toContainText('Grants everything');
  await ask.click();
  await expect(step('2.4')).toHaveAttribute('data-state', 'failed');
  await page.getByLabel('User', { exact: true }).selectOption(users.asked);
  await expect(page.getByTestId('user-now')).not.toContainText('Grants everything');
  await expect(page.getByLabel('Scenario', { exact: true })).toHaveValue('');
  await expect(page.locator('[data-fresh="scenario"]')).not.toContainText('503');
  await expect(page.getByTestId('scenarios-on')).toBeHidden();
  await page.getByLabel('Scenario', { exact: true }).selectOption('first-screen');
  await expect(page.getByTestId('scenarios-on')).toHaveText('1 scenario on');
  await page.getByLabel('Scenario', { exact: true }).selectOption('');
  await expect(page.getByTestId('scenarios-on')).toBeHidden();

  await page.getByTestId('ask-at-load').check();
  await expect(consent.allow).toBeVisible();
  await consent.allow.click();
  await expect(step('1.1').getByTestId('finding')).toHaveAttribute('data-code', 'consent-on-first-screen');
  await expect(page).toHaveURL(/ask=load/);
  await page.reload();
  await expect(step('1.1')).not.toHaveAttribute('data-state', 'pending');

  await page.getByLabel('Wallet', { exact: true }).selectOption('toka');
  await expect(page.getByTestId('scope-USER_AVATAR')).toBeVisible();
  await expect(page.getByTestId('revoke')).toHaveCount(0);
  for (const width of [390, 1280]) {
    await page.setViewportSize({ width, height: 844 });
    expect(await roomForCalls(page), `at ${width} px`).toBeGreaterThan(0);
  }
});

for (const [profile, query, reads] of [
  ['claro', 'scope=User_Customer_Info', 'inquiryUserInfo'],
  ['superqi', 'scope=CARD_LIST', 'maskedCardNo'],
  ['superqi', 'call=qicardSignContract%2Bprepare', 'AGREEMENT_PAY'],
  ['toka', 'call=getUserKYCStatusAuthCode', 'kycState'],
  ['gcash', 'scope=USER_NAME', 'inquiryUserInfoByAccessToken'],
] as const) {
  test(`${profile}: ${query} ends in success`, async ({ page, wallet }) => {
    await wallet.change({ wallet: profile });
    const user = { claro: '030', superqi: '025', toka: '028', gcash: '022' }[profile];
    await wallet.change({ user: `1000001119398804${user}` });
    const { phone, ask, step } = await open(page, wallet, `lang=en&${query}`);
    await ask.click();
    await phone.locator('iframe').contentFrame().getByTestId('consent-allow').click();
    await expect(step('2.4')).toHaveAttribute('data-state', 'done');
    await expect(page.locator('[data-flow]')).toContainText(reads);
    expect(await violations(page.mainFrame())).toEqual([]);
  });
}
