// biome-ignore-all lint/suspicious/noThenProperty: a public name of the scenario format, in data that is never awaited
import assert from 'node:assert/strict';
import test from 'node:test';
import { libraryInWords } from '../pages/library-text.js';
import { library } from '../scenarios/library.js';
import { emulatorForFile } from '../testing/emulator.js';

const emulator = await emulatorForFile();

function press(tenant: string, form: Record<string, string>, headers: Record<string, string> = {}) {
  return emulator.app.inject({
    method: 'POST',
    url: `/t/${tenant}/scenarios?lang=en`,
    headers: { 'content-type': 'application/x-www-form-urlencoded', ...headers },
    payload: new URLSearchParams(form).toString(),
  });
}

test('the page lists the library, adds a scenario, shows its hits, and removes it', async () => {
  const { scenarios } = emulator.tenants.get('page');
  const page = async () => (await emulator.app.inject('/t/page/scenarios?lang=en')).payload;
  const empty = await page();
  for (const known of library) {
    assert.ok(empty.includes(`data-testid="add-${known.name}"`), known.name);
    assert.ok(empty.includes(libraryInWords(known).title), known.name);
  }
  assert.ok(empty.includes('None: all calls are answered as usual.'));

  const added = await press('page', { add: 'user-refuses' });
  assert.deepEqual([added.statusCode, added.headers.location], [303, '/t/page/scenarios?lang=en']);
  await press('page', { add: 'user-refuses' });
  await press('page', { add: 'no-such' });
  assert.deepEqual(
    scenarios.all().map(({ id }) => id),
    ['user-refuses'],
  );
  assert.match(await page(), /data-testid="running-user-refuses"[\s\S]*no calls matched yet/);
  scenarios.applyByName('user-refuses');
  assert.match(await page(), /acted on 1 of 1 calls/);
  assert.doesNotMatch(await page(), /data-testid="add-user-refuses"/);

  await press('page', { remove: 'user-refuses' });
  assert.equal(scenarios.size, 0);
  await press('page', { add: 'code-expired' });
  await press('page', { add: 'no-answer' });
  await press('page', { clear: 'all' });
  assert.equal(scenarios.size, 0);
});

test('a scenario is shown as text, never as markup', async () => {
  emulator.tenants
    .get('markup')
    .scenarios.add({ id: '<b>"x', then: { result: 'PROCESS_FAIL', message: '<script>alert(1)</script>' } });
  const { payload } = await emulator.app.inject('/t/markup/scenarios');
  assert.doesNotMatch(payload, /<b>"x|<script>alert/);
});

test('a page of another origin cannot post its forms', async () => {
  const { statusCode } = await press('page', { add: 'user-refuses' }, { origin: 'http://evil.example' });
  assert.equal(statusCode, 403);
  assert.equal(emulator.tenants.get('page').scenarios.size, 0);
});

test('the library is available in Spanish', async () => {
  for (const known of library) {
    const [es, en] = [libraryInWords(known, 'es'), libraryInWords(known)];
    for (const part of ['title', 'does', 'expect'] as const)
      assert.ok(es[part] !== en[part] && en[part] !== known.name, `${known.name}.${part}`);
  }
  const { payload } = await emulator.app.inject({ url: '/scenarios', headers: { 'accept-language': 'es-MX' } });
  assert.ok(payload.includes('El usuario rechaza') && payload.includes('<html lang="es"'));
});
