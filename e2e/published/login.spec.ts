import { clientId, expect, test, users } from './cafe.ts';

/** Users log in to the café with the wallet. */

test('a login with USER_ID only asks nothing', async ({ cafe, consent }) => {
  await cafe.press('login-silent');
  await expect(cafe.greeting).toHaveText('¡Hola!');
  expect(await consent.shown()).toBe(false);
});

test('the user allows name and photo', async ({ cafe, consent, wallet }) => {
  await cafe.press('login-name');
  await consent.allow();
  await expect(cafe.greeting).toHaveText('¡Hola, Lucía!');
  await expect(cafe.avatar).toBeVisible();

  const [call] = await wallet.journal.wait({ operation: 'applyToken', resultCode: 'SUCCESS' });
  expect(call?.signature?.verified).toBe(true);
  expect(await wallet.findings()).toEqual([]);
});

test('the user allows only the photo', async ({ cafe, consent }) => {
  await cafe.press('login-name');
  await consent.allowOnly(['USER_AVATAR']);
  await expect(cafe.avatar).toBeVisible();
  await expect(cafe.greeting).toHaveText('¡Hola!');
});

test('the user refuses, then closes the screen, then allows', async ({ cafe, consent }) => {
  await cafe.press('login-name');
  await consent.deny();
  expect(await cafe.callback()).toMatchObject({ error: 11, authErrorScopes: { USER_NAME: '10001', USER_AVATAR: '10001' } });

  await cafe.press('login-name');
  await consent.close();
  expect(await cafe.callback()).toMatchObject({ error: 1001 });

  await cafe.press('login-name');
  await consent.allow();
  await expect(cafe.greeting).toHaveText('¡Hola, Lucía!');
});

test('the tester chooses another user on the screen', async ({ cafe, consent, wallet }) => {
  await wallet.users.add({ userId: 'noe', name: 'Noé Valdivia', userName: { firstName: 'Noé' }, locale: 'es-MX' });
  await cafe.press('login-name');
  await consent.as('noe');
  await expect((await consent.screen()).scope('USER_NAME')).toBeChecked();
  await consent.allow();
  await expect(cafe.greeting).toHaveText('¡Hola, Noé!');
});

test('the tester chooses a user who refuses without a screen', async ({ cafe, consent }) => {
  await cafe.press('login-name');
  await consent.as(users.harriet);
  expect(await cafe.callback()).toMatchObject({ error: 11 });
});

test('a user who always grants sees no screen', async ({ cafe, wallet }) => {
  await wallet.settings.change({ user: users.tomas });
  await cafe.press('login-name');
  await expect(cafe.greeting).toHaveText('¡Hola, Tomás!');
});

test('the screen names the app and the scopes', async ({ cafe, consent }) => {
  await cafe.press('login-contact');
  const screen = await consent.screen();
  await expect(screen.app).toHaveText('Café Aurora');
  await expect(screen.user).toHaveValue(users.lucia);
  await expect(screen.scope('USER_CONTACTINFO')).toBeChecked();
  await expect(screen.scope('USER_NAME')).toHaveCount(0);
});

test.describe('the consent fixture says', () => {
  test.use({ actionTimeout: 2000 });

  test('why there is no screen', async ({ cafe, consent, wallet }) => {
    await wallet.settings.change({ user: users.tomas });
    await cafe.press('login-name');
    await expect(cafe.greeting).toHaveText('¡Hola, Tomás!');
    await expect(consent.allow()).rejects.toThrow(
      /no consent screen showed .* the last call, getAuthCode, ended in SUCCESS \(.+\)/,
    );
  });

  test('that a scope was not asked for, or that a user is unknown', async ({ cafe, consent }) => {
    await cafe.press('login-name');
    await expect(consent.as('nobody')).rejects.toThrow(`expected one of ${users.lucia}`);
    await expect(consent.allowOnly(['USER_AVATAR', 'USER_SHOE_SIZE'])).rejects.toThrow(
      'USER_SHOE_SIZE was not asked for; the mini program asked for USER_NAME, USER_AVATAR',
    );
  });
});

test.describe('every test starts with a clean wallet', () => {
  // Serial tests share a worker and its emulator, so the second would find what the first left behind.
  test.describe.configure({ mode: 'serial' });

  for (const turn of ['first', 'second']) {
    test(`the ${turn}`, async ({ wallet }) => {
      const { user, consent } = await wallet.settings.read();
      expect([user, consent]).toEqual([users.lucia, 'ask']);
      expect(await wallet.tokens.list({ clientId })).toEqual([]);
      expect((await wallet.clock.read()).frozen).toBe(false);
      await wallet.tokens.issue({ clientId, userId: users.tomas, scopes: ['USER_ID'] });
      await wallet.settings.change({ user: users.tomas, consent: 'grant' });
      await wallet.clock.freeze();
    });
  }
});
