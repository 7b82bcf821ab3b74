import { expect, test } from '../stage/test.ts';

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

test('consent is asked for, and the mistake is noted', async ({ open, consent, wallet, page }) => {
  await open({ body });
  await consent.allow.click();
  await expect(page.locator('output')).toContainText('authCode');
  const [call] = await wallet.calls('getAuthCode');
  expect(call?.findings).toEqual([finding]);
  expect(await wallet.control('GET', 'findings')).toMatchObject({ findings: [{ code: finding, count: 1 }] });
});

test('consent is refused, where the setting says so, until the user does something', async ({ open, consent, wallet, page }) => {
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

test('nothing is noted, where the setting is off', async ({ open, consent, wallet, page }) => {
  await wallet.change({ firstScreen: 'off' });
  await open({ body });
  await consent.allow.click();
  await expect(page.locator('output')).toContainText('authCode');
  const [call] = await wallet.calls('getAuthCode');
  expect(call?.findings).toEqual([]);
});
