import assert from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { emulatorForFile, scratchFolder } from '../testing/emulator.js';
import { PageClient } from '../testing/page-client.js';

const fixtures = scratchFolder();
const profiles = {
  ours: { extends: 'gcash', title: 'Ours', note: { en: 'It has two currencies.', es: 'Tiene dos monedas.' } },
  plain: { extends: 'gcash', title: 'Plain', note: 'A & B' },
  broken: { extends: 'gcash', title: 'Broken', operations: { revoke: { response: { a: '$user' } } } },
};
mkdirSync(join(fixtures, 'wallets'));
for (const [name, profile] of Object.entries(profiles))
  writeFileSync(join(fixtures, 'wallets', `${name}.json`), JSON.stringify(profile));
const emulator = await emulatorForFile({ fixtures });
const page = new PageClient(emulator, 'profile-page');
const { tenants } = emulator;

/** The note of the wallet on its page. */
async function noteOf(wallet: string, lang: string): Promise<string | undefined> {
  tenants.get(page.tenant).changeSettings({ wallet });
  const { text } = await page.get('/profile', { 'accept-language': lang });
  return /<p [^>]*data-testid="profile-note">(.*?)<\/p>/.exec(text)?.[1];
}

test('the page of a wallet shows its note in the language of the page', async () => {
  assert.match(String(await noteOf('gcash', 'en')), /^The operations of both versions send the codes of v1, /);
  assert.match(String(await noteOf('gcash', 'es')), /^Las operaciones de las dos versiones envían los códigos de v1, /);
  assert.equal(await noteOf('platform-v2', 'es'), undefined);
});

test('a profile has its own note in place of the one of the wallet that it extends: one for all languages, or one for each', async () => {
  assert.equal(await noteOf('ours', 'es'), 'Tiene dos monedas.');
  assert.equal(await noteOf('ours', 'en'), 'It has two currencies.');
  for (const lang of ['en', 'es']) assert.equal(await noteOf('plain', lang), 'A &amp; B');
});

test('the settings name the file, the place and the problem of an invalid profile, in the language of the page', async () => {
  const change = (lang: string) => page.post('/settings', { wallet: 'broken' }, { 'accept-language': lang, accept: 'text/html' });
  const place = `wallet: ${join(fixtures, 'wallets', 'broken.json')}: operations.revoke.response.a: `;
  assert.ok((await change('en')).text.includes(`${place}unknown variable $user; allowed: $grant, $request`));
  assert.ok((await change('es')).text.includes(`${place}variable desconocida $user; se permiten: $grant, $request`));
});

test('the page of a wallet shows how its JSAPIs are called, and what they answer', async () => {
  const rows = async (wallet: string, lang: string) => {
    tenants.get(page.tenant).changeSettings({ wallet });
    const { text } = await page.get('/profile', { 'accept-language': lang });
    return Array.from(text.matchAll(/<td [^>]*data-testid="jsapi-call">([\s\S]*?)<\/td>/g), ([, cell = '']) =>
      cell
        .replace(/<[^>]*>/g, ' ')
        .replaceAll('&quot;', '"')
        .replace(/\s+/g, ' '),
    );
  };
  const toka = await rows('toka', 'en');
  assert.equal(toka.length, 5);
  for (const row of toka) {
    assert.match(row, /Parameters usage , scopes Answer \{ "resultCode": 10000, "result": "\$authCode" \}/);
    assert.match(row, /Failure \{ "resultCode": "\$code", "resultMsg": "\$errorMessage" \} .*11 → 10006 /);
  }
  assert.match(
    (await rows('claro', 'es'))[0] ?? '',
    /Parámetros scopes Respuesta \{ "authCode": "\$authCode", .*Si falla \{ "error": /,
  );
  const superqi = (await rows('superqi', 'en')).join('\n');
  assert.match(superqi, /Parameters authUrl Answer \{ "authCode"/);
  assert.match(superqi, /JSAPI of the mini program Answer \{ "currentRole"/);
});
