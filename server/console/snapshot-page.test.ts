import assert from 'node:assert/strict';
import { test } from 'node:test';
import { emulatorForFile, newWorld, users } from '../testing/emulator.js';
import { PageClient } from '../testing/page-client.js';
import { Tester } from '../testing/tester.js';

const emulator = await emulatorForFile();

async function worldWithSnapshot() {
  const world = newWorld(emulator);
  const tester = new Tester(emulator, world.tenant.name);
  const { accessToken } = await world.tokens();
  await tester.put('/settings', { wallet: 'gcash', user: users.harriet });
  await tester.put('/clock', { now: '2030-01-01T00:00:00Z', frozen: true });
  await tester.post('/scenarios', { library: 'user-refuses' });
  const { body, text } = await tester.get('/snapshot');
  await tester.post('/reset');
  await new Tester(emulator, world.tenant.name).post('/scenarios', { library: 'platform-down' });
  return { tester, page: new PageClient(emulator, world.tenant.name), accessToken, snapshot: body, text };
}

/** The text of an element, by its test id. */
const said = (html: string, id: string) =>
  new RegExp(`data-testid="${id}"[^>]*>([\\s\\S]*?)</(?:p|table)>`)
    .exec(html)?.[1]
    ?.replace(/<[^>]*>/g, ' ')
    .replace(/\s+/g, ' ')
    .replaceAll('&#x27;', "'")
    .replaceAll('&quot;', '"')
    .trim();

test('a snapshot is loaded after the page has said what it replaces', async () => {
  const { tester, page, accessToken, text } = await worldWithSnapshot();
  assert.equal((await page.get('/snapshot')).status, 200);
  const asked = await page.post('/snapshot?lang=en', { snapshot: text });
  assert.equal(asked.status, 200);
  assert.match(asked.text, /the clock goes on from 2030-01-01 00:00:00 UTC/);
  const changes = said(asked.text, 'snapshot-changes') ?? '';
  assert.match(
    changes,
    /Wallet Mini Program Platform, v2 GCash User Lucía[^<]* Harriet.* Tokens 0 2 .*Calls in the journal 1 0$/,
  );
  assert.equal((await tester.get('/scenarios')).body.scenarios[0].id, 'platform-down', 'nothing has changed yet');

  const [, content = ''] = /name="snapshot" value="([^"]*)"/.exec(asked.text) ?? [];
  const posted = content.replaceAll('&quot;', '"').replaceAll('&#x3D;', '=').replaceAll('&#x27;', "'").replaceAll('&amp;', '&');
  assert.equal(posted, text);
  const loaded = await page.post('/snapshot', { snapshot: posted, confirm: 'yes' });
  assert.equal(loaded.status, 303);
  assert.equal(loaded.headers.location, `/t/${tester.tenant}/?done=snapshot-loaded`);
  const { body } = await tester.get('/tokens');
  assert.equal(body.tokens[0].accessToken, accessToken);
  assert.equal((await tester.get('/settings')).body.wallet, 'gcash');
  const [entry] = (await tester.get('/journal')).body.entries;
  assert.equal(entry.reason, 'a snapshot was restored: 1 authorizations, 1 scenarios');
  assert.ok(!JSON.stringify(entry).includes(accessToken));
});

test('a file that cannot be loaded is explained in the language of the page, and nothing changes', async () => {
  const { tester, page, snapshot, text } = await worldWithSnapshot();
  const report = (await tester.get('/report')).text;
  const { settings, grants } = snapshot;
  for (const [content, en, es] of [
    ['', 'this is not JSON', 'esto no es JSON'],
    [text.slice(0, -5), 'this is not JSON', 'esto no es JSON'],
    ['['.repeat(200), 'this is not JSON', 'esto no es JSON'],
    ['null', 'this is not a snapshot', 'esto no es una instantánea'],
    [report, 'this is a report, not a snapshot', 'esto es un informe, no una instantánea'],
    [{ ...snapshot, version: 9 }, 'version: expected 2', 'version: se esperaba 2'],
    [
      { ...snapshot, settings: { ...settings, wallet: 'gcsh' } },
      'settings.wallet: unknown wallet "gcsh"',
      'settings.wallet: la billetera "gcsh" no existe',
    ],
    [
      { ...snapshot, settings: { ...settings, user: 'nobody' } },
      'settings.user: expected the userId',
      'settings.user: se esperaba el userId',
    ],
    [
      { ...snapshot, clock: { now: '2030-01-01T00:00:00', frozen: true } },
      'clock.now: expected an ISO 8601 time',
      'clock.now: se esperaba una hora ISO 8601',
    ],
    [
      { ...snapshot, grants: [] },
      'accessTokens.0.grantId: expected the grantId',
      'accessTokens.0.grantId: se esperaba el grantId',
    ],
    [
      { ...snapshot, clients: { changed: [{ clientId: 'c', name: 'C', publicKey: 'x' }], removed: [] } },
      'clients.changed.0.publicKey: expected an RSA public key',
      'clients.changed.0.publicKey: se esperaba una clave pública RSA',
    ],
  ] as const) {
    for (const [lang, expected] of Object.entries({ en, es })) {
      const form = { snapshot: typeof content === 'string' ? content : JSON.stringify(content), confirm: 'yes' };
      const answer = await page.post(`/snapshot?lang=${lang}`, form);
      assert.equal(answer.status, 400, expected);
      const problem = said(answer.text, 'problem') ?? '';
      assert.ok(problem.includes(expected), `${problem}: ${expected}`);
    }
  }
  assert.equal(grants.length, 1);
  assert.equal((await tester.get('/scenarios')).body.scenarios[0].id, 'platform-down');
});

test('a snapshot of several megabytes is loaded, and a larger form is refused with a sentence', async () => {
  const { page, snapshot } = await worldWithSnapshot();
  const [user] = (await new Tester(emulator, page.tenant).get('/users')).body.users;
  const changed = Array.from({ length: 1500 }, (_, index) => ({
    ...user,
    userId: `u${index}`,
    extra: { filler: 'x'.repeat(2000) },
  }));
  const large = JSON.stringify({ ...snapshot, users: { changed, removed: [] } });
  assert.ok(large.length > 3_000_000);
  assert.equal((await page.post('/snapshot', { snapshot: large, confirm: 'yes' })).status, 303);
  const tooLarge = await page.send('POST', '/snapshot?lang=es', 'x'.repeat(48 * 1024 * 1024 + 1), {
    'content-type': 'application/x-www-form-urlencoded',
    accept: 'text/html',
  });
  assert.equal(tooLarge.status, 413);
  assert.match(tooLarge.text, /el formulario es demasiado grande; el límite es 48 MiB/);
});
