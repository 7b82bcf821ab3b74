import { ask } from '../stage/ask.ts';
import { countSubmissions } from '../stage/submissions.ts';
import { expect, test, users } from '../stage/test.ts';

/** The keyboard can pass through the list without changing the user. A change of user keeps the choices made on the screen. */

test.describe('by the keyboard', () => {
  let ended: Promise<unknown>;
  let submissions: () => Promise<number>;

  test.beforeEach(async ({ open, page, consent }) => {
    submissions = await countSubmissions(page);
    await open();
    ended = ask(page, 'USER_NAME');
    await expect(consent.heading).toBeFocused();
    await consent.user.focus();
  });

  for (const [what, keys] of Object.entries({ 'an arrow': ['ArrowDown'], 'a letter': ['T'] })) {
    test(`${what} in the closed list changes nothing until Enter is pressed`, async ({ page, consent, wallet }) => {
      for (const key of keys) await page.keyboard.press(key);
      await expect(consent.user).toHaveValue(users.grants);
      expect(await submissions()).toBe(0);
      await expect(consent.frame.getByText(/Tomás .*Intro/)).toBeVisible();
      expect((await wallet.settings()).user).toBe(users.asked);
      await expect(consent.user).toBeFocused();
      await page.keyboard.press('Enter');
      expect(await ended).toMatchObject({ authSuccessScopes: ['USER_NAME'] });
      expect((await wallet.settings()).user).toBe(users.grants);
    });
  }

  test('going through the list and back changes nothing', async ({ page, consent, wallet }) => {
    for (const key of ['ArrowDown', 'ArrowDown', 'ArrowUp', 'ArrowUp', 'Tab']) await page.keyboard.press(key);
    expect(await submissions()).toBe(0);
    await expect(consent.user).toHaveValue(users.asked);
    await consent.allow.click();
    await ended;
    expect((await wallet.settings()).user).toBe(users.asked);
  });

  test('leaving the list changes the user, and the list has the focus again', async ({ page, consent }) => {
    for (let times = 0; times < 5; times++) await page.keyboard.press('ArrowDown');
    await expect(consent.user).toHaveValue('1000001119398804006');
    await page.keyboard.press('Tab');
    await expect(consent.frame.getByRole('strong')).toContainText('Emilio');
    await expect(consent.user).toBeFocused();
    await consent.deny.click();
    expect(await ended).toMatchObject({ error: 11 });
  });

  test('leaving the list for a button that ends the screen only presses that button', async ({ page, consent }) => {
    await page.keyboard.press('ArrowDown');
    await expect(consent.user).toHaveValue(users.grants);
    await consent.close.click({ delay: 300 });
    expect(await ended).toMatchObject({ error: 1001 });
  });

  test('a choice in the open list changes the user at once', async ({ page, consent }) => {
    await page.keyboard.press('Space');
    await page.keyboard.press('ArrowDown');
    expect(await submissions()).toBe(0);
    await page.keyboard.press('Enter');
    expect(await ended).toMatchObject({ authSuccessScopes: ['USER_NAME'] });
    await expect(consent.sheet).toHaveCount(0);
  });
});

test('the user list of the authorized mini programs also waits for Enter, and keeps the focus', async ({ page, wallet }) => {
  const submissions = await countSubmissions(page);
  await page.goto(`${wallet.url}/wallet/apps`);
  const user = page.getByTestId('apps-user');
  await user.focus();
  await page.keyboard.press('ArrowDown');
  expect(await submissions()).toBe(0);
  expect((await wallet.settings()).user).toBe(users.asked);
  await page.keyboard.press('Enter');
  await expect.poll(async () => (await wallet.settings()).user).toBe(users.grants);
  await page.waitForLoadState();
  await expect(user).toHaveValue(users.grants);
  await expect(user).toBeFocused();
});

test.describe('after a change of user', () => {
  test.beforeEach(async ({ open }) => {
    await open();
  });

  test('the drawer and the unticked scopes are as before', async ({ page, consent }) => {
    const ended = ask(page, 'USER_NAME', 'USER_GENDER', 'USER_BIRTHDAY');
    await consent.scope('USER_GENDER').uncheck();
    const drawer = consent.frame.locator('summary', { hasText: 'Pruebas' });
    await drawer.click();
    await consent.frame.getByLabel('Segundos de espera').fill('0.2');
    await consent.frame.getByRole('checkbox', { name: 'USER_BIRTHDAY' }).check();
    await consent.frame.getByLabel('Código de cada permiso rechazado').selectOption('40006');
    await consent.user.selectOption('1000001119398804006');

    await expect(consent.frame.getByRole('strong')).toContainText('Emilio');
    await expect(consent.scope('USER_NAME')).toBeChecked();
    await expect(consent.scope('USER_GENDER')).not.toBeChecked();
    await expect(drawer).toContainText('espera 0.2 s · rechaza USER_BIRTHDAY');
    await consent.allow.click();
    expect(await ended).toMatchObject({
      authSuccessScopes: ['USER_NAME'],
      authErrorScopes: { USER_GENDER: '10001', USER_BIRTHDAY: '40006' },
    });
  });

  for (const [who, userId] of Object.entries({ refuses: users.refuses, grants: users.grants })) {
    test(`the drawer’s error wins over a user who ${who}`, async ({ page, consent, wallet }) => {
      const ended = ask(page, 'USER_NAME');
      await consent.frame.getByText('Pruebas').click();
      await consent.frame.getByLabel('Respuesta', { exact: true }).selectOption('1005');
      await consent.frame.getByLabel('Hacer esto siempre con este usuario').check();
      await consent.user.selectOption(userId);
      expect(await ended).toMatchObject({ error: 1005 });
      const { behaviour } = await wallet.control<{ behaviour: object }>('GET', `users/${userId}`);
      expect(behaviour, 'it was meant for the user before').not.toMatchObject({ error: 1005 });
    });
  }
});
