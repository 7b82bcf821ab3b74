import { readFile } from 'node:fs/promises';
import { ask, granted } from '../stage/ask.ts';
import { addProfile } from '../stage/profiles.ts';
import { expect, test } from '../stage/test.ts';

/** The data that the screen shows, and the scopes that remain after a refusal. */

const profile = new URL('../../fixtures/wallets/platform-v2.json', import.meta.url);

test.beforeEach(async ({ open }) => {
  await open();
});

test('a wallet without a choice of scopes has no switches, says so, and grants all', async ({ page, consent, wallet }) => {
  const whole = JSON.parse(await readFile(profile, 'utf8'));
  await wallet.change({ wallet: addProfile({ ...whole, name: 'all-or-nothing', consent: { ...whole.consent, choice: false } }) });

  const ended = ask(page, 'USER_NAME', 'USER_GENDER');
  await expect(consent.scope('USER_NAME')).toBeVisible();
  await expect(consent.frame.locator('[name=scope]')).toHaveCount(0);
  await expect(consent.frame.getByText('Solo puedes permitir todo o nada.')).toBeVisible();
  await consent.choose('1000001119398804006');
  await expect(consent.frame.getByRole('strong')).toContainText('Emilio');
  await consent.allow.click();
  expect(await ended).toEqual(granted('USER_NAME', 'USER_GENDER'));
});

test('a scope says so if the user has no data for it', async ({ page, consent, wallet }) => {
  await wallet.control('POST', 'users', { userId: '9003', name: 'Noé' });
  await wallet.change({ user: '9003' });
  const ended = ask(page, 'USER_BIRTHDAY', 'USER_CONTACTINFO', 'SEND_MESSAGE');
  await expect(consent.frame.getByText('Esta cuenta no tiene ningún dato que compartir aquí.')).toHaveCount(2);
  await expect(consent.frame.getByText('Ver qué se comparte')).toHaveCount(0);
  await consent.deny.click();
  await ended;
});

test('a fingerprint is shortened, a long name takes two lines, and both can be read in full', async ({
  page,
  consent,
  wallet,
}) => {
  await wallet.change({ user: '1000001119398804009' });
  const ended = ask(page, 'HASH_LOGIN_ID');
  await consent.frame.getByText('Ver qué se comparte').click();
  const fingerprint = consent.frame.locator('details code').first();
  await expect(fingerprint).toHaveText(/^[0-9a-f]{8}…[0-9a-f]{8}$/);
  await expect(fingerprint).toHaveAttribute('title', /^[0-9a-f]{64}$/);
  const name = consent.frame.getByRole('strong');
  const lines = await name.evaluate((strong) => strong.clientHeight / Number.parseFloat(getComputedStyle(strong).lineHeight));
  expect(Math.round(lines)).toBe(2);
  expect(await consent.user.getAttribute('title')).toBe(await name.textContent());
  await consent.deny.click();
  await ended;
});

test('a switch has its title as name, and its description once', async ({ page, consent }) => {
  const ended = ask(page, 'USER_NAME');
  await expect(consent.scope('USER_NAME')).toHaveAccessibleName('Tu nombre completo');
  await expect(consent.scope('USER_NAME')).toHaveAccessibleDescription('Nombre y apellidos, como figuran en tu cuenta');
  await consent.deny.click();
  await ended;
});

test('an agreement alone is not about sharing', async ({ page, consent }) => {
  const ended = ask(page, 'AGREEMENT_PAY');
  await expect(consent.screen).toContainText('Se cobra a la cuenta de');
  await expect(consent.screen).not.toContainText(/compart/i);
  await expect(consent.scope('AGREEMENT_PAY')).toBeChecked();
  await consent.allow.click();
  expect(await ended).toEqual(granted('AGREEMENT_PAY'));
});

test('after a refusal the silent scopes still give an authCode; without them there is none', async ({ page, consent }) => {
  const some = ask(page, 'USER_ID', 'USER_NAME');
  await consent.deny.click();
  expect(await some).toEqual({ ...granted('USER_ID'), authErrorScopes: { USER_NAME: '10001' } });
  const none = ask(page, 'USER_NAME');
  await consent.deny.click();
  const failure = await none;
  expect(failure).toMatchObject({ error: 11, authErrorScopes: { USER_NAME: '10001' } });
  expect([failure.authCode, failure.authSuccessScopes ?? []]).toEqual([undefined, []]);
});
