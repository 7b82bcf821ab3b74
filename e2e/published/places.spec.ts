import type { Page } from '@playwright/test';
import { appId, clientId, expect, test } from './cafe.ts';

/** Where mini programs are, and where the consent screen shows. */

const hylid = 'https://cdn.marmot-cloud.com/npm/hylid-bridge/2.10.0/index.js';

test.use({ bridgeUrls: 'https://cdn.marmot-cloud.com/npm/hylid-bridge/**' });

/** A page of the public web, from nowhere. */
async function publish(page: Page, url: string, body: string): Promise<void> {
  const html = `<!doctype html><html lang="en"><title>Shop</title><link rel="icon" href="data:,">${body}</html>`;
  await page.route(url, (route) => route.fulfill({ contentType: 'text/html; charset=utf-8', body: html }));
}

const asks = `<output></output><button>Log in</button><script>
  document.querySelector('button').addEventListener('click', () => my.getAuthCode({
    scopes: ['USER_NAME', 'USER_ID'],
    complete: (ended) => { document.querySelector('output').textContent = JSON.stringify(ended); },
  }));
</script>`;

test('a page of the public web that loads the super app’s bridge from elsewhere gets the wallet’s', async ({ page, consent }) => {
  await publish(page, 'https://shop.example/', `<script src="${hylid}" data-app-id="${appId}"></script>${asks}`);
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

test('silent scopes alone are a refusal of all that was asked', async ({ page, consent }) => {
  await publish(page, 'https://shop.example/', `<script src="${hylid}?appId=${appId}"></script>${asks}`);
  await page.goto('https://shop.example/');
  await page.getByRole('button').click();
  await consent.allowOnly(['USER_ID']);
  await expect(page.locator('output')).toContainText('"USER_NAME":"10001"');
});

test('a page of its own, for an address that the merchant’s server prepared', async ({ page, consent, wallet }) => {
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
