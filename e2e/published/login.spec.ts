import { clientId, expect, test, users } from './cafe.ts';

/** A guest logs in to the café with the wallet. */

test('by who they are alone: nothing is asked', async ({ cafe, consent }) => {
  await cafe.press('login-silent');
  await expect(cafe.greeting).toHaveText('¡Hola!');
  expect(await consent.shown()).toBe(false);
});

test('with name and photo, and allows both', async ({ cafe, consent, wallet }) => {
  await cafe.press('login-name');
  await consent.allow();
  await expect(cafe.greeting).toHaveText('¡Hola, Lucía!');
  await expect(cafe.avatar).toBeVisible();

  const [call] = await wallet.journal.wait({ operation: 'applyToken', resultCode: 'SUCCESS' });
  expect(call?.signature?.verified).toBe(true);
  expect(await wallet.findings()).toEqual([]);
});

test('with the photo alone', async ({ cafe, consent }) => {
  await cafe.press('login-name');
  await consent.allowOnly(['USER_AVATAR']);
  await expect(cafe.avatar).toBeVisible();
  await expect(cafe.greeting).toHaveText('¡Hola!');
});

test('and refuses, closes the screen, and then agrees after all', async ({ cafe, consent }) => {
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

test('as somebody else, whom the tester chooses on the screen', async ({ cafe, consent, wallet }) => {
  await wallet.users.add({ userId: 'noe', name: 'Noé Valdivia', userName: { firstName: 'Noé' }, locale: 'es-MX' });
  await cafe.press('login-name');
  await consent.as('noe');
  await expect((await consent.screen()).scope('USER_NAME')).toBeChecked();
  await consent.allow();
  await expect(cafe.greeting).toHaveText('¡Hola, Noé!');
});

test('as somebody who decides alone', async ({ cafe, consent }) => {
  await cafe.press('login-name');
  await consent.as(users.harriet);
  expect(await cafe.callback()).toMatchObject({ error: 11 });
});

test('who agreed before', async ({ cafe, wallet }) => {
  await wallet.settings.change({ user: users.tomas });
  await cafe.press('login-name');
  await expect(cafe.greeting).toHaveText('¡Hola, Tomás!');
});

test('and the screen says who asks for what', async ({ cafe, consent }) => {
  await cafe.press('login-contact');
  const screen = await consent.screen();
  await expect(screen.app).toHaveText('Café Aurora');
  await expect(screen.user).toHaveValue(users.lucia);
  await expect(screen.scope('USER_CONTACTINFO')).toBeChecked();
  await expect(screen.scope('USER_NAME')).toHaveCount(0);
});

test.describe('the consent fixture tells', () => {
  test.use({ actionTimeout: 2000 });

  test('why no screen shows', async ({ cafe, consent, wallet }) => {
    await wallet.settings.change({ user: users.tomas });
    await cafe.press('login-name');
    await expect(cafe.greeting).toHaveText('¡Hola, Tomás!');
    await expect(consent.allow()).rejects.toThrow(
      /no consent screen showed .* the last call, getAuthCode, ended in SUCCESS \(.+\)/,
    );
  });

  test('of a scope that nobody asked for, and of a user that there is not', async ({ cafe, consent }) => {
    await cafe.press('login-name');
    await expect(consent.as('nobody')).rejects.toThrow(`expected one of ${users.lucia}`);
    await expect(consent.allowOnly(['USER_AVATAR', 'USER_SHOE_SIZE'])).rejects.toThrow(
      'USER_SHOE_SIZE was not asked for; the mini program asked for USER_NAME, USER_AVATAR',
    );
  });
});

test.describe('every test begins with a clean wallet', () => {
  // In one worker, with one emulator: what the first leaves behind, the second would find.
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
