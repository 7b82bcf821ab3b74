import { expect, type Page } from '@playwright/test';
import { ask } from '../stage/ask.ts';
import { violations } from '../stage/audit.ts';
import { ConsentScreen } from '../stage/consent-screen.ts';
import { type Running, start } from '../stage/process.ts';
import { appId, test } from '../stage/test.ts';

/** The pages of an emulator with a control token, for a person with a browser. */

const token = 'a-secret-of-the-team';
let closed: Running;

test.beforeAll(async () => {
  closed = await start('dist/bin/main.js', ['start', '--port', '0'], { BILLETERA_CONTROL_TOKEN: token });
});
test.afterAll(() => closed.stop());

async function enter(page: Page, text: string): Promise<void> {
  await page.getByLabel('Token de control').fill(text);
  await page.getByRole('button', { name: 'Entrar' }).click();
}

test('a person signs in once, and gets the page that they wanted', async ({ page }) => {
  await page.goto(`${closed.url}/scenarios?lang=en`);
  await expect(page.getByLabel('Token de control')).toBeFocused();
  await enter(page, 'another-secret');
  await expect(page.getByRole('alert')).toHaveText('Ese no es el token de control.');
  await enter(page, token);
  await expect(page).toHaveURL(`${closed.url}/scenarios?lang=en`);
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Scenarios');

  await page.goto(`${closed.url}/`);
  await expect(page.getByTestId('call-search')).toBeVisible();
  expect(await page.evaluate(() => document.cookie), 'no script reads the cookie').toBe('');
});

test('the playground works after a sign-in', async ({ page }) => {
  await page.goto(`${closed.url}/playground`);
  await enter(page, token);
  const phone = page.frameLocator('.phone iframe');
  await phone.getByTestId('ask').click();
  const consent = new ConsentScreen(phone);
  await expect(consent.heading).toBeFocused();
  await consent.allow.focus();
  await page.keyboard.press('Enter');
  await expect(phone.getByTestId('callback')).toContainText('authCode');
  await expect(phone.getByTestId('line')).not.toBeEmpty();
});

test('a user who is not signed in gives consent, without the tester\u2019s drawer', async ({ page, open, consent }) => {
  await open({ bridge: `<script src="${closed.url}/t/phone/my.js" data-app-id="${appId}"></script>` });
  const ended = ask(page, 'USER_NAME');
  await expect(consent.screen).toBeVisible();
  await expect(consent.frame.locator('.drawer')).toHaveCount(0);
  await consent.allow.click();
  expect(await ended).toMatchObject({ authSuccessScopes: ['USER_NAME'] });
});

for (const [locale, submit] of [
  ['es-MX', 'Entrar'],
  ['en-US', 'Sign in'],
] as const) {
  test.describe(`in ${locale}`, () => {
    test.use({ locale });

    test('axe-core finds nothing, light and dark, on a phone and on a desktop', async ({ page }, info) => {
      await page.goto(closed.url);
      for (const state of ['empty', 'wrong']) {
        if (state === 'wrong') {
          await page.locator('#token').fill('another-secret');
          await page.getByRole('button', { name: submit }).click();
          await expect(page.getByRole('alert')).toBeVisible();
        }
        for (const width of [390, 1440]) {
          for (const colorScheme of ['light', 'dark'] as const) {
            await page.setViewportSize({ width, height: 844 });
            await page.emulateMedia({ colorScheme });
            expect(await violations(page.mainFrame()), `${state}, ${width}, ${colorScheme}`).toEqual([]);
            const body = await page.screenshot();
            await info.attach(`${state}-${width}-${colorScheme}`, { body, contentType: 'image/png' });
          }
        }
      }
    });
  });
}
