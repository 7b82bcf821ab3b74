import { sign } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { violationsInEachScheme } from '../stage/audit.ts';
import { expect, test } from '../stage/test.ts';
import { clientId } from '../stage/wallet.ts';

/** The page of one call. */

test('leads from the dashboard through the calls of an authorization', async ({ context, shop, wallet }) => {
  await shop.open();
  await shop.press('login-silent');
  await expect(shop.greeting).toHaveText('¡Hola!');

  const tester = await context.newPage();
  await tester.goto(`${wallet.url}/`);
  const exchange = tester.locator('tr').filter({ hasText: 'applyToken' });
  await exchange.locator('summary').click();
  await exchange.getByRole('link', { name: 'Ver la llamada completa' }).click();

  await expect(tester.getByTestId('reason')).toContainText('se intercambió por tokens del usuario');
  await expect(tester.getByTestId('request')).toContainText('"grantType": "AUTHORIZATION_CODE"');
  const response = tester.getByTestId('response');
  await expect(response).toContainText('"resultCode": "SUCCESS"');
  await response.locator('.json details details > summary').first().click();
  await expect(response.getByText('"SUCCESS"', { exact: true })).toBeHidden();

  await tester.getByTestId('previous').click();
  await expect(tester.getByRole('heading', { level: 1 })).toContainText('getAuthCode');
  await expect(tester.getByTestId('previous')).toHaveCount(0);
  await tester.getByTestId('next').click();
  await expect(tester.getByRole('heading', { level: 1 })).toContainText('applyToken');
});

test('copies a call as curl, TypeScript, Python and PHP', async ({ page, context, shop, wallet }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write'], { origin: wallet.origin });
  await shop.open();
  await shop.press('login-silent');
  await expect(shop.greeting).toHaveText('¡Hola!');
  const [call] = await wallet.calls('applyToken');
  await page.goto(`${wallet.url}/journal/${call?.id}`);
  for (const [button, start] of [
    ['copy-curl', 'curl -sS -X POST'],
    ['copy-typescript', 'const response = await fetch('],
    ['copy-python', 'import urllib.request'],
    ['copy-php', '$context = stream_context_create('],
  ] as const) {
    await page.getByTestId(button).click();
    await expect.poll(() => page.evaluate(() => navigator.clipboard.readText())).toContain(start);
  }
});

test('explains a finding, and has no accessibility violations, light and dark', async ({
  page,
  shop,
  merchant,
  request,
  wallet,
}) => {
  await shop.reuseAuthCode(request, merchant.url);
  const [call] = await wallet.calls('applyToken');

  await page.setViewportSize({ width: 390, height: 844 });
  await page.goto(`${wallet.url}/journal/${call?.id}`);
  const finding = page.getByTestId('finding');
  await expect(finding).toHaveAttribute('data-code', 'auth-code-reused');
  await expect(finding).toContainText('Qué hacer: Guarda los tokens del primer intercambio');
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(390);
  expect(await violationsInEachScheme(page)).toEqual([]);
});

test('the signature doctor says why a pasted request fails, by keyboard, with both contents', async ({ page, wallet }) => {
  const body = '{"grantType":"AUTHORIZATION_CODE","authCode":"0000000000000000"}';
  const path = '/v2/authorizations/applyToken';
  const time = '2030-01-01T00:00:00Z';
  const key = await readFile('e2e/merchant/keys/merchant.private.pem');
  const signature = sign('sha256', Buffer.from(`POST ${path}\n${clientId}.2030-01-01T00:00:01Z.${body}`), key).toString('base64');
  const headers = {
    'Client-Id': clientId,
    'Request-Time': time,
    Signature: `algorithm=RSA256, keyVersion=1, signature=${encodeURIComponent(signature)}`,
  };
  const options = Object.entries(headers).map(([name, value]) => `-H '${name}: ${value}'`);

  await page.setViewportSize({ width: 390, height: 844 });
  await page.goto(`${wallet.url}/signatures`);
  await page.getByTestId('doctor-input').fill(`curl '${wallet.url}${path}' ${options.join(' ')} --data-raw '${body}'`);
  await page.getByTestId('doctor-input').press('Tab');
  await page.keyboard.press('Enter');

  const result = page.getByTestId('doctor-result');
  await expect(result.getByTestId('finding')).toHaveAttribute('data-code', 'time-mismatch');
  const marks = result.getByTestId('signature-diff').locator('mark');
  await expect(marks).toHaveText(['0', '1']);
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(390);
  expect(await violationsInEachScheme(page)).toEqual([]);

  await fetch(wallet.url + path, { method: 'POST', headers: { 'Content-Type': 'application/json', ...headers }, body });
  const [call] = await wallet.calls('applyToken');
  await page.goto(`${wallet.url}/journal/${call?.id}`);
  await expect(page.getByTestId('signature-diff').locator('mark')).toHaveText(['0', '1']);

  const publicKey = await readFile('fixtures/keys/demo-merchant.public.pem', 'utf8');
  await wallet.control('PATCH', `clients/${clientId}`, { publicKey });
  await page.reload();
  await page.getByTestId('send-again').click();
  await expect(page.locator('[data-done]')).toContainText('se envió otra vez');
  await expect(page.getByTestId('reason')).toContainText('authCode');
  await expect(page.getByTestId('signature-diff')).toHaveCount(0);
});
