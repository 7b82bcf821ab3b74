import { ask } from '../stage/ask.ts';
import { frameOf, violations } from '../stage/audit.ts';
import { countSubmissions } from '../stage/submissions.ts';
import { expect, test, users } from '../stage/test.ts';

/** The list of accounts in the sheet. Only Enter or a click chooses. A change of user keeps the choices made on the screen. */

test.describe('the list of accounts', () => {
  let ended: Promise<unknown>;
  let answers: string[];

  test.beforeEach(async ({ open, page, consent }) => {
    answers = [];
    page.on('request', (request) => {
      if (request.method() === 'POST' && request.url().includes('/wallet/consent')) answers.push(request.postData() ?? '');
    });
    await open();
    ended = ask(page, 'USER_NAME');
    await expect(consent.heading).toBeFocused();
  });

  test('opens on the current user; arrows, Tab and Escape change nothing', async ({ page, consent, wallet }) => {
    const focus = consent.frame.locator(':focus');
    const search = consent.frame.getByRole('searchbox');
    await consent.user.focus();
    await page.keyboard.press('Enter');
    await expect(focus).toHaveAttribute('value', users.asked);
    await expect(focus).toHaveAttribute('aria-selected', 'true');
    for (const [key, userId] of [
      ['ArrowDown', users.grants],
      ['ArrowDown', users.refuses],
      ['ArrowUp', users.grants],
      ['End', '1000001119398804030'],
      ['ArrowDown', '1000001119398804030'],
      ['Home', users.asked],
    ] as const) {
      await page.keyboard.press(key);
      await expect(focus).toHaveAttribute('value', userId);
    }
    await page.keyboard.press('ArrowUp');
    await expect(search).toBeFocused();
    const stops: (string | null)[] = [];
    for (let stop = 0; stop < 3; stop++) {
      await page.keyboard.press('Tab');
      stops.push(await focus.getAttribute('role'));
    }
    expect(stops, 'one account is a stop; then the focus goes round').toEqual(['option', null, null]);
    await expect(search).toBeFocused();

    await page.keyboard.press('Escape');
    await expect(consent.chooser).toBeHidden();
    await expect(consent.user).toBeFocused();
    await expect(consent.user).toHaveValue(users.asked);
    expect(answers).toEqual([]);
    expect((await wallet.settings()).user).toBe(users.asked);
    await page.keyboard.press('Escape');
    expect(await ended, 'the second Escape closes the sheet').toMatchObject({ error: 1001 });
  });

  test('typing searches by name, note and number, and Enter chooses the first account found', async ({ page, consent }) => {
    const accounts = consent.chooser.getByRole('option');
    const status = consent.chooser.getByRole('status');
    await consent.user.click();
    await expect(accounts).toHaveCount(27);
    await page.keyboard.type('inigo');
    await expect(consent.frame.getByRole('searchbox')).toHaveValue('inigo');
    await expect(accounts).toHaveText(/Íñigo/);
    for (const [words, count] of [
      ['rechaza', 3],
      ['árabe nombre', 2],
      ['804010', 1],
      ['zzz', 0],
    ] as const) {
      await consent.frame.getByRole('searchbox').fill(words);
      await expect(accounts, words).toHaveCount(count);
      await expect(status).toHaveText(count === 0 ? 'Ninguna cuenta coincide.' : `Cuentas encontradas: ${count}`);
    }
    await page.keyboard.press('Enter');
    await expect(consent.chooser, 'Enter chooses nothing if nothing is found').toBeVisible();
    await consent.frame.getByRole('searchbox').fill('montalvo');
    await page.keyboard.press('Enter');
    await expect(consent.user).toHaveValue('1000001119398804006');
    await expect(consent.frame.getByRole('strong')).toContainText('Emilio');
    await expect(consent.user).toBeFocused();
    await consent.deny.click();
    expect(await ended).toMatchObject({ error: 11 });
  });

  test('a click outside goes back; a user who decides alone ends the sheet', async ({ page, consent, wallet }) => {
    await consent.user.click();
    await consent.chooser.getByRole('button', { name: 'Volver a la solicitud' }).click();
    await expect(consent.chooser).toBeHidden();
    await consent.user.click();
    await page.mouse.click(5, 5);
    await expect(consent.chooser).toBeHidden();
    await consent.choose(users.grants);
    expect(await ended).toMatchObject({ authSuccessScopes: ['USER_NAME'] });
    await expect(consent.sheet).toHaveCount(0);
    expect((await wallet.settings()).user).toBe(users.grants);
  });
});

test('the list is in view on each screen, and axe-core finds nothing', async ({ page, open, consent }) => {
  await open();
  const ended = ask(page, 'USER_NAME');
  await consent.user.click();
  const frame = await frameOf(consent.sheet);
  const longest = consent.chooser.locator('[value="1000001119398804009"]');
  for (const [width, height] of [
    [360, 640],
    [390, 844],
    [1440, 900],
  ] as const) {
    await page.setViewportSize({ width, height });
    await expect(consent.chooser).toBeInViewport({ ratio: 1 });
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme });
      expect(await violations(frame), `${width}, ${colorScheme}`).toEqual([]);
    }
    await longest.scrollIntoViewIfNeeded();
    await expect(longest).toBeInViewport({ ratio: 1 });
    expect((await longest.boundingBox())?.height, 'two lines of the name and two of the note').toBeLessThan(110);
    const isWider = await consent.chooser.evaluate((dialog) =>
      [...dialog.querySelectorAll('*')].some(({ scrollWidth }) => scrollWidth > dialog.clientWidth),
    );
    expect(isWider, 'something is wider than the list').toBe(false);
  }
  await page.keyboard.press('Escape');
  await consent.close.click();
  await ended;
});

test('the authorized mini programs have the same list, and keep the focus', async ({ page, wallet }) => {
  const submissions = await countSubmissions(page);
  await page.goto(`${wallet.url}/wallet/apps`);
  const user = page.getByTestId('apps-user');
  await user.focus();
  await page.keyboard.press('Enter');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.type('zzz');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('dialog'), 'Enter chooses nothing if nothing is found').toBeVisible();
  await page.keyboard.press('Escape');
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog')).toBeHidden();
  await expect(user).toBeFocused();
  expect(await submissions()).toBe(0);
  await page.keyboard.press('Enter');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await expect(user).toHaveValue(users.grants);
  await expect(user).toBeFocused();
  expect((await wallet.settings()).user).toBe(users.grants);
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
    await consent.choose('1000001119398804006');

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
      await consent.choose(userId);
      expect(await ended).toMatchObject({ error: 1005 });
      const { behaviour } = await wallet.control<{ behaviour: object }>('GET', `users/${userId}`);
      expect(behaviour, 'it was meant for the user before').not.toMatchObject({ error: 1005 });
    });
  }
});
