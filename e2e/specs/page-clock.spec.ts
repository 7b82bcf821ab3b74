import { granted } from '../stage/ask.ts';
import { ConsentScreen } from '../stage/consent-screen.ts';
import { expect, test } from '../stage/test.ts';

/** Tests pause the page's clock. The bridge works all the same, because a wallet's own clock goes on. */

test.beforeEach(async ({ page }) => {
  await page.clock.install({ time: 0 });
  await page.clock.pauseAt(1000);
});

const listen = '<script>window.heard = 0; document.addEventListener("AlipayJSBridgeReady", () => { window.heard++; });</script>';

for (const when of ['with the page', 'late'] as const) {
  test(`AlipayJSBridgeReady is fired if the script loads ${when}`, async ({ page, open, wallet }) => {
    await open({ bridge: when === 'late' ? listen : `${listen}<script src="${wallet.bridge}"></script>` });
    if (when === 'late') await page.addScriptTag({ url: wallet.bridge });
    await expect.poll(() => page.evaluate(() => Reflect.get(window, 'heard'))).toBe(1);
  });
}

test('getAuthCode works, with a screen and without one', async ({ page, open, consent }) => {
  await open();
  expect(await page.evaluate(() => my.getAuthCode({ scopes: 'USER_ID' }))).toEqual(granted('USER_ID'));
  const ended = page.evaluate(() => my.getAuthCode({ scopes: 'USER_NAME' }));
  await consent.allow.click();
  expect(await ended).toEqual(granted('USER_NAME'));
  await expect(page.locator('iframe')).toHaveCount(0);
});

test('getAuthCode works in a sandbox without allow-forms', async ({ page, open, host, wallet }) => {
  const mini = host.add({ head: `<script src="${wallet.bridge}"></script>` });
  const sandbox = 'allow-scripts allow-same-origin';
  await open({
    bridge: '',
    body: `<iframe sandbox="${sandbox}" src="${mini}" name="mini" width="380" height="800"></iframe>`,
  });
  const ended = page.frame('mini')?.evaluate(() => my.getAuthCode({ scopes: 'USER_NAME' }));
  const consent = new ConsentScreen(page.frameLocator('[name=mini]'));
  await expect(consent.heading).toBeFocused();
  await consent.allow.click();
  expect(await ended).toEqual(granted('USER_NAME'));
});

test('Escape closes the screen', async ({ page, open, consent }) => {
  await open();
  const ended = page.evaluate(() => my.getAuthCode({ scopes: 'USER_NAME' }).catch((failure) => failure));
  await expect(consent.heading).toBeFocused();
  await page.keyboard.press('Escape');
  expect(await ended).toMatchObject({ error: 1001 });
});

test('a call fails if its screen cannot be loaded', async ({ page, open }) => {
  await page.route('**/wallet/consent**', (route) => route.abort());
  await open();
  const ended = await page.evaluate(() => my.getAuthCode({ scopes: 'USER_NAME' }).catch((failure) => failure));
  expect(ended).toEqual({ error: 10, errorMessage: expect.stringContaining('could not be loaded') });
});

test('toasts, loading and time-outs end', async ({ page, open }) => {
  await open();
  const toast = page.evaluate(() => my.showToast({ content: 'Pedido enviado', duration: 500 }));
  await expect(page.getByRole('status')).toHaveText('Pedido enviado');
  expect(await toast).toEqual({ success: true });
  await page.evaluate(() => my.showLoading({ delay: 1 }));
  await expect(page.getByRole('status')).toHaveText('Cargando…');

  await page.route('**/silent', () => {});
  const failure = await page.evaluate(() => my.request({ url: '/silent', timeout: 1 }).catch((failure) => failure));
  expect(failure).toMatchObject({ error: 13 });
});

test('an error in a callback is reported', async ({ page, open }) => {
  await open();
  const reported = page.waitForEvent('pageerror');
  await page.evaluate(() => {
    my.getAuthCode({
      scopes: 'USER_ID',
      success: () => {
        throw new Error('of the mini program');
      },
    });
  });
  expect((await reported).message).toContain('of the mini program');
});
