import type { Page } from '@playwright/test';
import { appId, clientId, expect, test } from './cafe.ts';

/** The places where a mini program runs and the consent screen shows. */

const hylid = 'https://cdn.marmot-cloud.com/npm/hylid-bridge/2.10.0/index.js';

test.use({ bridgeUrls: 'https://cdn.marmot-cloud.com/npm/hylid-bridge/**' });

/** Serves a page at a public URL, without a network. */
async function publish(page: Page, url: string, body: string): Promise<void> {
  const html = `<!doctype html><html lang="en"><title>Shop</title><link rel="icon" href="data:,">${body}</html>`;
  await page.route(url, (route) => route.fulfill({ contentType: 'text/html; charset=utf-8', body: html }));
}

const loginPage = `<output></output><button>Log in</button><script>
  document.querySelector('button').addEventListener('click', () => my.getAuthCode({
    scopes: ['USER_NAME', 'USER_ID'],
    complete: (ended) => { document.querySelector('output').textContent = JSON.stringify(ended); },
  }));
</script>`;

test('a public page that loads the super app’s bridge gets the wallet’s my.js', async ({ page, consent }) => {
  await publish(page, 'https://shop.example/', `<script src="${hylid}" data-app-id="${appId}"></script>${loginPage}`);
  await page.goto('https://shop.example/');
  await page.getByRole('button').click();
  await consent.allow();
  await expect(page.locator('output')).toContainText('"authSuccessScopes":["USER_ID","USER_NAME"]');
  expect(await page.evaluate(() => my.getAppIdSync())).toEqual({ appId });
});

test('a mini program in a frame', async ({ page, consent, miniProgram, wallet }) => {
  const address = `${miniProgram.url}/?bridge=${encodeURIComponent(`${wallet.url}/my.js`)}`;
  await page.route('http://localhost/phone', (route) =>
    route.fulfill({ contentType: 'text/html', body: `<iframe src="${address}" width="390" height="800"></iframe>` }),
  );
  await page.goto('http://localhost/phone');
  const cafe = page.frameLocator('iframe');
  await cafe.getByTestId('login-name').click();
  await consent.allowOnly(['USER_NAME']);
  await expect(cafe.getByTestId('result')).toHaveAttribute('data-callback', /"authSuccessScopes":\["USER_NAME"\]/);
});

test('allowing only silent scopes refuses all others', async ({ page, consent }) => {
  await publish(page, 'https://shop.example/', `<script src="${hylid}?appId=${appId}"></script>${loginPage}`);
  await page.goto('https://shop.example/');
  await page.getByRole('button').click();
  await consent.allowOnly(['USER_ID']);
  await expect(page.locator('output')).toContainText('"USER_NAME":"10001"');
});

test('a full page, at a URL that the merchant’s server prepared', async ({ page, consent, wallet }) => {
  const back = 'https://shop.example/back';
  await publish(page, `${back}**`, '<h1>Welcome back</h1>');
  await wallet.clients.change(clientId, { redirectUrls: [back] });
  const prepared = await fetch(`${wallet.url}/v1/authorizations/prepare`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'client-id': clientId, 'request-time': new Date().toISOString() },
    body: JSON.stringify({ scopes: 'AGREEMENT_PAY', authRedirectUrl: back, authState: 'table 7' }),
  });
  const { authUrl } = (await prepared.json()) as { authUrl: string };

  await page.goto(authUrl);
  await consent.allow();
  await expect(page.getByRole('heading')).toHaveText('Welcome back');
  expect(new URL(page.url()).searchParams.get('authCode')).toMatch(/^281011/);
});
