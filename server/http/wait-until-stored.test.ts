import assert from 'node:assert/strict';
import { after, describe, mock, test } from 'node:test';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { DiskPersistence } from '../store/disk-persistence.js';
import { StorageError } from '../store/storage-error.js';
import { aurora, openTestEmulator, scratchFolder, users, World } from '../testing/emulator.js';
import { quote, text } from '../texts/text.js';

const emulator = await openTestEmulator({ data: scratchFolder() });
after(() => emulator.close());
const world = new World(emulator.url, emulator.tenants.default);
const { accessToken } = await world.tokens();
const form = { 'content-type': 'application/x-www-form-urlencoded' };
const origin = 'http://shop.test';

/** A request of each kind, by what it does. */
const requests = {
  'a read of the control API': { method: 'GET', url: '/_emulator/settings' },
  'a change by the control API': { method: 'PUT', url: '/_emulator/settings', payload: { consent: 'ask' } },
  'a wait for journal entries': { method: 'POST', url: '/_emulator/journal/wait', payload: { match: {}, count: 1 } },
  'an error of the control API': { method: 'GET', url: '/_emulator/users/nobody' },
  'the dashboard': { method: 'GET', url: '/' },
  'a form of the scenarios page': { method: 'POST', url: '/scenarios/of/code-expired', headers: form, payload: 'enabled=true' },
  'the authorized apps': { method: 'GET', url: '/wallet/apps' },
  'a choice of the user on a page': { method: 'POST', url: '/wallet/apps', headers: form, payload: `userId=${users.owen}` },
  'a JSAPI': {
    method: 'POST',
    url: '/wallet/jsapi',
    headers: { origin, 'content-type': 'text/plain' },
    payload: JSON.stringify({ name: 'getAuthCode', appId: aurora.appId, params: { scopes: ['auth_base'] } }),
  },
  'a call of a merchant': {
    method: 'POST',
    url: '/v2/users/inquiryUserInfo',
    headers: { 'client-id': aurora.clientId, 'content-type': 'application/json' },
    payload: JSON.stringify({ accessToken }),
  },
} as const;

const send = (name: keyof typeof requests) => emulator.app.inject(requests[name] as { method: 'GET'; url: string });

describe('an answer waits until everything that it tells is stored', () => {
  for (const name of Object.keys(requests) as (keyof typeof requests)[]) {
    test(name, async () => {
      let store = () => {};
      const stored = new Promise<void>((resolve) => {
        store = resolve;
      });
      const settled = mock.method(DiskPersistence.prototype, 'settled', () => stored);
      let answered = false;
      const answer = send(name).then((response) => {
        answered = true;
        return response;
      });
      while (settled.mock.callCount() === 0) {
        await nextTurn();
        assert.ok(!answered, 'it did not wait');
      }
      for (let turn = 0; turn < 50; turn++) await nextTurn();
      assert.ok(!answered, 'it waited too short');
      settled.mock.restore();
      store();
      assert.ok((await answer).statusCode < 500);
    });
  }
});

describe('on a full disk', () => {
  const full = new StorageError('no-space', quote('the disk is full'));

  for (const name of Object.keys(requests) as (keyof typeof requests)[]) {
    test(`${name} is refused, and answered again when there is room`, async () => {
      const settled = mock.method(DiskPersistence.prototype, 'settled', () => Promise.reject(full));
      const refused = await send(name);
      settled.mock.restore();
      if (name === 'a call of a merchant') {
        const { resultStatus, resultCode, resultMessage } = refused.json().result;
        assert.deepEqual([resultStatus, resultCode, resultMessage], ['F', 'PROCESS_FAIL', 'the disk is full']);
      } else {
        assert.equal(refused.statusCode, 507);
        assert.deepEqual(refused.json(), { error: 'no-space', message: 'the disk is full' });
        assert.equal(refused.headers.location, undefined);
      }
      assert.ok((await send(name)).statusCode < 500);
    });
  }
});

test('a page says in the language of the browser that the disk is full', async () => {
  const settled = mock.method(DiskPersistence.prototype, 'settled', () =>
    Promise.reject(new StorageError('no-space', text('storage-full'))),
  );
  for (const url of ['/?lang=es', '/wallet/apps?lang=es']) {
    const { statusCode, headers, payload } = await emulator.app.inject({ method: 'GET', url, headers: { accept: 'text/html' } });
    assert.equal(statusCode, 507);
    assert.equal(headers['content-type'], 'text/html; charset=utf-8');
    assert.match(payload, /<h1[^>]*>No se pudo hacer<[\s\S]*el disco de la carpeta de datos está lleno/);
  }
  settled.mock.restore();
});

test('a page says in the language of the browser that a form is too large', async () => {
  const { statusCode, payload } = await emulator.app.inject({
    method: 'POST',
    url: '/settings?lang=es',
    headers: { ...form, accept: 'text/html' },
    payload: 'a'.repeat(1024 * 1024 + 1),
  });
  assert.equal(statusCode, 413);
  assert.match(payload, /el formulario es demasiado grande; el límite es 1 MiB/);
});
