import { ConsentScreen } from '../stage/consent-screen.ts';
import { expect, test } from '../stage/test.ts';

/** The playground on a phone's screen. */

for (const height of [844, 664]) {
  test.describe(`390 by ${height}`, () => {
    test.use({ viewport: { width: 390, height } });

    test('a sheet that opens scrolls into view as a whole, and the keyboard can answer it', async ({ page, wallet }) => {
      await page.goto(`${wallet.url}/playground`);
      const miniProgram = page.frameLocator('.phone iframe');
      const consent = new ConsentScreen(miniProgram);
      await miniProgram.getByTestId('ask-USER_NAME').click();
      await expect(consent.heading).toBeFocused();
      await expect(consent.allow).toBeInViewport({ ratio: 1 });
      await expect(consent.deny).toBeInViewport({ ratio: 1 });
      const phone = await page.locator('.phone').boundingBox();
      expect(phone?.y).toBeGreaterThanOrEqual(0);
      expect((phone?.y ?? 0) + (phone?.height ?? 0)).toBeLessThanOrEqual(height);
      await consent.allow.focus();
      await page.keyboard.press('Enter');
      await expect(miniProgram.getByTestId('callback')).toContainText('authCode');
      // The stage's merchant must sign, with its own key.
      await expect(miniProgram.getByTestId('line')).toHaveText(/^Este comercio firma con su propia llave/);
    });

    test('the phone scrolls back into view when it asks again, even if it has the focus already', async ({ page, wallet }) => {
      await page.goto(`${wallet.url}/playground`);
      const miniProgram = page.frameLocator('.phone iframe');
      const consent = new ConsentScreen(miniProgram);
      await miniProgram.getByTestId('ask-USER_NAME').focus();
      await page.evaluate(() => scrollTo(0, document.body.scrollHeight));
      await page.keyboard.press('Enter');
      await expect(consent.allow).toBeInViewport({ ratio: 1 });
    });
  });
}
