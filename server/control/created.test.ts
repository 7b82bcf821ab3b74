import assert from 'node:assert/strict';
import test from 'node:test';
import { aurora, emulatorForFile, openTestEmulator, users } from '../testing/emulator.js';
import { Tester } from '../testing/tester.js';

const emulator = await emulatorForFile();

/** A body for each operation that creates something, and fields of the thing that the Location leads to. */
const creations: Record<string, { body: object; found: object }> = {
  '/clients': { body: { clientId: 'pan/dería-ñ', name: 'Sol' }, found: { clientId: 'pan/dería-ñ' } },
  '/apps': { body: { appId: 'sol%2F1', name: 'Sol', clientId: aurora.clientId }, found: { appId: 'sol%2F1' } },
  '/users': { body: { userId: 'ana&eva', name: 'Ana' }, found: { userId: 'ana&eva' } },
  '/consents': {
    body: { userId: users.lucia, appId: aurora.appId, scopes: ['USER_NAME'] },
    found: { consentId: `${users.lucia}.${aurora.appId}` },
  },
  '/scenarios': { body: { id: 'a+b', library: 'user-refuses' }, found: { id: 'a+b' } },
  '/auth-codes': {
    body: { ...aurora, userId: users.tomas, scopes: ['USER_ID'] },
    found: { status: 'GRANTED', userId: users.tomas },
  },
  '/tokens': {
    body: { ...aurora, userId: users.tomas, scopes: ['USER_ID'] },
    found: { status: 'EXCHANGED', userId: users.tomas },
  },
};

async function created(path: string, url: string, headers: Record<string, string> = {}): Promise<string> {
  const body = JSON.stringify(creations[path.replace('/_emulator', '')]?.body);
  const response = await fetch(url, { method: 'POST', headers: { 'content-type': 'application/json', ...headers }, body });
  assert.equal(response.status, 201, `${path}: ${await response.text()}`);
  return response.headers.get('location') ?? '';
}

test('the Location of each 201 leads to the thing, in the tenant of the address or of the header', async () => {
  const { paths } = (await new Tester(emulator).get('/openapi.json')).body;
  const creating = Object.keys(paths).filter((path) => paths[path].post?.responses[201] !== undefined);
  assert.deepEqual(
    creating.sort(),
    Object.keys(creations)
      .map((path) => `/_emulator${path}`)
      .sort(),
  );
  for (const path of creating) {
    assert.deepEqual(Object.keys(paths[path].post.responses[201].headers), ['Location']);
    const { found } = creations[path.replace('/_emulator', '')] ?? {};
    for (const location of [
      await created(path, `${emulator.url}${path}`),
      await created(path, `${emulator.url}/t/in-address${path}`),
      await created(path, `${emulator.url}${path}`, { 'x-emulator-tenant': 'in-header' }),
    ]) {
      assert.ok(location.startsWith(emulator.url), location);
      const response = await fetch(location);
      assert.equal(response.status, 200, location);
      const thing = (await response.json()) as Record<string, unknown>;
      for (const [name, value] of Object.entries(found ?? {})) assert.equal(thing[name], value, location);
    }
  }
  for (const tenant of ['in-address', 'in-header'])
    assert.equal((await new Tester(emulator, tenant).get('/users/ana%26eva')).status, 200, tenant);
});

test('behind a proxy with a base path, the Location has the address of the proxy', async (context) => {
  const proxied = await openTestEmulator({ trustProxy: true });
  context.after(() => proxied.close());
  const forwarded = { 'x-forwarded-proto': 'https', 'x-forwarded-host': 'demo.example', 'x-forwarded-prefix': '/wallet' };
  assert.equal(
    await created('/users', `${proxied.url}/t/mine/_emulator/users`, forwarded),
    'https://demo.example/wallet/t/mine/_emulator/users/ana%26eva',
  );
});

test('an id with half a character gets an address too', async () => {
  const { status, headers } = await new Tester(emulator, 'halves').post('/users', { userId: 'x\ud800', name: 'Half' });
  assert.deepEqual([status, headers.location], [201, `http://localhost:80/t/halves/_emulator/users/x%EF%BF%BD`]);
});
