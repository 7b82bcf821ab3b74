import type { Page } from '@playwright/test';
import { ask, granted } from '../stage/ask.ts';
import { expect, test } from '../stage/test.ts';

/** Whatever a page does to the wallet's sheet or dialogs, the call ends. */

const cancelled = { error: 1001, errorMessage: expect.stringContaining('removed') };

/** The things that a page can do to an element of the bridge. `host` is the bridge's own element in the page. */
const removals: Record<string, (host: Element) => void> = {
  'removes it': (host) => host.remove(),
  'moves it': (host) => document.body.append(host),
  'empties it': (host) => host.replaceChildren(),
  'removes its dialog': (host) => host.shadowRoot?.replaceChildren(),
  'replaces the document element': () => document.documentElement.replaceWith(document.createElement('html')),
  'empties the document element': () => document.documentElement.replaceChildren(),
  'writes a new document': () => {
    document.open();
    document.close();
  },
};

const remove = (page: Page, how: (host: Element) => void) => page.evaluate(`(${how})(document.querySelector('billetera-layer'))`);

for (const [what, how] of Object.entries(removals)) {
  test(`getAuthCode ends if the page ${what}`, async ({ page, open, consent, wallet }) => {
    await open();
    const ended = ask(page, 'USER_NAME');
    await expect(consent.screen).toBeVisible();
    await remove(page, how);
    expect(await ended).toEqual(cancelled);
    await expect(page.locator('billetera-layer')).toHaveCount(0);

    await wallet.change({ consent: 'grant' });
    expect(await ask(page, 'USER_NAME'), 'the next call is answered').toEqual(granted('USER_NAME'));
  });
}

for (const what of ['removes it', 'moves it', 'writes a new document']) {
  test(`a dialog ends if the page ${what}, and the next one shows`, async ({ page, open }) => {
    await open();
    const ended = page.evaluate(() => my.confirm({ content: '¿Para llevar?' }));
    await expect(page.getByRole('dialog')).toBeVisible();
    await remove(page, removals[what] as (host: Element) => void);
    expect(await ended).toEqual({ confirm: false });

    const next = page.evaluate(() => my.alert({ content: 'Listo' }));
    await page.getByRole('button', { name: 'Aceptar' }).click();
    expect(await next).toEqual({ success: true });
  });
}

test('getAuthCode ends if the page has broken focus() and removeEventListener()', async ({ page, open, consent }) => {
  await open({ body: '<button>En la página</button>' });
  await page.getByRole('button').focus();
  const ended = ask(page, 'USER_NAME');
  await expect(consent.screen).toBeVisible();
  await page.evaluate(() => {
    const fail = () => {
      throw new Error('broken by the page');
    };
    HTMLElement.prototype.focus = fail;
    Element.prototype.remove = fail;
    EventTarget.prototype.removeEventListener = fail;
  });
  await consent.allow.click();
  expect(await ended).toEqual(granted('USER_NAME'));
});
