import { frameOf, violations } from '../stage/audit.ts';
import { expect, test } from '../stage/test.ts';

/** my.tradePay: nothing is paid, and the tester chooses the result. */

const pay = () => my.tradePay({ tradeNO: '2026112210' });

test.beforeEach(async ({ open }) => {
  await open({ body: '<button>Pagar</button>' });
});

test('can end with any resultCode', async ({ page, consent, wallet }) => {
  const codes = {
    9000: 'Pagado',
    8000: 'En proceso',
    4000: 'Falló',
    6001: 'El usuario canceló',
    6002: 'Falla de red',
    6004: 'Resultado desconocido',
  };
  for (const [resultCode, words] of Object.entries(codes)) {
    const ended = page.evaluate(pay);
    await expect(consent.frame.getByRole('heading', { name: 'Los pagos no se emulan' })).toBeVisible();
    await consent.frame.getByRole('button', { name: `${resultCode} ${words}` }).click();
    expect(await ended).toEqual({ resultCode });
    await expect(consent.sheet).toHaveCount(0);
    expect((await wallet.calls('tradePay'))[0]).toMatchObject({ resultCode });
  }
});

test('gives 6001 if it is closed, by the x or by Escape', async ({ page, consent }) => {
  const closed = page.evaluate(pay);
  await consent.frame.getByTestId('payment-close').click();
  expect(await closed).toEqual({ resultCode: '6001' });
  const escaped = page.evaluate(pay);
  await expect(consent.heading).toBeFocused();
  await page.keyboard.press('Escape');
  expect(await escaped).toEqual({ resultCode: '6001' });
});

test('works with the keyboard alone', async ({ page, consent }) => {
  const button = page.getByRole('button', { name: 'Pagar' });
  await button.focus();
  const ended = page.evaluate(pay);
  await expect(consent.heading).toBeFocused();
  await page.keyboard.press('Tab');
  await expect(consent.frame.getByTestId('payment-9000')).toBeFocused();
  for (const stop of ['6004', 'close', '9000']) {
    if (stop === '6004') for (let step = 0; step < 5; step++) await page.keyboard.press('Tab');
    else await page.keyboard.press('Tab');
    await expect(consent.frame.getByTestId(`payment-${stop}`), 'the focus goes round').toBeFocused();
  }
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  expect(await ended).toEqual({ resultCode: '8000' });
  await expect(button).toBeFocused();
});

test('gives the same through AlipayJSBridge', async ({ page, consent }) => {
  const ended = page.evaluate(
    () => new Promise((resolve) => AlipayJSBridge.call('tradePay', { orderStr: 'trade_no=1' }, resolve)),
  );
  await consent.frame.getByTestId('payment-8000').tap();
  expect(await ended).toEqual({ resultCode: '8000' });
});

test('axe-core finds nothing, light and dark, on a phone and at 200 %', async ({ page, consent }) => {
  const ended = page.evaluate(pay);
  await expect(consent.heading).toBeVisible();
  for (const width of [390, 195]) {
    await page.setViewportSize({ width, height: 844 });
    const frame = await frameOf(consent.sheet);
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme });
      expect(await violations(frame), `${width}, ${colorScheme}`).toEqual([]);
    }
    expect(await frame.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
  }
  await consent.frame.getByTestId('payment-close').click();
  await ended;
});
