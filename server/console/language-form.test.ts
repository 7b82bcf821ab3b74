import assert from 'node:assert/strict';
import test from 'node:test';
import { emulatorForFile } from '../testing/emulator.js';
import { PageClient } from '../testing/page-client.js';

const emulator = await emulatorForFile();
const client = new PageClient(emulator, 'languages');
const english = { 'accept-language': 'en', accept: 'text/html' };
const spanish = { ...english, cookie: 'other=1; billetera-lang=es' };

async function languageOf(path: string, headers: Record<string, string>): Promise<string | undefined> {
  return /<html lang="(\w+)"/.exec((await client.get(path, headers)).text)?.[1];
}

/** Presses the button of the header. */
async function choose(lang: string, back: string) {
  const { headers } = await emulator.app.inject({
    method: 'POST',
    url: '/t/languages/language',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    payload: new URLSearchParams({ lang, back }).toString(),
  });
  return { to: headers.location, cookie: headers['set-cookie'] };
}

test('each page has a button for the other language, in its own name, which leads back to the page', async () => {
  for (const path of ['/', '/journal?q=a', '/_emulator/docs']) {
    const { text } = await client.get(path, english);
    const [form = ''] = /<form class="language"[\s\S]*?<\/form>/.exec(text) ?? [];
    assert.match(form, /action="\/t\/languages\/language"/);
    assert.match(form.replace('&#x3D;', '='), new RegExp(`name="back" value="/t/languages${path.replace('?', '\\?')}"`));
    assert.match(form, /<button name="lang" value="es" lang="es"[^>]* title="Español">/);
    assert.doesNotMatch(form, /value="en"/);
  }
});

test('the browser remembers the language for all tenants, and the page keeps its query', async () => {
  const { to, cookie } = await choose('es', '/t/languages/journal?q=a&lang=en&kind=openapi');
  assert.equal(to, '/t/languages/journal?q=a&kind=openapi');
  assert.match(String(cookie), /^billetera-lang=es; Path=\/; Max-Age=31536000; HttpOnly; SameSite=Lax$/);
  for (const path of ['/', '/_emulator/docs', '/nowhere', '/playground'])
    assert.equal(await languageOf(path, spanish), 'es', path);
  assert.equal(await languageOf('/?lang=en', spanish), 'en');
  assert.equal(await languageOf('/', { ...english, cookie: 'billetera-lang=xx' }), 'en');
});

test('a page that is opened with a language in its address gives it to the pages behind its links', async () => {
  const cookieOf = async (path: string, headers: Record<string, string>) =>
    (await client.get(path, { ...english, ...headers })).headers['set-cookie'];
  const opened = { 'sec-fetch-dest': 'document' };
  assert.match(String(await cookieOf('/docs?lang=es', opened)), /^billetera-lang=es; /);
  assert.equal(await cookieOf('/docs', opened), undefined);
  assert.equal(await cookieOf('/docs?lang=xx', opened), undefined);
  assert.equal(await cookieOf('/docs?lang=es', { 'sec-fetch-dest': 'iframe' }), undefined);
});

test('an unknown language is not remembered, and an address of another host leads to the dashboard', async () => {
  assert.deepEqual(await choose('xx', '/t/languages/users'), { to: '/t/languages/users', cookie: undefined });
  assert.equal((await choose('es', 'https://elsewhere.example/')).to, '/t/languages/');
});

test('the consent screen has the language of the browser, not of the console', async () => {
  const sheet = await client.sheet(['USER_NAME']);
  assert.equal(await languageOf(sheet, spanish), 'en');
  assert.equal(await languageOf(`${sheet}&lang=es`, english), 'es');
});
