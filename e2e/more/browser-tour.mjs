import assert from 'node:assert/strict';
import { chromium } from '@playwright/test';

/** A walk through the emulator in Chromium, at an address that is not the one that it listens on. */

/** Starts Chromium. Names below `.example` lead to this machine. */
export function openBrowser() {
  const executablePath = process.env.BILLETERA_BROWSER || undefined;
  return chromium.launch({ executablePath, args: [`--host-resolver-rules=MAP *.example 127.0.0.1`] });
}

/** Opens pages of the browser, and collects what fails in them. */
export async function newContext(t, browser) {
  const context = await browser.newContext({ ignoreHTTPSErrors: true });
  await context.grantPermissions(['local-network-access']).catch(() => {});
  t.after(() => context.close());
  const problems = [];
  context.on('console', (message) => message.type() === 'error' && problems.push(message.text()));
  context.on('requestfailed', (request) => {
    const { errorText } = request.failure();
    // A page that is left ends what it still loads.
    if (errorText !== 'net::ERR_ABORTED') problems.push(`${request.url()} ${errorText}`);
  });
  return { context, problems };
}

/**
 * A user logs in to a shop on another host: the shop's page asks, the sheet shows, and the user agrees.
 * @param shop the address of the shop's page, which this function answers
 */
export async function logIn(context, base, shop) {
  await context.route(shop, (route) =>
    route.fulfill({ contentType: 'text/html', body: `<!doctype html><title>Shop</title><script src="${base}/my.js"></script>` }),
  );
  const page = await context.newPage();
  await page.goto(shop);
  const result = page.evaluate(
    () => new Promise((success, fail) => window.my.getAuthCode({ scopes: ['USER_NAME', 'USER_AVATAR'], success, fail })),
  );
  await page.frameLocator('iframe').getByTestId('consent-allow').click();
  const { authCode, authSuccessScopes } = await result;
  assert.deepEqual(authSuccessScopes, ['USER_NAME', 'USER_AVATAR']);
  assert.ok(authCode);
  await page.close();
}

/** A tester opens the pages, changes something by a form, and sees a call as it comes. */
export async function usePages(context, base) {
  const page = await context.newPage();
  await page.goto(`${base}/`);
  assert.equal(await page.evaluate(() => document.styleSheets[0]?.cssRules.length > 0), true, 'it has its style');
  await page.locator('nav a[href$="/scenarios"]').first().click();
  const card = page.getByTestId('scenario').first();
  await card.getByTestId('scenario-switch').click();
  await card.getByTestId('scenario-switch').and(page.locator('[aria-checked="true"]')).waitFor();
  assert.ok(page.url().startsWith(`${base}/scenarios`), page.url());
  const count = await page.evaluate(async (url) => {
    const { scenarios } = await (await fetch(url)).json();
    await fetch(url, { method: 'DELETE' });
    return scenarios.length;
  }, `${base}/_emulator/scenarios`);
  assert.equal(count, 1);

  const event = await page.evaluate(async (api) => {
    const events = new EventSource(`${api}/journal/stream`);
    const came = new Promise((resolve) => {
      for (const type of ['message', 'entry']) events.addEventListener(type, ({ data }) => resolve(JSON.parse(data).operation));
    });
    await new Promise((resolve) => events.addEventListener('open', resolve));
    const headers = { 'content-type': 'application/json' };
    await (await fetch(`${api}/clock/advance`, { method: 'POST', headers, body: '{"by":"PT1S"}' })).text();
    const operation = await came;
    events.close();
    return operation;
  }, `${base}/_emulator`);
  assert.ok(event, 'an event comes at once');

  await page.goto(`${base}/playground`);
  const frame = await (await page.waitForSelector('iframe')).contentFrame();
  await frame.waitForFunction(() => window.my !== undefined);
  assert.ok(frame.url().startsWith(`${base}/playground/`), frame.url());
  for (const src of await frame.evaluate(() => Array.from(document.scripts, ({ src }) => src)))
    assert.ok(src.startsWith(`${base}/`), src);
  await page.close();
}
