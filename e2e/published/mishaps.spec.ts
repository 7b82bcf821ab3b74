// biome-ignore-all lint/suspicious/noThenProperty: a scenario has a field `then`, and is never awaited
import { expect, test } from './cafe.ts';

/** Rare failures of a real wallet, on demand. */

test.beforeEach(async ({ wallet }) => {
  await wallet.settings.change({ consent: 'grant' });
});

test('the user refuses the name once', async ({ cafe, wallet }) => {
  await wallet.scenarios.add({ when: { scope: 'USER_NAME' }, then: { denyScopes: ['USER_NAME'] }, times: 1 });
  await cafe.press('login-name');
  await expect(cafe.avatar).toBeVisible();
  await expect(cafe.greeting).toHaveText('¡Hola!');

  await cafe.press('login-name');
  await expect(cafe.greeting).toHaveText('¡Hola, Lucía!');
});

test('the code expires on its way to the merchant', async ({ page, cafe, wallet }) => {
  await page.route('**/login', async (route) => {
    await wallet.clock.advance('P2D');
    await route.continue();
  });
  await cafe.press('login-silent');
  expect(await cafe.merchant()).toMatchObject({ ok: false, resultCode: 'EXPIRED_AUTHCODE' });
});

test('the access token expires between two calls, and is refreshed', async ({ cafe, wallet }) => {
  await cafe.press('login-name');
  await expect(cafe.greeting).toHaveText('¡Hola, Lucía!');
  const [{ accessToken } = { accessToken: '' }] = await wallet.tokens.list();
  await wallet.tokens.expire({ accessToken });

  await cafe.press('profile');
  expect(await cafe.merchant()).toMatchObject({ ok: false, resultCode: 'EXPIRED_ACCESS_TOKEN' });
  await cafe.press('refresh');
  expect(await cafe.merchant()).toMatchObject({ ok: true });
  await cafe.press('profile');
  expect(await cafe.merchant()).toMatchObject({ ok: true, profile: { userName: { firstName: 'Lucía' } } });
});

test('the merchant rejects a response with a bad signature', async ({ cafe, wallet }) => {
  await wallet.scenarios.add({ when: { operation: 'applyToken' }, then: { fault: 'bad-signature' }, times: 1 });
  await cafe.press('login-silent');
  expect(await cafe.merchant()).toMatchObject({ ok: false, resultCode: 'PLATFORM_UNVERIFIED' });
});

test('the platform is down for one call', async ({ cafe, wallet }) => {
  const { id } = await wallet.scenarios.add({ when: { operation: 'applyToken' }, then: [{ status: 503, body: 'down' }] });
  await cafe.press('login-silent');
  expect(await cafe.merchant()).toMatchObject({ ok: false, resultCode: 'PLATFORM_UNREACHABLE' });
  await cafe.press('login-silent');
  await expect(cafe.greeting).toHaveText('¡Hola!');
  expect((await wallet.scenarios.read(id)).hits).toBe(1);
});

test('a scenario of the library is added by its name', async ({ cafe, wallet }) => {
  await wallet.settings.change({ consent: 'ask' });
  await wallet.scenarios.add({ library: 'user-closes', times: 1 });
  await cafe.press('login-name');
  expect(await cafe.callback()).toMatchObject({ error: 1001 });
});
