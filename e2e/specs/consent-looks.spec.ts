import { ask } from '../stage/ask.ts';
import { frameOf, violations } from '../stage/audit.ts';
import { expect, test } from '../stage/test.ts';

/** The consent screen in each language, colour scheme and size. */

const emilio = '1000001119398804006';

for (const { locale, lang, allow } of [
  { locale: 'es-DO', lang: 'es', allow: 'Permitir' },
  { locale: 'en-GB', lang: 'en', allow: 'Allow' },
  { locale: 'ar-IQ', lang: 'ar', allow: 'السماح' },
  // The wallet does not have this language, so it uses the user's: Lucía's is es-MX.
  { locale: 'is-IS', lang: 'es', allow: 'Permitir' },
]) {
  test.describe(`in a browser with the language ${locale}`, () => {
    test.use({ locale });

    test(`the screen is in ${lang}`, async ({ page, open, consent }) => {
      await open();
      const ended = ask(page, 'USER_NAME');
      await expect(consent.allow).toHaveText(allow);
      await expect(consent.frame.locator('html')).toHaveAttribute('lang', lang);
      await expect(consent.frame.locator('html')).toHaveAttribute('dir', lang === 'ar' ? 'rtl' : 'ltr');

      const address = await consent.address();
      const [other, otherAllow] = lang === 'es' ? ['en', 'Allow'] : ['es', 'Permitir'];
      const tab = await page.context().newPage();
      await tab.goto(`${address}&lang=${other}`);
      await expect(tab.getByTestId('consent-allow')).toHaveText(otherAllow);
      await tab.getByTestId('consent-user').click();
      await tab.locator(`[role=option][value="${emilio}"]`).click();
      await expect(tab.getByRole('strong')).toContainText('Emilio');
      await expect(tab.getByTestId('consent-allow'), 'it stays so').toHaveText(otherAllow);
      await tab.close();
      await consent.deny.click();
      await ended;
    });
  });
}

for (const locale of ['es-MX', 'en-US', 'ar-IQ']) {
  test.describe(`axe-core, ${locale}`, () => {
    test.use({ locale });

    test('finds nothing, light and dark, on a phone and on a desktop', async ({ page, open, consent, wallet }) => {
      await open();
      const ended = ask(page, 'auth_user', 'USER_NAME', 'USER_CONTACTINFO', 'SEND_MESSAGE', 'AGREEMENT_PAY');
      await expect(consent.screen).toBeVisible();
      for (const details of await consent.frame.locator('summary').all()) await details.click();
      const looks = { phone: { width: 390, height: 844 }, desktop: { width: 1280, height: 800 } };
      for (const [device, size] of Object.entries(looks)) {
        for (const colorScheme of ['light', 'dark'] as const) {
          await page.setViewportSize(size);
          await page.emulateMedia({ colorScheme });
          expect(await violations(await frameOf(consent.sheet)), `${device}, ${colorScheme}`).toEqual([]);
        }
      }
      await wallet.advance('PT1H');
      await consent.allow.click();
      await expect(consent.heading).toBeFocused();
      expect(await violations(await frameOf(consent.sheet)), 'the notice').toEqual([]);
      await consent.frame.getByRole('button').click();
      await ended;
    });
  });
}

for (const reducedMotion of ['reduce', 'no-preference'] as const) {
  test.describe(`with prefers-reduced-motion: ${reducedMotion}`, () => {
    test.use({ contextOptions: { reducedMotion } });

    test(`${reducedMotion === 'reduce' ? 'nothing' : 'the sheet'} moves`, async ({ page, open, consent }) => {
      await open();
      const ended = ask(page, 'USER_NAME');
      await expect(consent.screen).toBeVisible();
      const moving = await (await frameOf(consent.sheet)).evaluate(() =>
        [...document.querySelectorAll('*')]
          .filter((element) => {
            const { animationDuration, transitionDuration } = getComputedStyle(element);
            return `${animationDuration},${transitionDuration}`.split(',').some((duration) => Number.parseFloat(duration) > 0);
          })
          .map(({ className }) => className),
      );
      if (reducedMotion === 'reduce') expect(moving).toEqual([]);
      else expect(moving).toEqual(expect.arrayContaining(['card', 'backdrop', 'switch', 'spinner']));
      await consent.deny.click();
      await ended;
    });
  });
}

test.describe('the buttons', () => {
  test('have the wallet’s words, in each language', async ({ page, open, wallet }) => {
    await wallet.change({ wallet: 'gcash' });
    await open();
    const ended = ask(page, 'USER_NAME');
    const sheet = page.locator('iframe[title="GCash"]');
    await expect(sheet.contentFrame().getByTestId('consent-deny')).toHaveText('No permitir');
    const tab = await page.context().newPage();
    await tab.goto(`${await sheet.getAttribute('src')}&lang=en`);
    await expect(tab.getByTestId('consent-deny')).toHaveText('Don’t allow');
    await expect(tab.getByTestId('consent-allow')).toHaveText('Allow');
    await tab.close();
    await sheet.contentFrame().getByTestId('consent-deny').click();
    await ended;
  });
});

const twelve = [
  ['USER_NICKNAME', 'USER_NAME', 'USER_AVATAR', 'USER_GENDER', 'USER_BIRTHDAY', 'USER_NATIONALITY'],
  ['USER_LOGIN_ID', 'USER_CONTACTINFO', 'USER_ADDRESS', 'SEND_MESSAGE', 'NOTIFICATION_PUSH', 'AGREEMENT_PAY'],
].flat();
const sizes = { 'on a phone': { width: 390, height: 844 }, 'at 200 %': { width: 195, height: 422 } };

for (const [where, viewport] of Object.entries(sizes)) {
  test.describe(where, () => {
    test.use({ viewport });

    test('twelve scopes leave both buttons in view, and nothing overflows to the left or right', async ({
      page,
      open,
      consent,
      wallet,
    }) => {
      // The longest name.
      await wallet.change({ user: '1000001119398804009' });
      await open();
      const ended = ask(page, ...twelve);
      await expect(consent.screen).toBeVisible();
      for (const dir of ['ltr', 'rtl']) {
        const frame = await frameOf(consent.sheet);
        await frame.evaluate((dir) => {
          document.documentElement.dir = dir;
          for (const details of document.querySelectorAll('details')) details.open = true;
        }, dir);
        await expect(consent.allow).toBeInViewport({ ratio: 1 });
        await expect(consent.deny).toBeInViewport({ ratio: 1 });
        await consent.scope('AGREEMENT_PAY').scrollIntoViewIfNeeded();
        await expect(consent.scope('AGREEMENT_PAY')).toBeInViewport({ ratio: 1 });
        expect(await frame.evaluate(sticksOut), dir).toEqual([]);
      }
      await consent.scope('AGREEMENT_PAY').uncheck();
      await consent.allow.click();
      expect(await ended).toMatchObject({ authSuccessScopes: twelve.slice(0, -1), authErrorScopes: { AGREEMENT_PAY: '10001' } });
    });
  });
}

/** The elements of a page that are wider than the window or than their box. */
function sticksOut(): string[] {
  const elements = [...document.querySelectorAll('body *')].filter((element) => element.checkVisibility());
  return elements
    .filter((element) => {
      const { left, right, width } = element.getBoundingClientRect();
      return width > 1 && (left < -1 || right > innerWidth + 1);
    })
    .map(({ tagName, className }) => `${tagName}.${className}`);
}
