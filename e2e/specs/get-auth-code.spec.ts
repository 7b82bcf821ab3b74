import { granted } from '../stage/ask.ts';
import { clientId, expect, test, users } from '../stage/test.ts';

/** my.getAuthCode, the call that gives a mini program its authCode ([1.1] of the platform's documentation). */

test("the documentation's sample works unchanged", async ({ page, open }) => {
  await open({
    body: `<script>
      my.getAuthCode({
        scopes: ['USER_ID'],
        success: (res) => {
          my.alert({
            content: res.authCode,
          });
        },
        failed: (res) => {
            console.log(res.authErrorScopes)
        },
      });
    </script>`,
  });
  await expect(page.getByRole('alertdialog')).toContainText(/281011\w+/);
});

test.describe('my.getAuthCode', () => {
  test.beforeEach(async ({ open }) => {
    await open();
  });

  test('takes a list of scopes, one scope, or none', async ({ page }) => {
    expect(await page.evaluate(() => my.getAuthCode({ scopes: ['USER_ID', 'auth_base'] }))).toEqual(
      granted('USER_ID', 'auth_base'),
    );
    expect(await page.evaluate(() => my.getAuthCode({ scopes: 'USER_ID' }))).toEqual(granted('USER_ID'));
    expect(await page.evaluate(() => my.getAuthCode())).toEqual(granted('auth_base'));
  });

  test('calls success, then complete, after it has returned', async ({ page }) => {
    const heard = await page.evaluate(
      () =>
        new Promise<unknown[]>((resolve) => {
          const heard: unknown[] = [];
          const returned = my.getAuthCode({
            scopes: 'USER_ID',
            success: (result) => heard.push('success', result),
            fail: (failure) => heard.push('fail', failure),
            complete: (ended) => resolve([...heard, 'complete', ended]),
          });
          heard.push('returned', String(returned));
        }),
    );
    expect(heard).toEqual(['returned', 'undefined', 'success', granted('USER_ID'), 'complete', granted('USER_ID')]);
  });

  for (const name of ['fail', 'failed'] as const) {
    test(`calls ${name}, then complete`, async ({ page, wallet }) => {
      await wallet.change({ consent: 'deny' });
      const heard = await page.evaluate(
        (name) =>
          new Promise<unknown[]>((resolve) => {
            const heard: unknown[] = [];
            my.getAuthCode({
              scopes: ['USER_NAME'],
              success: () => heard.push('success'),
              [name]: (failure: unknown) => heard.push(name, failure),
              complete: (ended) => resolve([...heard, 'complete', ended]),
            });
          }),
        name,
      );
      const failure = { error: 11, errorMessage: expect.any(String), authErrorScopes: { USER_NAME: '10001' } };
      expect(heard).toEqual([name, failure, 'complete', failure]);
    });
  }

  test('calls only fail if both fail and failed are given', async ({ page, wallet }) => {
    await wallet.change({ consent: 'deny' });
    const heard = await page.evaluate(
      () =>
        new Promise<string[]>((resolve) => {
          const heard: string[] = [];
          my.getAuthCode({
            scopes: 'USER_NAME',
            fail: () => heard.push('fail'),
            failed: () => heard.push('failed'),
            complete: () => resolve(heard),
          });
        }),
    );
    expect(heard).toEqual(['fail']);
  });

  test('rejects its promise with a plain object', async ({ page, wallet }) => {
    await wallet.change({ consent: 'deny' });
    const rejected = await page.evaluate(() =>
      my.getAuthCode({ scopes: 'USER_NAME' }).then(
        () => 'resolved',
        (reason) => [Object.getPrototypeOf(reason) === Object.prototype, reason.error, reason.authErrorScopes],
      ),
    );
    expect(rejected).toEqual([true, 11, { USER_NAME: '10001' }]);
  });

  test('asks the user for one call after another, if several are made at once', async ({ page, consent }) => {
    const ended = page.evaluate(() =>
      Promise.all([
        my.getAuthCode({ scopes: 'USER_NAME' }),
        my.getAuthCode({ scopes: 'USER_ID' }),
        my.getAuthCode({ scopes: 'USER_GENDER' }).catch((failure) => failure),
      ]),
    );
    await expect(consent.scope('USER_NAME')).toBeVisible();
    await expect(consent.sheet).toHaveCount(1);
    await consent.allow.click();
    await expect(consent.scope('USER_GENDER')).toBeVisible();
    await expect(consent.sheet).toHaveCount(1);
    await consent.deny.click();

    const [name, silent, gender] = await ended;
    expect(name).toEqual(granted('USER_NAME'));
    expect(silent).toEqual(granted('USER_ID'));
    expect(gender).toMatchObject({ error: 11 });
    expect(name.authCode).not.toBe(silent.authCode);
  });

  test('refuses only the unknown scope, with 40006', async ({ page, consent }) => {
    const ended = page.evaluate(() => my.getAuthCode({ scopes: ['USER_SHOE_SIZE', 'USER_NAME', 'USER_ID'] }));
    await expect(consent.scope('USER_NAME')).toBeVisible();
    await expect(consent.scope('USER_SHOE_SIZE')).toHaveCount(0);
    await consent.allow.click();

    const { authSuccessScopes, authErrorScopes } = await ended;
    expect(authSuccessScopes.toSorted()).toEqual(['USER_ID', 'USER_NAME']);
    expect(authErrorScopes).toEqual({ USER_SHOE_SIZE: '40006' });
  });

  test('fails if all scopes are unknown', async ({ page, consent }) => {
    const failure = await page.evaluate(() => my.getAuthCode({ scopes: ['USER_SHOE_SIZE'] }).catch((failure) => failure));
    expect(failure).toMatchObject({ error: expect.any(Number), authErrorScopes: { USER_SHOE_SIZE: '40006' } });
    await expect(consent.sheet).toHaveCount(0);
  });

  test('refuses a scope with 40006 if the merchant is not registered for it', async ({ page, wallet }) => {
    await wallet.control('PATCH', `clients/${clientId}`, { scopes: ['USER_ID'] });
    const ended = await page.evaluate(() => my.getAuthCode({ scopes: ['USER_ID', 'USER_NAME'] }));
    expect(ended).toMatchObject({ authSuccessScopes: ['USER_ID'], authErrorScopes: { USER_NAME: '40006' } });
    const [call] = await wallet.calls('getAuthCode');
    expect(call?.findings).toContain('scope-not-registered');
  });

  test('fails without an error for the silent scopes if the user refuses the others', async ({ page, consent }) => {
    const ended = page.evaluate(() => my.getAuthCode({ scopes: ['USER_ID', 'USER_NAME'] }).catch((failure) => failure));
    await consent.deny.click();
    const { authErrorScopes } = await ended;
    expect(authErrorScopes).toEqual({ USER_NAME: '10001' });
  });

  test('fails with error 2 if scopes is not a list of names', async ({ page }) => {
    for (const scopes of [42, [], ['USER_ID', 7], { USER_ID: true }]) {
      const failure = await page.evaluate((scopes) => my.call('getAuthCode', { scopes }).catch((failure) => failure), scopes);
      expect(failure, JSON.stringify(scopes)).toEqual({ error: 2, errorMessage: expect.stringContaining('scopes') });
    }
  });
});

test('a call before any gesture works if it needs no screen', async ({ page, open, wallet }) => {
  await wallet.change({ user: users.grants });
  await open({
    body: `<output></output><script>
      my.getAuthCode({ scopes: ['auth_user'], success: ({ authSuccessScopes }) => {
        document.querySelector('output').textContent = authSuccessScopes;
      } });
    </script>`,
  });
  await expect(page.locator('output')).toHaveText('auth_user');
  const [call] = await wallet.calls('getAuthCode');
  expect(call?.findings).toEqual([]);
});
