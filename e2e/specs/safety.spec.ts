import { ask } from '../stage/ask.ts';
import { ConsentScreen } from '../stage/consent-screen.ts';
import { appId, expect, test } from '../stage/test.ts';

/** Pages of other origins must not be able to do these things. */

test.describe('callbackOrigins', () => {
  test('are the only origins that can call', async ({ page, open, wallet, host, consent }) => {
    await wallet.control('PATCH', `apps/${appId}`, { callbackOrigins: [host.origin] });

    await open({ otherOrigin: true });
    expect(await ask(page, 'USER_ID')).toEqual({ error: 4, errorMessage: expect.stringContaining(host.otherOrigin) });

    await open();
    const ended = ask(page, 'USER_NAME');
    await consent.allow.click();
    expect(await ended).toMatchObject({ authSuccessScopes: ['USER_NAME'] });
  });

  test('are the only origins that can frame a page that calls', async ({ page, open, wallet, host }) => {
    await wallet.control('PATCH', `apps/${appId}`, { callbackOrigins: [host.origin] });
    const mini = host.add({ head: `<script src="${wallet.bridge}"></script>` });
    await open({ bridge: '', otherOrigin: true, body: `<iframe src="${host.origin}${mini}" name="mini"></iframe>` });
    const ended = await page.frame('mini')?.evaluate(() => my.getAuthCode({ scopes: 'USER_NAME' }).catch((failure) => failure));
    expect(ended).toEqual({ error: 4, errorMessage: expect.stringContaining(host.otherOrigin) });
  });
});

test('a call fails if its screen cannot be loaded', async ({ page, open }) => {
  await page.route('**/wallet/consent**', (route) => route.abort());
  await open();
  expect(await ask(page, 'USER_NAME')).toEqual({ error: 10, errorMessage: expect.stringContaining('could not be loaded') });
});

test.describe('while the screen shows, a page of another origin', () => {
  let address: string;
  let ended: Promise<unknown>;

  test.beforeEach(async ({ page, open, consent }) => {
    await open();
    ended = ask(page, 'USER_NAME');
    await expect(consent.screen).toBeVisible();
    address = await consent.address();
  });

  test.afterEach(async ({ consent }) => {
    await consent.allow.click();
    expect(await ended, 'only the user decides').toMatchObject({ authSuccessScopes: ['USER_NAME'] });
  });

  test('cannot frame the screen', async ({ context, open }) => {
    const page = await context.newPage();
    const refused = page.waitForEvent('console', (message) => message.text().includes('frame-ancestors'));
    await open({ page, bridge: '', otherOrigin: true, body: `<iframe src="${address}"></iframe>` });
    await refused;
    await expect(page.frameLocator('iframe').getByTestId('consent')).toHaveCount(0);
  });

  for (const otherOrigin of [true, false]) {
    test(`cannot send a decision, ${otherOrigin ? 'from another site' : 'from another port'}`, async ({ context, open }) => {
      const page = await context.newPage();
      const post = `<form method="post" action="${address}"><button name="decision" value="allow">Gana un premio</button></form>`;
      await open({ page, bridge: '', otherOrigin, body: post });

      const fetched = page.waitForResponse((response) => response.url() === address);
      await page.evaluate(
        (address) => fetch(address, { method: 'POST', mode: 'no-cors', body: new URLSearchParams({ decision: 'allow' }) }),
        address,
      );
      expect((await fetched).status()).toBe(403);

      const submitted = page.waitForResponse((response) => response.url() === address);
      await page.getByRole('button').click();
      expect((await submitted).status()).toBe(403);
    });
  }

  test('cannot read the screen', async ({ context, open }) => {
    const page = await context.newPage();
    await open({ page, bridge: '', otherOrigin: true });
    const read = await page.evaluate(async (address) => {
      const opened = window.open(address);
      const reasons = [await fetch(address).catch(String), await fetch(address, { mode: 'no-cors' }).then(({ type }) => type)];
      try {
        return [...reasons, opened?.document.title];
      } catch (error) {
        return [...reasons, (error as Error).name];
      }
    }, address);
    expect(read.slice(0, 2)).toEqual([expect.stringContaining('TypeError'), 'opaque']);
    expect(read[2]).not.toMatch(/Café Aurora/);
  });
});

test.describe('the control API', () => {
  for (const otherOrigin of [true, false]) {
    test(`neither answers nor obeys a page ${otherOrigin ? 'of another site' : 'on another port'}`, async ({
      page,
      open,
      wallet,
    }) => {
      const before = await wallet.settings();
      await open({ bridge: '', otherOrigin });
      const statuses: number[] = [];
      page.on('response', (response) => {
        if (response.url().includes('/_emulator/')) statuses.push(response.status());
      });

      const answers = await page.evaluate(async (control) => {
        const send = (path: string, init?: RequestInit) =>
          fetch(`${control}/${path}`, init).then(
            ({ type }) => type,
            () => 'refused',
          );
        const body = JSON.stringify({ consent: 'grant', by: 'P2D' });
        const post = { method: 'POST', mode: 'no-cors', body } as const;
        const json = { 'content-type': 'application/json' };
        return [
          await send('settings'),
          await send('journal', { mode: 'no-cors' }),
          await send('settings', { method: 'PUT', headers: json, body }),
          await send('clock/advance', post),
          await send('auth-codes', { ...post, headers: { 'content-type': 'text/plain' } }),
          await send('reset', { method: 'POST', mode: 'no-cors' }),
        ];
      }, `${wallet.url}/_emulator`);

      expect(answers).toEqual(['refused', 'opaque', 'refused', 'opaque', 'opaque', 'opaque']);
      expect(statuses.length).toBeGreaterThan(0);
      for (const status of statuses) expect(status).toBeGreaterThanOrEqual(400);
      expect(await wallet.settings()).toEqual(before);
      const { now } = await wallet.control<{ now: string }>('GET', 'clock');
      expect(Math.abs(Date.parse(now) - Date.now())).toBeLessThan(60_000);
    });
  }

  test('answers only on its own host names', async ({ wallet, request }) => {
    const response = await request.get(`${wallet.url}/_emulator/settings`, { headers: { host: 'billetera.attacker.example' } });
    expect(response.status()).toBe(421);
  });
});

test.describe('the result', () => {
  test('goes to the origin that called, and not to the page around it', async ({ page, open, host, wallet }) => {
    const mini = host.add({ head: `<script src="${wallet.bridge}"></script>` });
    await open({
      bridge: '',
      otherOrigin: true,
      head: '<script>window.heard = []; addEventListener("message", ({ data }) => heard.push(data));</script>',
      body: `<iframe src="${host.origin}${mini}" name="mini" width="380" height="700"></iframe>`,
    });
    const frame = page.frame('mini');
    const ended = frame?.evaluate(() => my.getAuthCode({ scopes: 'USER_NAME' }));
    const sheet = page.frameLocator('[name=mini]').frameLocator('iframe');
    const answered = page.waitForResponse(
      (response) => response.request().method() === 'POST' && response.url().includes('/consent'),
    );
    await sheet.getByTestId('consent-allow').click();

    expect(await (await answered).text()).toContain(`data-origin="${host.origin}"`);
    expect(await ended).toMatchObject({ authSuccessScopes: ['USER_NAME'] });
    expect(await page.evaluate(() => Reflect.get(window, 'heard'))).toEqual([]);
  });

  test('does not go to an outer page that frames the screen too', async ({ page, open, host, wallet }) => {
    const mini = host.add({ head: `<script src="${wallet.bridge}"></script>` });
    await open({
      bridge: '',
      otherOrigin: true,
      head: '<script>window.heard = []; addEventListener("message", ({ data }) => heard.push(data));</script>',
      body: `<iframe src="${host.origin}${mini}" name="mini" width="380" height="700"></iframe>`,
    });
    const ended = page.frame('mini')?.evaluate(() => my.getAuthCode({ scopes: 'USER_NAME' }).catch((failure) => failure));
    const own = new ConsentScreen(page.frameLocator('[name=mini]'));
    await expect(own.screen).toBeVisible();
    await page.evaluate(
      (src) => {
        document.body.append(Object.assign(document.createElement('iframe'), { name: 'thief', src, width: 380, height: 700 }));
      },
      await own.address(),
    );
    const stolen = page.frameLocator('[name=thief]');
    await stolen.getByTestId('consent-allow').click();
    await expect(stolen.locator('html')).toHaveClass(/leaving/);
    const thief = page.frame('thief');
    await thief?.evaluate(() => parent.postMessage('the last message', '*'));
    // Messages of a frame arrive in order.
    await page.waitForFunction(() => Reflect.get(window, 'heard').includes('the last message'));
    expect(await page.evaluate(() => Reflect.get(window, 'heard'))).toEqual(['the last message']);

    await own.close.click();
    await own.frame.getByRole('button', { name: 'Cerrar', exact: true }).click();
    expect(await ended).toMatchObject({ error: 10 });
  });

  test('is accepted only from the sheet', async ({ page, open, host, consent }) => {
    const forger = host.add({ body: '<p>Anuncio</p>' });
    await open({ body: `<iframe src="${host.otherOrigin}${forger}" name="forger"></iframe>` });
    const ended = ask(page, 'USER_NAME');
    await expect(consent.screen).toBeVisible();
    const id = new URL(await consent.address()).searchParams.get('id');
    const forged = { billetera: 'result', id, ok: true, result: { authCode: 'forged' } };

    await page.frame('forger')?.evaluate((forged) => parent.postMessage(forged, '*'), forged);
    await page.evaluate((forged) => window.postMessage(forged), forged);
    await consent.deny.click();
    expect(await ended).toMatchObject({ error: 11 });
  });
});

test.describe('a request for consent', () => {
  test('takes only one of several answers', async ({ page, open, consent, request, wallet }) => {
    await open();
    const ended = ask(page, 'USER_NAME');
    await expect(consent.screen).toBeVisible();
    const address = await consent.address();

    const answers = await Promise.all(
      Array.from({ length: 5 }, () => request.post(address, { form: { decision: 'allow', scope: 'USER_NAME' } })),
    );
    expect(answers.map((answer) => answer.status()).sort()).toEqual([200, 410, 410, 410, 410]);
    expect(await wallet.calls('getAuthCode')).toMatchObject([{ resultCode: 'SUCCESS' }]);

    await consent.allow.click();
    await expect(consent.heading).toHaveText('Ya respondiste a esta solicitud');
    await consent.frame.getByRole('button', { name: 'Cerrar', exact: true }).click();
    expect(await ended).toMatchObject({ error: 10 });
    await expect(consent.sheet).toHaveCount(0);
  });

  test('expires', async ({ page, open, consent, wallet }) => {
    await open();
    const ended = ask(page, 'USER_NAME');
    await expect(consent.screen).toBeVisible();
    await wallet.advance('PT11M');
    await consent.allow.click();

    await expect(consent.heading).toHaveText('Esta solicitud venció');
    await consent.frame.getByRole('button', { name: 'Cerrar', exact: true }).click();
    expect(await ended).toMatchObject({ error: 10 });
  });

  test('that is unknown is 404, and no page can frame it', async ({ request, wallet }) => {
    const response = await request.get(`${wallet.url}/wallet/consent?id=guessed`);
    expect(response.status()).toBe(404);
    expect(response.headers()['content-security-policy']).toContain("frame-ancestors 'none'");
  });
});

test('the appId in the script\u2019s URL is only data in the script', async ({ page, open, wallet }) => {
  const appId = '</script><script>alert(1)</script>\u2028"\'';
  await open({ bridge: `<script src="${wallet.bridge}?appId=${encodeURIComponent(appId)}"></script>` });
  expect(await page.evaluate(() => my.getAppIdSync())).toEqual({ appId });
});
