import { expect, test } from '../stage/test.ts';

/** The other calls of `my` that mini programs make before and after an authorization. */

test.beforeEach(async ({ open }) => {
  await open({ body: '<button>En la página</button>' });
});

test('getSiteInfo names the wallet', async ({ page }) => {
  expect(await page.evaluate(() => my.getSiteInfo())).toEqual({ siteName: 'Billetera' });
});

test('alert shows a dialog that the keyboard can close', async ({ page }) => {
  const inPage = page.getByRole('button', { name: 'En la página' });
  await inPage.focus();
  const ended = page.evaluate(() => my.alert({ title: 'Listo', content: '<b>Tu café</b>', buttonText: 'Vale' }));
  const dialog = page.getByRole('alertdialog', { name: 'Listo' });
  await expect(dialog).toContainText('<b>Tu café</b>');
  await expect(dialog.getByRole('button', { name: 'Vale' })).toBeFocused();
  await page.keyboard.press('Enter');
  expect(await ended).toEqual({ success: true });
  await expect(dialog).toHaveCount(0);
  await expect(inPage).toBeFocused();
});

test('confirm returns the choice; Escape counts as cancel', async ({ page }) => {
  const ask = () =>
    page.evaluate(() => my.confirm({ content: '¿Para llevar?', confirmButtonText: 'Sí', cancelButtonText: 'No' }));
  const dialog = page.getByRole('dialog', { name: '¿Para llevar?' });

  const yes = ask();
  await dialog.getByRole('button', { name: 'Sí' }).tap();
  expect(await yes).toEqual({ confirm: true });
  const no = ask();
  await dialog.getByRole('button', { name: 'No' }).click();
  expect(await no).toEqual({ confirm: false });
  const escaped = ask();
  await expect(dialog).toBeVisible();
  await page.keyboard.press('Escape');
  expect(await escaped).toEqual({ confirm: false });
});

test('a long alert is scrolled to its top, and its button is visible', async ({ page }) => {
  const ended = page.evaluate(() => my.alert({ title: 'Condiciones', content: 'Una línea.\n'.repeat(200) }));
  const dialog = page.getByRole('alertdialog');
  await expect(dialog.getByRole('heading', { name: 'Condiciones' })).toBeInViewport({ ratio: 1 });
  await expect(dialog.getByRole('button', { name: 'Aceptar' })).toBeInViewport({ ratio: 1 });
  await page.keyboard.press('Enter');
  await ended;
});

test('showActionSheet is at the bottom of a phone screen, with no item preselected', async ({ page }) => {
  const ask = () => page.evaluate(() => my.showActionSheet({ title: 'Tamaño', items: ['Chico', 'Grande'] }));
  const dialog = page.getByRole('dialog', { name: 'Tamaño' });
  const chosen = ask();
  await expect(dialog).toBeFocused();
  const box = await dialog.boundingBox();
  expect((box?.y ?? 0) + (box?.height ?? 0)).toBe(page.viewportSize()?.height);
  await dialog.getByRole('button', { name: 'Grande' }).tap();
  expect(await chosen).toEqual({ index: 1, success: true });
  const cancelled = ask();
  await dialog.getByRole('button', { name: 'Cancelar' }).tap();
  expect(await cancelled).toEqual({ index: -1, success: true });
});

test.describe('in English', () => {
  test.use({ locale: 'en-GB' });

  test('a dialog has English buttons', async ({ page }) => {
    const ended = page.evaluate(() => my.confirm({ content: 'To go?' }));
    const dialog = page.getByRole('dialog', { name: 'To go?' });
    await expect(dialog.getByRole('button')).toHaveText(['Cancel', 'OK']);
    await page.keyboard.press('Enter');
    expect(await ended).toEqual({ confirm: true });
  });
});

test('showLoading stays below a dialog', async ({ page }) => {
  const ended = page.evaluate(() => my.alert({ content: 'Un momento' }));
  await expect(page.getByRole('alertdialog')).toBeVisible();
  await page.evaluate(() => my.showLoading());
  const loading = page.getByText('Cargando…');
  await expect(loading).toBeVisible();
  expect(await loading.evaluate((box) => box.matches(':popover-open'))).toBe(false);
  await page.keyboard.press('Enter');
  await ended;
  await expect(page.getByRole('status')).toHaveText('Cargando…');
  await page.evaluate(() => my.hideLoading());
  await expect(loading).toHaveCount(0);
});

test('showToast is a status that does not block the page', async ({ page }) => {
  const ended = page.evaluate(() => my.showToast({ content: 'Pedido enviado', duration: 60_000 }));
  await expect(page.getByRole('status')).toHaveText('Pedido enviado');
  await page.getByRole('button', { name: 'En la página' }).click();
  await page.evaluate(() => my.hideToast());
  expect(await ended).toEqual({ success: true });
  await expect(page.getByRole('status')).toHaveCount(0);
});

test('storage survives a reload, and is separate from the page\u2019s own localStorage', async ({ page }) => {
  await page.evaluate(() => {
    localStorage.setItem('theirs', '1');
    my.setStorageSync({ key: 'cart', data: { coffees: 2 } });
  });
  await page.reload();
  expect(await page.evaluate(() => my.getStorage({ key: 'cart' }))).toMatchObject({ data: { coffees: 2 } });
  expect(await page.evaluate(() => my.getStorageInfo())).toMatchObject({ keys: ['cart'] });
  await page.evaluate(() => my.clearStorage());
  expect(await page.evaluate(() => my.getStorageSync({ key: 'cart' }).data)).toBeNull();
  expect(await page.evaluate(() => localStorage.getItem('theirs'))).toBe('1');
});

test('request sends and reads JSON, and reports an HTTP error', async ({ page }) => {
  const sent = await page.evaluate(() => my.request({ url: '/echo', method: 'POST', data: { cup: 'large' } }));
  expect(sent).toMatchObject({ status: 200, headers: { 'x-served-by': 'echo' } });
  expect(sent.data).toMatchObject({ method: 'POST', body: '{"cup":"large"}' });
  const read = await page.evaluate(() => my.request({ url: '/echo', data: { page: 2 } }));
  expect(read.data).toMatchObject({ method: 'GET', url: '/echo?page=2' });
  const failed = await page.evaluate(() => my.request({ url: '/not-there' }).catch((failure) => failure));
  expect(failed).toMatchObject({ error: 19, status: 404, data: { here: 'nothing' } });
});

test('a failure that nobody handles is an unhandledrejection for request, and not for an absent call', async ({ page }) => {
  const error = await page.evaluate(
    () =>
      new Promise((resolve) => {
        window.addEventListener('unhandledrejection', ({ reason }) => resolve(reason.error));
        my.call('scanTheSky');
        my.request({ url: '/not-there' });
      }),
  );
  expect(error).toBe(19);
});

test('canIUse tells which calls exist', async ({ page }) => {
  const names = ['getAuthCode', 'alert.title', 'navigateTo', 'toString'];
  const usable = await page.evaluate((names) => names.map((name) => my.canIUse(name)), names);
  expect(usable).toEqual([true, true, false, false]);
});

test('navigateTo and other absent calls fail with error 1, and the console shows each name once', async ({ page }) => {
  const lines: string[] = [];
  page.on('console', (message) => {
    if (message.text().startsWith('[billetera]')) lines.push(message.text());
  });
  const failures = await page.evaluate(async () => {
    const any = my as unknown as Record<string, (options?: object) => Promise<unknown>>;
    const call = (name: string) => any[name]?.({ url: 'pages/cart' }).catch((failure) => failure);
    return [await call('navigateTo'), await call('navigateTo'), await call('scanTheSky')];
  });
  const failure = { error: 1, errorMessage: expect.any(String) };
  expect(failures).toEqual([failure, failure, failure]);
  expect(lines).toEqual([expect.stringContaining('navigateTo'), expect.stringContaining('scanTheSky')]);
});

test('an absent call never throws, in any form', async ({ page }) => {
  const errors: Error[] = [];
  page.on('pageerror', (error) => errors.push(error));
  const heard = await page.evaluate(
    () =>
      new Promise((resolve) => {
        const any = my as unknown as Record<string, (given?: unknown) => unknown>;
        any.onAppShow?.(() => {});
        any.offAppShow?.();
        any.getTheMoonSync?.();
        any.scanTheMoon?.();
        AlipayJSBridge.call('startApp');
        any.getTheMoon?.({ fail: resolve });
      }),
  );
  expect(heard).toMatchObject({ error: 1 });
  expect(errors).toEqual([]);
});
