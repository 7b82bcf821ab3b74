import { writeFile } from 'node:fs/promises';
import { granted } from '../stage/ask.ts';
import { ConsentScreen } from '../stage/consent-screen.ts';
import { appId, expect, test } from '../stage/test.ts';

/** `<script src="…/my.js">` in a page, however it is loaded. */

test.describe('AlipayJSBridge', () => {
  test('is enough for an H5 page', async ({ page, open }) => {
    await open({
      body: `<output></output><script>
        const ready = (callback) =>
          window.AlipayJSBridge ? callback() : document.addEventListener('AlipayJSBridgeReady', callback, false);
        ready(() => AlipayJSBridge.call('getAuthCode', { scopeNicks: ['USER_ID'] }, (result) => {
          document.querySelector('output').textContent = JSON.stringify(result);
        }));
      </script>`,
    });
    const output = page.locator('output');
    await expect(output).toHaveText(/authCode/);
    const result = JSON.parse((await output.textContent()) ?? '');
    expect(result).toEqual({ ...granted('USER_ID'), authcode: result.authCode });
  });

  for (const place of ['in the head', 'after the bridge, deferred'] as const) {
    test(`fires AlipayJSBridgeReady once, if the page listens ${place}`, async ({ page, open, wallet }) => {
      const listen = `window.heard = 0; document.addEventListener('AlipayJSBridgeReady', () => { window.heard++; });`;
      const bridge = `<script defer src="${wallet.bridge}"></script>`;
      const listener =
        place === 'in the head'
          ? `<script>${listen}</script>`
          : `<script defer src="data:text/javascript,${encodeURIComponent(listen)}"></script>`;
      await open({ bridge: place === 'in the head' ? listener + bridge : bridge + listener });
      await expect.poll(() => page.evaluate(() => Reflect.get(window, 'heard'))).toBe(1);
      expect(await page.evaluate(() => typeof AlipayJSBridge.call)).toBe('function');
    });
  }

  test('passes the same result or failure to its callback and to the callbacks in the parameters', async ({
    page,
    open,
    wallet,
  }) => {
    await open();
    await wallet.change({ consent: 'deny' });
    const call = () =>
      page.evaluate(
        () =>
          new Promise<unknown[]>((resolve) => {
            const heard: unknown[] = [];
            AlipayJSBridge.call(
              'getAuthCode',
              {
                scopes: ['USER_NAME'],
                success: (value: unknown) => heard.push(['success', value]),
                fail: (value: unknown) => heard.push(['fail', value]),
              },
              (value) => resolve([...heard, ['callback', value]]),
            );
          }),
      );
    const failure = { error: 11, errorMessage: expect.any(String), authErrorScopes: { USER_NAME: '10001' } };
    expect(await call()).toEqual([
      ['fail', failure],
      ['callback', failure],
    ]);

    await wallet.change({ consent: 'grant' });
    const success = { ...granted('USER_NAME'), authcode: expect.stringMatching(/^281011/) };
    expect(await call()).toEqual([
      ['success', success],
      ['callback', success],
    ]);
  });
});

test.describe('the script', () => {
  const callFromPage = () => my.getAuthCode({ scopes: 'USER_ID' });

  test('does nothing if it is loaded again', async ({ page, open, wallet }) => {
    await open();
    await page.evaluate(() => Object.assign(window, { first: my }));
    await page.addScriptTag({ url: wallet.bridge });
    expect(await page.evaluate(() => Reflect.get(window, 'first') === my)).toBe(true);
    expect(await page.evaluate(callFromPage)).toEqual(granted('USER_ID'));
  });

  test('can be loaded late', async ({ page, open, wallet }) => {
    await open({ bridge: '<script>document.addEventListener("AlipayJSBridgeReady", () => { window.ready = true; });</script>' });
    await page.addScriptTag({ url: `${wallet.bridge}?appId=${appId}` });
    await page.waitForFunction(() => Reflect.get(window, 'ready'));
    expect(await page.evaluate(callFromPage)).toEqual(granted('USER_ID'));
    expect(await page.evaluate(() => my.getAppIdSync())).toEqual({ appId });
  });

  test('can be a module', async ({ page, open, wallet }) => {
    await open({ bridge: `<script type="module" src="${wallet.bridge}?appId=${appId}"></script>` });
    expect(await page.evaluate(() => my.getAppIdSync())).toEqual({ appId });
    expect(await page.evaluate(callFromPage)).toEqual(granted('USER_ID'));
  });

  test('works in an iframe, and its sheet fills the frame', async ({ page, open, host, wallet }) => {
    const inner = host.add({ head: `<script src="${wallet.bridge}"></script>`, body: '<button>Entrar</button>' });
    await open({ bridge: '', body: `<iframe src="${inner}" name="mini" width="360" height="640"></iframe>` });
    const ended = page.frame('mini')?.evaluate(() => my.getAuthCode({ scopes: 'USER_NAME' }));
    const consent = new ConsentScreen(page.frameLocator('[name=mini]'));
    await consent.allow.click();
    expect(await ended).toEqual(granted('USER_NAME'));
  });

  test('works two frames deep, inside a page of another origin', async ({ page, open, host, wallet }) => {
    const mini = host.add({ head: `<script src="${wallet.bridge}"></script>` });
    const shell = host.add({ body: `<iframe src="${host.origin}${mini}" name="mini" width="340" height="620"></iframe>` });
    await open({ bridge: '', body: `<iframe src="${host.otherOrigin}${shell}" name="shell" width="360" height="640"></iframe>` });
    const ended = page.frame('mini')?.evaluate(() => my.getAuthCode({ scopes: 'USER_NAME' }));
    const consent = new ConsentScreen(page.frameLocator('[name=shell]').frameLocator('[name=mini]'));
    await consent.allow.click();
    expect(await ended).toEqual(granted('USER_NAME'));
  });

  test('works with a strict Content-Security-Policy that names the emulator', async ({ page, open, wallet, consent }) => {
    const broken: string[] = [];
    page.on('console', (message) => {
      if (message.text().includes('Content Security Policy')) broken.push(message.text());
    });
    const { origin } = wallet;
    await open({
      headers: {
        'content-security-policy': `default-src 'none'; script-src ${origin}; connect-src ${origin}; frame-src ${origin}; img-src data:`,
      },
    });
    const ended = page.evaluate(() => my.getAuthCode({ scopes: 'USER_NAME' }));
    await consent.allow.click();
    expect(await ended).toEqual(granted('USER_NAME'));
    const agreed = page.evaluate(() => my.confirm({ content: '¿Seguimos?' }));
    await page.getByRole('button', { name: 'Aceptar' }).click();
    expect(await agreed).toEqual({ confirm: true });
    expect(broken).toEqual([]);
  });

  for (const [directive, scopes] of [
    ['connect-src', 'USER_ID'],
    ['frame-src', 'USER_NAME'],
  ] as const) {
    test(`names the directive that blocks it: ${directive}`, async ({ page, open, wallet }) => {
      const { origin } = wallet;
      const policy = `default-src 'none'; script-src ${origin}; connect-src ${origin}; frame-src ${origin}`;
      await open({ headers: { 'content-security-policy': policy.replace(`${directive} ${origin}`, `${directive} 'none'`) } });
      const failure = await page.evaluate((scopes) => my.getAuthCode({ scopes }).catch((failure) => failure), scopes);
      expect(failure.errorMessage).toContain(directive);
      // A path, such as that of a tenant, would allow only itself.
      expect(failure.errorMessage).toMatch(new RegExp(`(allow|add) ${origin}(\\?| to )`));
    });
  }
});

test.describe('the mini program that calls', () => {
  test('is named by the tag or by the URL', async ({ page, open, wallet }) => {
    await open();
    expect(await page.evaluate(() => my.getAppIdSync())).toEqual({ appId });
    await open({ bridge: `<script src="${wallet.bridge}?appId=3333010071465914000"></script>` });
    expect(await page.evaluate(() => my.getAppIdSync())).toEqual({ appId: '3333010071465914000' });
  });

  test('is found by the origin if neither names it', async ({ page, open, wallet, consent, host }) => {
    await wallet.control('PATCH', 'apps/3333010071465914000', { callbackOrigins: [host.origin] });
    await open({ bridge: `<script src="${wallet.bridge}"></script>` });
    const ended = page.evaluate(() => my.getAuthCode({ scopes: 'USER_NAME' }));
    await expect(consent.app).toHaveText(/^Librería El Faro/);
    await consent.allow.click();
    expect(await ended).toEqual(granted('USER_NAME'));
  });

  test('must be known to the wallet, or the call fails with error 4 and advice', async ({ page, open, wallet }) => {
    await open({ bridge: `<script src="${wallet.bridge}?appId=4711"></script>` });
    const failure = await page.evaluate(() => my.getAuthCode().catch((failure) => failure));
    expect(failure).toEqual({ error: 4, errorMessage: expect.stringMatching(/4711.*apps\.json/) });
  });

  test('cannot call from a page without an origin, and the failure gives advice', async ({ page, open, wallet, host }, info) => {
    const advice = { error: 4, errorMessage: expect.stringContaining('http://localhost') };

    const file = info.outputPath('mini.html');
    await writeFile(file, `<script src="${wallet.bridge}"></script>`);
    await page.goto(`file://${file}`);
    expect(await page.evaluate(() => my.getAuthCode().catch((failure) => failure))).toEqual(advice);

    const mini = host.add({ head: `<script src="${wallet.bridge}"></script>` });
    await open({ bridge: '', body: `<iframe sandbox="allow-scripts" src="${mini}" name="mini"></iframe>` });
    const failure = await page.frame('mini')?.evaluate(() => my.getAuthCode().catch((failure) => failure));
    expect(failure).toEqual(advice);
  });
});
