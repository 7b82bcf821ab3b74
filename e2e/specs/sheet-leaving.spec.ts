import type { Page } from '@playwright/test';
import { ask, granted } from '../stage/ask.ts';
import { frameOf } from '../stage/audit.ts';
import { expect, test, users } from '../stage/test.ts';

/** The call ends first, and then the sheet moves out. A change of user moves nothing. */

/** Calls my.getAuthCode. @returns its result with the page's state at that moment */
const askAndLook = (page: Page) =>
  page.evaluate(() =>
    my
      .getAuthCode({ scopes: 'USER_NAME' })
      .catch((failure) => failure)
      .then((result) => {
        const frames = Array.from(document.querySelectorAll('iframe'), ({ title, parentElement }) => ({
          title,
          inert: parentElement?.inert,
        }));
        return { result, frames, focus: document.activeElement?.tagName, top: document.elementFromPoint(20, 20)?.tagName };
      }),
  );

const body = '<button style="position:fixed;inset:0">Entrar</button>';

test.describe('if the user does not want less motion', () => {
  test.use({ contextOptions: { reducedMotion: 'no-preference' } });

  test('the sheet moves out after the call, and does not hinder the page', async ({ page, open, consent }) => {
    await open({ body });
    await page.getByRole('button').focus();
    const ended = askAndLook(page);
    await expect(consent.heading).toBeFocused();
    const sheet = await frameOf(consent.sheet);
    await sheet.evaluate(() => document.documentElement.style.setProperty('--leave', '60s'));
    await consent.allow.click();
    expect(await ended).toEqual({
      result: granted('USER_NAME'),
      frames: [{ title: '', inert: true }],
      focus: 'BUTTON',
      top: 'BUTTON',
    });
    const left = await sheet.evaluate(() => ({
      moving: document.getAnimations().flatMap(({ animationName: name }: Animation & { animationName?: string }) => name ?? []),
      testIds: document.querySelectorAll('[data-testid]').length,
    }));
    expect(left).toEqual({ moving: expect.arrayContaining(['leave', 'vanish']), testIds: 0 });

    const next = ask(page, 'USER_GENDER');
    await expect(consent.scope('USER_GENDER')).toBeVisible();
    await expect(page.locator('iframe'), 'a new sheet removes the one that leaves').toHaveCount(1);
    await consent.deny.click();
    await next;
    await expect(page.locator('iframe, billetera-layer')).toHaveCount(0);
  });

  test('a change of user only changes what the sheet says', async ({ page, open, consent }) => {
    await open();
    const ended = ask(page, 'USER_NAME', 'USER_GENDER', 'USER_BIRTHDAY', 'USER_ADDRESS', 'USER_CONTACTINFO', 'SEND_MESSAGE');
    await expect(consent.heading).toBeFocused();
    const sheet = await frameOf(consent.sheet);
    await sheet.evaluate(() => Object.assign(window, { isSameDocument: true }));
    await consent.user.click();
    await sheet.evaluate(() => document.querySelector('.card-body')?.scrollTo(0, 40));
    await consent.chooser.getByRole('option', { name: /^Emilio/ }).click();
    await expect(consent.user).toHaveValue('1000001119398804006');
    await expect(consent.user).toBeFocused();
    const { moving, ...rest } = await sheet.evaluate(() => ({
      moving: document.querySelector('.card')?.getAnimations().length,
      scrolled: document.querySelector('.card-body')?.scrollTop,
      isSameDocument: Reflect.get(window, 'isSameDocument'),
    }));
    expect(moving).toBe(0);
    expect(rest).toEqual({ scrolled: 40, isSameDocument: true });
    await consent.choose(users.refuses);
    expect(await ended, 'a user who decides alone ends the call').toMatchObject({ error: 11 });
  });
});

test.describe('if the user wants less motion', () => {
  test.use({ contextOptions: { reducedMotion: 'reduce' } });

  test('the sheet has gone when the call ends', async ({ page, open, consent }) => {
    await open({ body });
    const ended = askAndLook(page);
    await consent.allow.click();
    expect(await ended).toMatchObject({ result: granted('USER_NAME'), frames: [], top: 'BUTTON' });
  });
});

test('an answer that cannot be sent ends the call', async ({ page, open, consent }) => {
  await open();
  const ended = ask(page, 'USER_NAME');
  await expect(consent.heading).toBeFocused();
  await page.route('**/wallet/consent**', (route) => route.abort());
  await consent.allow.click();
  expect(await ended).toEqual({ error: 10, errorMessage: expect.stringContaining('could not be loaded') });
});

test('an answer after a reset of the wallet ends the call with the reason', async ({ page, open, consent, wallet }) => {
  await open();
  const ended = ask(page, 'USER_NAME');
  await expect(consent.heading).toBeFocused();
  await wallet.control('POST', 'reset');
  await consent.allow.click();
  expect(await ended).toEqual({ error: 10, errorMessage: expect.stringContaining('ya no conoce esta solicitud') });
  await expect(page.locator('iframe')).toHaveCount(0);
});
