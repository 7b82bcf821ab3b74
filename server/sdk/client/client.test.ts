// biome-ignore-all lint/suspicious/noThenProperty: `then` is the users' word for it (contract), in data that nobody awaits

import assert from 'node:assert/strict';
import { createPublicKey } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { after, beforeEach, test } from 'node:test';
import { aurora, users } from '../../testing/emulator.js';
import { connect, startEmulator, WalletError } from '../index.js';

const emulator = await startEmulator({ port: 0 });
after(() => emulator.close());
const { clientId } = aurora;
const tomas = { clientId, userId: users.tomas, scopes: ['USER_ID', 'USER_NAME'] };

for (const [name, wallet] of [
  ['the wallet of startEmulator', emulator],
  ['a connected wallet', connect(`${emulator.url}/`)],
  ['a tenant', emulator.tenant('worlds-apart')],
  ['a connected tenant', connect(`${emulator.url}/t/elsewhere`)],
] as const) {
  test.describe(name, () => {
    beforeEach(() => wallet.reset());

    test('issues, expires, revokes and lists codes and tokens', async () => {
      const code = await wallet.authCodes.issue({ ...tomas, lifetime: 'PT1M' });
      assert.match(code.authCode ?? '', /^281011/);
      assert.deepEqual(code.authSuccessScopes, tomas.scopes);

      const { accessToken, refreshToken } = await wallet.tokens.issue({ ...tomas, lifetimes: { accessToken: 'PT5M' } });
      assert.deepEqual(
        (await wallet.tokens.list({ clientId, userId: users.tomas })).map((token) => [token.accessToken, token.status]),
        [[accessToken, 'ACTIVE']],
      );
      assert.deepEqual(await wallet.tokens.list({ userId: users.lucia }), []);
      assert.deepEqual(await wallet.tokens.expire({ accessToken }), { count: 1 });
      assert.equal((await wallet.tokens.list())[0]?.status, 'EXPIRED');
      assert.deepEqual(await wallet.tokens.revoke({ refreshToken }), { count: 1 });
      assert.equal((await wallet.tokens.list())[0]?.status, 'REVOKED');
    });

    test('takes a report, and the journal as HAR', async () => {
      await wallet.settings.change({ consent: 'grant' });
      await wallet.settings.change({ consent: 'ask' });
      const { report, entries } = await wallet.report();
      assert.equal(report, 1);
      assert.equal((entries as unknown[]).length, 2);
      const { log } = await wallet.journal.har({ operation: 'changeSettings', limit: 1 });
      assert.equal((log as { entries: unknown[] }).entries.length, 1);
    });

    test('reads the OpenAPI document of the wallet', async () => {
      const { openapi, servers } = await wallet.openApi();
      assert.equal(openapi, '3.1.0');
      assert.deepEqual(servers, [{ url: wallet.url }]);
    });

    test('sets, freezes, advances and runs the clock', async () => {
      const noon = '2031-05-05T12:00:00.000Z';
      assert.deepEqual(await wallet.clock.freeze(noon), { now: noon, frozen: true });
      assert.deepEqual(await wallet.clock.advance('PT90M'), { now: '2031-05-05T13:30:00.000Z', frozen: true });
      assert.deepEqual(await wallet.clock.advance(1800), { now: '2031-05-05T14:00:00.000Z', frozen: true });
      assert.deepEqual(await wallet.clock.set(new Date(noon)), { now: noon, frozen: true });
      assert.equal((await wallet.clock.run()).frozen, false);
      assert.equal((await wallet.clock.freeze()).frozen, true);
      assert.match((await wallet.clock.read()).now, /^2031-05-05T12:00:/);
    });

    test('adds scenarios, counts their hits, and removes them', async () => {
      const added = await wallet.scenarios.add({
        id: 'no-name',
        when: { scope: 'USER_NAME' },
        then: { denyScopes: ['USER_NAME'] },
      });
      assert.deepEqual([added.id, added.calls, added.hits], ['no-name', 0, 0]);
      await wallet.scenarios.add({ library: 'user-refuses', times: 1 });
      assert.deepEqual(
        (await wallet.scenarios.list()).map(({ id }) => id),
        ['no-name', 'user-refuses'],
      );
      assert.deepEqual((await wallet.scenarios.read('no-name')).when, { scope: 'USER_NAME' });
      assert.equal((await wallet.scenarios.change('no-name', { title: 'No name', enabled: false })).enabled, false);
      await wallet.scenarios.remove('no-name');
      await wallet.scenarios.clear();
      assert.deepEqual(await wallet.scenarios.list(), []);
      assert.ok((await wallet.scenarios.library()).some((scenario) => scenario.name === 'user-refuses'));
    });

    test('reads the journal, waits for an entry, and names the nearest entries after a time-out', async () => {
      await wallet.settings.change({ consent: 'deny' });
      await wallet.authCodes.issue(tomas);
      const [newest] = await wallet.journal.list({ kind: 'control', limit: 1 });
      assert.ok(newest);
      assert.deepEqual(await wallet.journal.get(newest.id), newest);
      assert.equal((await wallet.journal.wait({ kind: 'control', count: 2 })).length, 2);
      assert.equal((await wallet.journal.wait({ match: { kind: 'control' }, timeout: 'PT1S' })).length, 1);
      await assert.rejects(
        wallet.journal.wait({ kind: 'control', operation: 'applyToken', timeout: 0 }),
        (error: WalletError) => {
          assert.equal(error.status, 408);
          assert.match(error.message, /^timed out after 0 s: 0 of 1 entries matching .*\n {2}\d+ control .* → .*: /s);
          return true;
        },
      );
      await wallet.journal.clear();
      assert.deepEqual(await wallet.journal.list(), []);
    });

    test('reads and changes settings, clients, mini programs, users, consents', async () => {
      assert.equal((await wallet.settings.change({ user: users.owen })).user, users.owen);
      assert.equal((await wallet.settings.read()).user, users.owen);
      const bakery = { clientId: 'bakery', name: 'Panadería Sol', scopes: ['USER_ID'], lifetimes: { authCode: 60 } };
      assert.deepEqual(await wallet.clients.add(bakery), bakery);
      assert.deepEqual(await wallet.clients.change('bakery', { lifetimes: null, name: 'Sol' }), {
        clientId: 'bakery',
        name: 'Sol',
        scopes: ['USER_ID'],
      });
      await wallet.apps.add({ appId: 'sol', name: 'Sol', clientId: 'bakery' });
      assert.equal((await wallet.apps.list()).at(-1)?.appId, 'sol');
      await wallet.users.change(users.tomas, { behaviour: { denyScopes: ['USER_NAME'] } });
      assert.deepEqual((await wallet.users.read(users.tomas)).behaviour?.denyScopes, ['USER_NAME']);
      const { consentId } = await wallet.consents.add({ userId: users.lucia, appId: 'sol', scopes: ['USER_NAME'] });
      assert.equal(consentId, `${users.lucia}.sol`);
      assert.deepEqual(Object.keys((await wallet.consents.change(consentId, { scopes: ['USER_GENDER'] })).scopes), [
        'USER_GENDER',
      ]);
      await wallet.consents.remove(consentId);
      await wallet.clients.remove('bakery');
      assert.deepEqual(
        (await wallet.apps.list()).filter(({ appId }) => appId === 'sol'),
        [],
      );
    });

    test('reads keys and findings, restores snapshots, and explains signatures', async () => {
      assert.equal(createPublicKey(await wallet.keys.platform()).asymmetricKeyType, 'rsa');
      assert.deepEqual(await wallet.findings(), []);
      const { accessToken } = await wallet.tokens.issue(tomas);
      const snapshot = await wallet.snapshot.take();
      await wallet.reset();
      assert.deepEqual(await wallet.tokens.list(), []);
      await wallet.snapshot.restore(JSON.parse(JSON.stringify(snapshot)));
      assert.equal((await wallet.tokens.list())[0]?.accessToken, accessToken);
      const { verified, mistakes } = await wallet.explainSignature({
        path: '/v2/x',
        headers: { 'Client-Id': clientId },
        body: '{}',
      });
      assert.deepEqual([verified, mistakes.map(({ code }) => code)], [false, ['unsigned-request']]);
    });
  });
}

test('tenants are isolated, and one leads to another', async () => {
  const [one, other] = [emulator.tenant('one'), emulator.tenant('one').tenant('other')];
  assert.equal(other.url, `${emulator.url}/t/other`);
  assert.equal(other.tenant('default').url, emulator.url);
  await one.settings.change({ user: users.owen });
  assert.equal((await other.settings.read()).user, users.lucia);
  assert.equal((await connect(`${emulator.url}/t/superqi`).settings.read()).wallet, 'superqi');
  for (const name of ['', '..', 'a/b', 'x'.repeat(65), undefined, null, 7])
    assert.throws(() => emulator.tenant(name as string), /^Error: tenant: expected a name/);
  for (const url of ['http://127.0.0.1:4010/t', 'http://127.0.0.1:4010/t/'])
    assert.throws(() => connect(url), {
      message: `expected the name of a tenant after /t/, such as http://127.0.0.1:4010/t/my-test, got ${url}`,
    });
  for (const options of [null, 4010, []])
    await assert.rejects(startEmulator(options as never), { code: 'OPTION_INVALID', message: /^options: expected an object/ });
});

/** Checks the error of a call that the API refused. */
const refused = (status: number, error: string, message: RegExp) => (thrown: unknown) => {
  assert.ok(thrown instanceof WalletError && thrown instanceof Error);
  assert.deepEqual([thrown.name, thrown.status, thrown.error], ['WalletError', status, error]);
  assert.match(thrown.message, message);
  return true;
};

test('a refused call rejects with the API’s message, status and error', async () => {
  await assert.rejects(
    emulator.authCodes.issue({ ...tomas, clientId: 'nobody' }),
    refused(400, 'invalid', /^clientId: no client/),
  );
  await assert.rejects(emulator.users.read('nobody/at all'), refused(404, 'not-found', /^userId: no user nobody\/at all/));
  await assert.rejects(emulator.clients.add({ clientId, name: 'Twice' }), refused(409, 'exists', /^clientId: /));
  await assert.rejects(
    emulator.scenarios.add({ then: { result: 'NOPE' } }),
    refused(400, 'invalid', /^then.result: got NOPE; on every wallet: /),
  );
});

test('a bad address is refused by connect, and an address without an emulator by the first call', async () => {
  assert.throws(() => connect('localhost:4010'), /expected the address of an emulator, .* got localhost:4010/);
  const stranger = createServer((_, response) => response.writeHead(404, { 'content-type': 'application/json' }).end('null'));
  after(() => stranger.close());
  await once(stranger.listen(0, '127.0.0.1'), 'listening');
  const url = `http://127.0.0.1:${(stranger.address() as AddressInfo).port}`;
  await assert.rejects(connect(url).clock.read(), {
    message: /^http.* answers, but it is not a billetera: GET \/_emulator\/clock got HTTP 404 /,
  });
  stranger.close();
  stranger.closeAllConnections();
  await assert.rejects(connect(url).clock.read(), /no emulator is running at http.*: .*(ECONNREFUSED|closed)/);
});

test('a path that has no control API refuses every call', async () => {
  for (const stray of ['/foo', '/t/a%20b', '/t/a/t/b']) {
    const nowhere = connect(emulator.url + stray);
    for (const call of [() => nowhere.reset(), () => nowhere.settings.read(), () => nowhere.scenarios.list()])
      await assert.rejects(call, refused(404, 'not-found', /the control API is at \/_emulator and \/t\/<tenant>\/_emulator/));
  }
});

test('the profile of the current wallet is whole', async () => {
  const { name, extends: parent, operations } = await emulator.tenant('tng').profile();
  assert.deepEqual([name, parent], ['tng', undefined]);
  assert.ok(Object.hasOwn(operations as object, 'applyToken'));
});

test('close stops the emulator that was started, and no other', async () => {
  const own = await startEmulator({ port: 0, tls: true, tlsPort: 0, wallet: 'superqi' });
  assert.match(own.tlsUrl ?? '', /^https:\/\/127\.0\.0\.1:\d+$/);
  await connect(own.url).close();
  await own.tenant('one').close();
  assert.equal((await own.settings.read()).wallet, 'superqi');
  await Promise.all([own.close(), own.close()]);
  await assert.rejects(own.settings.read(), /no emulator is running at http/);
});

test('startEmulator rejects a bad option and a busy port with a code', async () => {
  await assert.rejects(startEmulator({ port: -1 }), { code: 'OPTION_INVALID', message: /^port -1: expected/ });
  await assert.rejects(startEmulator({ port: 0, wallet: 'nope' }), /nope/);
  const { port } = new URL(emulator.url);
  await assert.rejects(startEmulator({ port: Number(port) }), { code: 'PORT_IN_USE' });
});
