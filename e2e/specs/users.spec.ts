import { expect, test, users } from '../stage/test.ts';

/** Users whose behaviour in fixtures/users.json decides, for tests that are not about the screen. */

test.beforeEach(async ({ shop }) => {
  await shop.open();
});

test.afterEach(({ shop }) => {
  expect(shop.screens).toEqual([]);
});

test('one grants everything', async ({ shop, wallet }) => {
  await wallet.change({ user: users.grants });
  await shop.press('login-name');
  await expect(shop.greeting).toHaveText('¡Hola, Tomás!');
});

test('one refuses everything', async ({ shop, wallet }) => {
  await wallet.change({ user: users.refuses });
  await shop.press('login-name');
  expect(await shop.callback()).toMatchObject({ error: 11, authErrorScopes: { USER_NAME: '10001', USER_AVATAR: '10001' } });
});

test('one refuses everything but the silent scopes', async ({ shop, wallet }) => {
  await wallet.change({ user: users.refuses });
  await shop.press('login-silent');
  await expect(shop.greeting).toHaveText('¡Hola!');
});

test('one refuses the name and the contact details, and grants the rest', async ({ shop, wallet }) => {
  await wallet.change({ user: users.refusesNameAndContact });
  await shop.press('login-name');
  await expect(shop.greeting).toHaveText('¡Hola!');
  expect(await shop.callback()).toMatchObject({
    authSuccessScopes: ['USER_AVATAR'],
    authErrorScopes: { USER_NAME: '10001' },
  });
  await shop.press('login-contact');
  expect(await shop.callback()).toMatchObject({ error: 11, authErrorScopes: { USER_CONTACTINFO: '10001' } });
});

test("one's access tokens live for five seconds", async ({ shop, wallet }) => {
  await wallet.change({ user: users.shortLived });
  await shop.press('login-name');
  await expect(shop.greeting).toHaveText('¡Hola, Owen!');

  await wallet.advance('PT6S');
  await shop.press('profile');
  expect(await shop.merchant()).toMatchObject({ ok: false, resultCode: 'EXPIRED_ACCESS_TOKEN' });
});
