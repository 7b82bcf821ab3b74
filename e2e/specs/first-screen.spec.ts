import { callOpenApi } from '../stage/open-api.ts';
import { expect, test } from '../stage/test.ts';
import type { Wallet } from '../stage/wallet.ts';

/** "No se permite la orientación de autorización del usuario en la primera pantalla del mini program." */

const body = `<button>Comprar</button><output></output><script>
  const ask = () => my.getAuthCode({
    scopes: ['USER_NAME'],
    complete: (result) => { document.querySelector('output').textContent = JSON.stringify(result); },
  });
  document.querySelector('button').addEventListener('click', ask);
  ask();
</script>`;
const finding = 'consent-on-first-screen';

test('the user is asked, and the journal has the finding', async ({ open, consent, wallet, page }) => {
  await open({ body });
  await consent.allow.click();
  await expect(page.locator('output')).toContainText('authCode');
  const [call] = await wallet.calls('getAuthCode');
  expect(call?.findings).toEqual([finding]);
  expect(await wallet.control('GET', 'findings')).toMatchObject({
    findings: expect.arrayContaining([expect.objectContaining({ code: finding, count: 1 })]),
  });
});

test('the call fails until the user touches the page, if the setting is refuse', async ({ open, consent, wallet, page }) => {
  await wallet.change({ firstScreen: 'refuse' });
  await open({ body });
  await expect(page.locator('output')).toContainText('"error":4');
  await expect(consent.sheet).toHaveCount(0);

  await page.getByRole('button', { name: 'Comprar' }).click();
  await consent.allow.click();
  await expect(page.locator('output')).toContainText('authCode');
  const [second, first] = await wallet.calls('getAuthCode');
  expect(first?.findings).toEqual([finding]);
  expect(second?.findings).toEqual([]);
});

test('there is no finding if the setting is off', async ({ open, consent, wallet, page }) => {
  await wallet.change({ firstScreen: 'off' });
  await open({ body });
  await consent.allow.click();
  await expect(page.locator('output')).toContainText('authCode');
  const [call] = await wallet.calls('getAuthCode');
  expect(call?.findings).toEqual([]);
});

test('events that a script creates do not count as a touch', async ({ open, consent, wallet, page }) => {
  await wallet.change({ firstScreen: 'refuse' });
  await open({ body });
  await page.evaluate(() => {
    for (const [type, Kind] of Object.entries({ pointerdown: PointerEvent, touchstart: Event, keydown: KeyboardEvent }))
      document.body.dispatchEvent(new Kind(type, { bubbles: true }));
    document.querySelector('button')?.click();
  });
  await expect.poll(async () => (await wallet.calls('getAuthCode')).length).toBe(2);
  for (const { findings, resultCode } of await wallet.calls('getAuthCode'))
    expect({ findings, resultCode }).toEqual({ findings: [finding], resultCode: '4' });
  await expect(consent.sheet).toHaveCount(0);
});

test.describe('a URL that the merchant’s server prepared', () => {
  const page = async (wallet: Wallet) => {
    const extendInfo = JSON.stringify({ language: 'es', contractDesc: 'Un café al día' });
    const { authUrl } = await callOpenApi(wallet, '/v1/authorizations/prepare', { scopes: 'AGREEMENT_PAY', extendInfo });
    const call = `AlipayJSBridge.call('signContract', { authUrl: ${JSON.stringify(authUrl)} }, (result) => {
      document.querySelector('output').textContent = JSON.stringify(result);
    });`;
    return {
      body: `<button onclick="sign()">Firmar</button><output></output><script>const sign = () => ${call}\nsign();</script>`,
    };
  };

  test('counts as asking on the first screen', async ({ open, consent, wallet, page: mini }) => {
    await open(await page(wallet));
    await consent.allow.click();
    await expect(mini.locator('output')).toContainText('authCode');
    const [call] = await wallet.calls('signContract');
    expect(call?.findings).toEqual([finding]);
  });

  test('fails until the user touches the page, if the setting is refuse', async ({ open, consent, wallet, page: mini }) => {
    await wallet.change({ firstScreen: 'refuse' });
    await open(await page(wallet));
    await expect(mini.locator('output')).toContainText('"error":4');
    await expect(consent.sheet).toHaveCount(0);
    await mini.getByRole('button', { name: 'Firmar' }).click();
    await consent.allow.click();
    await expect(mini.locator('output')).toContainText('authCode');
    const [second, first] = await wallet.calls('signContract');
    expect([first?.findings, second?.findings]).toEqual([[finding], []]);
  });
});
