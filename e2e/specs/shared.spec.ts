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

test('a switch has its title as name, and its data or its description once', async ({ page, consent }) => {
  const ended = ask(page, 'USER_NAME', 'SEND_MESSAGE');
  await expect(consent.scope('USER_NAME')).toHaveAccessibleName('Tu nombre completo');
  await expect(consent.scope('USER_NAME')).toHaveAccessibleDescription('Lucía Inés Ortuño Velarde');
  await expect(consent.scope('SEND_MESSAGE')).toHaveAccessibleDescription('Avisos sobre tus compras, promociones y novedades');
  await consent.deny.click();
  await ended;
});

test('a right to charge is set apart from data: own heading, own words, no switch', async ({ page, consent }) => {
  const ended = ask(page, 'USER_NICKNAME', 'AGREEMENT_PAY', 'USER_GENDER');
  const charge = consent.frame.getByRole('region', { name: 'Permiso para cobrarte' });
  await expect(consent.heading).toContainText('quiere que compartas estos datos de tu cuenta y que le permitas cobrarte');
  await expect(charge).toContainText('No se trata de tus datos: Café Aurora podría cobrar de tu cuenta.');
  await expect(charge.getByRole('checkbox')).toHaveCount(1);
  await expect(charge.getByRole('checkbox')).toHaveAccessibleName('Acepto: Cobros automáticos');
  await expect(charge.locator('.switch')).toHaveCount(0);
  await expect(consent.frame.locator('.switch')).toHaveCount(2);
  await charge.getByText('Acepto: Cobros automáticos').click();
  await expect(consent.scope('AGREEMENT_PAY')).not.toBeChecked();
  await consent.allow.click();
  expect(await ended).toMatchObject({
    authSuccessScopes: ['USER_NICKNAME', 'USER_GENDER'],
    authErrorScopes: { AGREEMENT_PAY: '10001' },
  });
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
