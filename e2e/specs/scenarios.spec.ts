import { violations } from '../stage/audit.ts';
import { clientId, expect, test } from '../stage/test.ts';
import type { Wallet } from '../stage/wallet.ts';

/** A tester switches scenarios on and off, and writes rules. */

test.use({ locale: 'en-US', viewport: { width: 1280, height: 800 } });

test.beforeEach(async ({ wallet }) => {
  await wallet.control('PATCH', `clients/${clientId}`, { signature: 'optional' });
});

/** Calls applyToken without a signature. @returns the HTTP status */
async function exchange(wallet: Wallet): Promise<number> {
  const headers = { 'Client-Id': clientId, 'Request-Time': new Date().toISOString(), 'Content-Type': 'application/json' };
  const body = JSON.stringify({ grantType: 'AUTHORIZATION_CODE', authCode: 'unknown' });
  return (await fetch(`${wallet.url}/v2/authorizations/applyToken`, { method: 'POST', headers, body })).status;
}

test('switches 503 on for one call with the keyboard alone; the count falls to 0 as the call comes', async ({ page, wallet }) => {
  await page.goto(`${wallet.url}/scenarios`);
  await page.getByTestId('scenario-search').focus();
  await page.keyboard.type('http 503');
  const card = page.getByTestId('scenario').filter({ visible: true });
  await expect(card).toHaveCount(1);
  await expect(card.getByRole('heading')).toHaveText('The platform is down');
  const toggle = card.getByRole('switch', { name: 'The platform is down' });
  await page.keyboard.press('Tab');
  await expect(page.getByTestId('scenario-new')).toBeFocused();
  await page.keyboard.press('Tab');
  await expect(toggle).toBeFocused();
  await page.keyboard.press('Tab');
  await page.keyboard.press('ArrowRight');
  await expect(card.getByLabel('Once')).toBeChecked();
  await page.keyboard.press('Shift+Tab');
  await page.keyboard.press('Space');
  await expect(toggle).toBeChecked();
  await expect(toggle).toBeFocused();
  await expect(card.getByTestId('scenario-state')).toHaveText('On, 1 left');
  await expect(card, 'the search still applies').toHaveCount(1);

  expect([await exchange(wallet), await exchange(wallet)]).toEqual([503, 200]);
  await expect(card.getByTestId('scenario-state')).toHaveText('Off, 0 left');
  await expect(card.getByTestId('scenario-hits')).toHaveText('acted on 1 call');
  await expect(toggle).not.toBeChecked();
  await wallet.control('DELETE', 'scenarios');
  await expect(card.getByTestId('scenario-state'), 'it follows a change from elsewhere').toHaveText('Off');

  // A change from elsewhere makes the page load itself again, and that page arrives while the key is down.
  let arrive = () => {};
  const isDown = new Promise<void>((resolve) => {
    arrive = resolve;
  });
  await page.route(page.url(), async (route) => {
    await isDown;
    await route.continue();
  });
  const loads = page.waitForRequest((request) => request.resourceType() === 'fetch' && request.url() === page.url());
  await wallet.control('POST', 'scenarios', { library: 'platform-down', times: 2 });
  const load = await loads;
  await page.keyboard.down('Space');
  arrive();
  await (await load.response())?.finished();
  // By the time another one is read, the page had the time to show the first.
  await page.evaluate(async () => {
    const answer = await fetch(location.href, { headers: { accept: 'text/html' } });
    new DOMParser().parseFromString(await answer.text(), 'text/html');
  });
  await page.keyboard.up('Space');
  await expect(card.getByTestId('scenario-state'), 'the press counts').toHaveText('On');
});

test('a page that was loaded before a change does not hide the change', async ({ page, wallet }) => {
  await page.goto(`${wallet.url}/scenarios`);
  await wallet.control('POST', 'scenarios', { library: 'platform-down', times: 1 });
  await wallet.control('POST', 'scenarios', { library: 'code-expired' });
  await expect(page.locator('#on-now a')).toHaveCount(2);
  let deliver = () => {};
  const isChanged = new Promise<void>((resolve) => {
    deliver = resolve;
  });
  const isLoaded = new Promise<void>((resolve) => {
    page.route(
      page.url(),
      async (route) => {
        const response = await route.fetch();
        resolve();
        await isChanged;
        await route.fulfill({ response });
      },
      { times: 1 },
    );
  });
  expect(await exchange(wallet), 'the page loads the list of those that are on').toBe(503);
  await isLoaded;
  expect(await exchange(wallet)).toBe(200);
  const hits = page.locator('#card-code-expired').getByTestId('scenario-hits');
  await expect(hits).toHaveText('acted on 1 call');
  deliver();
  await expect(page.locator('#on-now')).not.toContainText('The platform is down');
  await expect(hits).toHaveText('acted on 1 call');
});

test('a choice in a card that is on acts at once, and keeps place and focus', async ({ page, wallet }) => {
  await page.goto(`${wallet.url}/scenarios`);
  const card = page.locator('#card-slow-platform');
  await card.getByTestId('scenario-switch').click();
  await expect(card.getByRole('switch')).toBeChecked();
  await card.locator('summary').click();
  const before = await page.evaluate(() => scrollY);
  await expect(card.getByLabel('Number of calls')).toBeHidden();
  await card.getByLabel('Several times').check();
  await card.getByLabel('Number of calls').fill('4');
  await card.getByLabel('Number of calls').press('Tab');
  await expect(card.getByTestId('scenario-state')).toHaveText('On, 4 left');
  await expect(card.locator('details')).toHaveAttribute('open');
  expect(await page.evaluate(() => scrollY)).toBe(before);
  await expect(page.getByTestId('scenarios-on')).toHaveText('1 scenario on');
  await expect(page.locator('#on-now')).toContainText('(On, 4 left)');
  await page.getByTestId('scenarios-off').click();
  await expect(card.getByTestId('scenario-state')).toHaveText('Off');
  await expect(page.getByTestId('scenarios-on')).toBeHidden();
  const none = page.locator('#card-no-phone');
  await none.getByTestId('user-login').first().click();
  await expect(none).toContainText('Logged in');
  expect(await violations(page.mainFrame())).toEqual([]);
});

test('the form of a rule says at the field what is wrong while it is typed', async ({ page, wallet }) => {
  await page.goto(`${wallet.url}/scenarios`);
  await page.getByTestId('scenario-new').click();
  await page.getByLabel('Call', { exact: false }).first().selectOption('applyToken');
  const answer = page.locator('#field-then-consent');
  await answer.selectOption('deny');
  await expect(answer).toHaveAccessibleDescription(/has no effect on applyToken, which is called by a merchant's server/);
  await expect(answer).toHaveAttribute('aria-invalid', 'true');
  await page.getByTestId('scenario-add').click();
  await expect(page.getByTestId('problem')).toContainText('has no effect on applyToken');
  expect(await violations(page.mainFrame())).toEqual([]);
  await answer.selectOption('');
  await expect(answer).not.toHaveAttribute('aria-invalid');
});

test('an own rule is added, acts, is changed and removed', async ({ page, wallet }) => {
  await page.goto(`${wallet.url}/scenarios`);
  await page.getByTestId('scenario-new').click();
  await page.getByLabel('Title').fill('Refused once');
  await page.getByLabel('Call', { exact: false }).first().selectOption('applyToken');
  await page.locator('#field-then-status').fill('502');
  await page.locator('#field-times').fill('1');
  await expect(page.locator('[data-rule-json]')).toContainText('"status": 502');
  await page.getByTestId('scenario-add').click();
  const card = page.locator('#card-scenario-1');
  await expect(card.getByRole('heading')).toHaveText('Refused once');
  await expect(card).toBeInViewport();
  expect(await exchange(wallet)).toBe(502);
  await expect(card.getByTestId('scenario-state')).toHaveText('Off, 0 left');
  await card.locator('summary').click();
  await card.getByTestId('scenario-change').click();
  await page.locator('#field-title').fill('Refused');
  await page.getByTestId('scenario-add').click();
  await expect(card.getByRole('heading')).toHaveText('Refused');
  await expect(card.getByTestId('scenario-state')).toHaveText('On, 1 left');
  await card.locator('summary').click();
  await card.getByTestId('scenario-remove').click();
  await card.getByTestId('scenario-remove-confirm').click();
  await expect(card).toHaveCount(0);
});
