import { ask } from '../stage/ask.ts';
import { ConsentScreen } from '../stage/consent-screen.ts';
import { expect, test } from '../stage/test.ts';

/** The sheet in pages that restrict what they embed, or that are embedded themselves. */

test.describe('in a sandbox without allow-forms', () => {
  const sandbox = 'allow-scripts allow-same-origin';

  test('the user can answer the sheet, after a change of user too', async ({ page, open, host, wallet }) => {
    const mini = host.add({ head: `<script src="${wallet.bridge}"></script>` });
    await open({
      bridge: '',
      body: `<iframe sandbox="${sandbox}" src="${mini}" name="mini" width="380" height="800"></iframe>`,
    });
    const consent = new ConsentScreen(page.frameLocator('[name=mini]'));
    const frame = page.frame('mini');
    const askThere = () => frame?.evaluate(() => my.getAuthCode({ scopes: 'USER_NAME' }).catch((failure) => failure));
    // In this sandbox only the sheet's script can send the form. The script has run when it has set the focus.
    const ready = () => expect(consent.frame.locator('[data-sheet] :focus')).toBeVisible();

    for (const [button, ending] of [
      ['close', { error: 1001 }],
      ['deny', { error: 11 }],
    ] as const) {
      const ended = askThere();
      await ready();
      await consent[button].click();
      expect(await ended).toMatchObject(ending);
    }
    const ended = askThere();
    await ready();
    await consent.choose('1000001119398804006');
    await expect(consent.frame.getByRole('strong')).toContainText('Emilio');
    await ready();
    await consent.allow.click();
    expect(await ended).toMatchObject({ authSuccessScopes: ['USER_NAME'] });
    await expect(consent.sheet).toHaveCount(0);
  });
});

for (const policy of ['require-corp', 'credentialless']) {
  test(`the sheet shows in a page with Cross-Origin-Embedder-Policy: ${policy}`, async ({ page, open, consent }) => {
    await open({
      headers: { 'cross-origin-embedder-policy': policy, 'cross-origin-opener-policy': 'same-origin' },
      otherOrigin: true,
    });
    expect(await page.evaluate(() => crossOriginIsolated)).toBe(true);
    const ended = ask(page, 'USER_NAME', 'USER_AVATAR');
    await expect(consent.frame.locator('.who-face img')).toBeVisible();
    await consent.allow.click();
    expect(await ended).toMatchObject({ authSuccessScopes: ['USER_NAME', 'USER_AVATAR'] });
  });
}

test('Escape before the sheet has loaded closes it as soon as it shows', async ({ page, open, consent }) => {
  let deliver = () => {};
  const delivered = new Promise<void>((resolve) => {
    deliver = resolve;
  });
  await page.route('**/wallet/consent?**', async (route) => {
    await delivered;
    await route.continue();
  });
  await open({ body: '<button>Entrar</button>' });
  const ended = ask(page, 'USER_NAME');
  await expect(consent.sheet).toHaveCount(1);
  await page.keyboard.press('Escape');
  deliver();
  expect(await ended).toMatchObject({ error: 1001 });
  await expect(consent.sheet).toHaveCount(0);
});
