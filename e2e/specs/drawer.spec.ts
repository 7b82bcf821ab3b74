import { ask } from '../stage/ask.ts';
import { frameOf } from '../stage/audit.ts';
import { expect, test, users } from '../stage/test.ts';

/** The tester's drawer, which can end a call in any way. */

const drawer = 'Pruebas';

test.beforeEach(async ({ open }) => {
  await open();
});

test('is closed at first, and the keyboard can open it', async ({ page, consent }) => {
  const ended = ask(page, 'USER_NAME');
  await expect(consent.frame.getByText('Hacer esto siempre con este usuario')).toBeHidden();
  await expect(consent.heading).toBeFocused();
  await consent.frame.getByText(drawer).focus();
  await page.keyboard.press('Enter');
  await expect(consent.frame.getByText('Hacer esto siempre con este usuario')).toBeVisible();
  await consent.deny.click();
  await ended;
});

test('is a small pill until it is opened, and never covers all scopes of a small phone', async ({ page, consent }) => {
  await page.setViewportSize({ width: 360, height: 640 });
  const ended = ask(page, 'auth_user', 'USER_NAME', 'USER_GENDER', 'SEND_MESSAGE', 'AGREEMENT_PAY');
  const summary = consent.frame.locator('summary', { hasText: drawer });
  await expect(summary).toBeVisible();
  const pill = await consent.frame.locator('[data-drawer]').boundingBox();
  expect(pill?.width).toBeLessThan(140);
  expect(pill?.height).toBeLessThan(40);
  await summary.click();
  await expect(consent.frame.getByLabel('Respuesta', { exact: true })).toBeInViewport({ ratio: 1 });
  await expect(consent.scope('auth_user')).toBeInViewport({ ratio: 1 });
  await expect(consent.frame.getByText('Tu perfil básico', { exact: true })).toBeInViewport({ ratio: 1 });
  for (const button of [consent.user, consent.allow, consent.deny]) await expect(button).toBeInViewport({ ratio: 1 });
  await consent.scope('AGREEMENT_PAY').scrollIntoViewIfNeeded();
  await consent.scope('AGREEMENT_PAY').uncheck();
  await consent.deny.click();
  await ended;
});

test('keeps a focus that was set before its script ran', async ({ page, consent }) => {
  let deliver = () => {};
  const delivered = new Promise<void>((resolve) => {
    deliver = resolve;
  });
  await page.route('**/assets/consent-*.js', async (route) => {
    await delivered;
    await route.continue();
  });
  const ended = ask(page, 'USER_NAME');
  const summary = consent.frame.locator('summary', { hasText: drawer });
  // A browser focuses no element before the styles of the page are loaded.
  await expect(async () => {
    await summary.focus();
    expect(await summary.evaluate((element) => element === document.activeElement)).toBe(true);
  }).toPass();
  deliver();
  await frameOf(consent.sheet);
  await expect(summary).toBeFocused();
  await consent.deny.click();
  await ended;
});

test('ends the call with any error, whichever button is pressed', async ({ page, consent }) => {
  const buttons = [consent.allow, consent.deny];
  for (const [index, error] of [11, 1001, 2, 3, 4, 10, 1000, 1005].entries()) {
    const ended = ask(page, 'USER_NAME');
    await consent.frame.getByText(drawer).click();
    await consent.frame.getByLabel('Respuesta', { exact: true }).selectOption(String(error));
    await expect(consent.frame.locator('summary', { hasText: drawer })).toContainText(`error ${error}`);
    await buttons[index % 2]?.click();
    expect(await ended).toMatchObject({ error, errorMessage: expect.any(String), authErrorScopes: { USER_NAME: '10001' } });
  }
});

test('times out: error 10, without an authCode', async ({ page, consent }) => {
  const ended = ask(page, 'USER_NAME');
  await consent.frame.getByText(drawer).click();
  await consent.frame.getByLabel('Respuesta', { exact: true }).selectOption({ label: '10 · sin respuesta: se agota el tiempo' });
  await consent.allow.click();
  const failure = await ended;
  expect(failure).toMatchObject({ error: 10 });
  expect(failure.authCode).toBeUndefined();
});

for (const code of ['10001', '40006']) {
  test(`refuses single scopes with ${code}, even if they are ticked`, async ({ page, consent }) => {
    const ended = ask(page, 'USER_NAME', 'USER_GENDER', 'USER_BIRTHDAY');
    await consent.frame.getByText(drawer).click();
    await consent.frame.getByRole('checkbox', { name: 'USER_GENDER' }).check();
    await consent.frame.getByRole('checkbox', { name: 'USER_BIRTHDAY' }).check();
    await consent.frame.getByLabel('Código de cada permiso rechazado').selectOption(code);
    await consent.allow.click();
    expect(await ended).toMatchObject({
      authSuccessScopes: ['USER_NAME'],
      authErrorScopes: { USER_GENDER: code, USER_BIRTHDAY: code },
    });
  });
}

test('answers after a delay', async ({ page, consent }) => {
  const ended = ask(page, 'USER_NAME');
  await consent.frame.getByText(drawer).click();
  await consent.frame.getByLabel('Segundos de espera').fill('0.4');
  await consent.frame.getByLabel('Segundos de espera').press('Tab');
  await expect(consent.frame.locator('summary', { hasText: drawer })).toContainText('espera 0.4 s');
  const answered = page.waitForResponse(
    (response) => response.request().method() === 'POST' && response.url().includes('/consent'),
  );
  const pressed = performance.now();
  await consent.allow.click();
  await answered;
  expect(performance.now() - pressed).toBeGreaterThanOrEqual(400);
  expect(await ended).toMatchObject({ authSuccessScopes: ['USER_NAME'] });
});

test('a refusal that waits shows so on its own button', async ({ page, consent }) => {
  void ask(page, 'USER_NAME').catch(() => undefined);
  await consent.frame.getByText(drawer).click();
  await consent.frame.getByLabel('Segundos de espera').fill('30');
  await consent.deny.click();
  await expect(consent.deny.locator('.spinner')).toBeVisible();
  await expect(consent.allow.locator('.spinner')).toBeHidden();
});

test.describe('always does the same for this user', () => {
  test.beforeEach(async ({ page, consent }) => {
    const ended = ask(page, 'USER_NAME', 'USER_GENDER');
    await consent.frame.getByText(drawer).click();
    await consent.frame.getByRole('checkbox', { name: 'USER_GENDER' }).check();
    await consent.frame.getByLabel('Código de cada permiso rechazado').selectOption('40006');
    await consent.frame.getByLabel('Hacer esto siempre con este usuario').check();
    await consent.allow.click();
    expect(await ended).toMatchObject({ authSuccessScopes: ['USER_NAME'], authErrorScopes: { USER_GENDER: '40006' } });
  });

  test('without a screen, and not for other users', async ({ page, consent, wallet }) => {
    expect(await ask(page, 'USER_GENDER', 'USER_BIRTHDAY')).toMatchObject({
      authSuccessScopes: ['USER_BIRTHDAY'],
      authErrorScopes: { USER_GENDER: '40006' },
    });
    await wallet.change({ user: '1000001119398804006' });
    const ended = ask(page, 'USER_BIRTHDAY');
    await consent.deny.click();
    await ended;
  });

  test('until the behaviour is removed', async ({ page, consent, wallet }) => {
    await wallet.control('PATCH', `users/${users.asked}`, { behaviour: null });
    const ended = ask(page, 'USER_GENDER');
    await consent.allow.click();
    expect(await ended).toMatchObject({ authSuccessScopes: ['USER_GENDER'] });
  });

  test('until a reset', async ({ page, consent, wallet }) => {
    await wallet.control('POST', 'reset');
    const ended = ask(page, 'USER_GENDER');
    await consent.allow.click();
    expect(await ended).toMatchObject({ authSuccessScopes: ['USER_GENDER'] });
  });
});

test('always gives an error, until the behaviour is removed', async ({ page, consent, wallet }) => {
  const first = ask(page, 'USER_NAME');
  await consent.frame.getByText(drawer).click();
  await consent.frame.getByLabel('Respuesta', { exact: true }).selectOption('1005');
  await consent.frame.getByLabel('Hacer esto siempre con este usuario').check();
  await consent.allow.click();
  await first;
  expect(await ask(page, 'USER_NAME')).toMatchObject({ error: 1005 });
  await expect(consent.sheet).toHaveCount(0);
  await wallet.control('PATCH', `users/${users.asked}`, { behaviour: null });
  const ended = ask(page, 'USER_NAME');
  await consent.deny.click();
  expect(await ended).toMatchObject({ error: 11 });
});

test('is absent if the setting is off', async ({ page, consent, wallet }) => {
  await wallet.control('PUT', 'settings', { drawer: false });
  const ended = ask(page, 'USER_NAME');
  await expect(consent.screen).toBeVisible();
  await expect(consent.frame.getByText(drawer)).toHaveCount(0);
  await consent.scope('USER_NAME').uncheck();
  await consent.scope('USER_NAME').check();
  await consent.allow.click();
  expect(await ended).toMatchObject({ authSuccessScopes: ['USER_NAME'] });
});

test('lists the users whose behaviour was changed, and undoes it; the ticks stay', async ({ page, consent, wallet }) => {
  await wallet.control('PATCH', `users/${users.grants}`, { behaviour: { consent: 'deny' } });
  const ended = ask(page, 'USER_NAME', 'USER_GENDER');
  await consent.scope('USER_GENDER').uncheck();
  await consent.frame.getByText(drawer).click();
  await expect(consent.frame.getByLabel('Usuarios cambiados')).toContainText('Tomás');
  await consent.frame.getByRole('button', { name: 'Restablecer' }).click();
  await expect(consent.frame.getByLabel('Usuarios cambiados')).toHaveCount(0);
  await expect(consent.frame.getByLabel('Segundos de espera'), 'the drawer stays open').toBeVisible();
  const { behaviour } = await wallet.control<{ behaviour: object }>('GET', `users/${users.grants}`);
  expect(behaviour).toEqual({ consent: 'grant' });
  await consent.allow.click();
  expect(await ended).toMatchObject({ authSuccessScopes: ['USER_NAME'], authErrorScopes: { USER_GENDER: '10001' } });
});
