// biome-ignore-all lint/suspicious/noThenProperty: the users' own word for it, in data that nobody awaits
import assert from 'node:assert/strict';
import test, { after } from 'node:test';
import {
  aurora,
  emulatorForFile,
  faro,
  newWorld,
  openTestEmulator,
  scratchFolder,
  users,
  World,
} from '../../testing/emulator.js';
import { Tester } from '../../testing/tester.js';

const emulator = await emulatorForFile();
const reads = ['/settings', '/clients', '/apps', '/users', '/consents', '/tokens', '/scenarios'];

/** Sorts the tokens, because tokens issued in the same millisecond have no fixed order. */
function inOrder(read: unknown[]): unknown[] {
  const { tokens } = read[reads.indexOf('/tokens')] as { tokens: { accessToken: string }[] };
  tokens.sort((one, other) => one.accessToken.localeCompare(other.accessToken));
  return read;
}

/** A tenant with every kind of state. */
async function lived() {
  const world = newWorld(emulator);
  const tester = new Tester(emulator, world.tenant.name);
  await tester.put('/clock', { now: '2031-05-01T10:00:00Z', frozen: true });
  await tester.put('/settings', { consent: 'grant', user: users.owen, lifetimes: { authCode: 'PT1H' } });
  await tester.post('/users', { userId: 'u', name: 'U', extra: { cards: [1] } });
  await tester.delete(`/users/${users.harriet}`);
  await tester.patch(`/clients/${faro.clientId}`, { agentTokens: ['agent-token-number-one'], lifetimes: { accessToken: 77 } });
  await tester.patch(`/apps/${aurora.appId}`, { name: 'Renamed' });
  await tester.post('/consents', { userId: 'u', appId: aurora.appId, scopes: ['USER_NAME'] });
  await tester.post('/scenarios', {
    id: 'second',
    when: { operation: 'revoke' },
    then: [{ result: 'PROCESS_FAIL' }, { delay: 0 }],
  });
  await tester.post('/scenarios', { id: 'first', then: { result: 'PROCESS_FAIL' }, times: 1 });
  await world.aurora.call('/v2/authorizations/applyToken', {});
  const live = await world.tokens({ scopes: ['USER_NAME'] });
  const revoked = await world.tokens();
  await world.revoke(revoked.accessToken);
  await world.revoke(revoked.accessToken);
  const used = await world.code();
  await world.aurora.call('/v2/authorizations/applyToken', { grantType: 'AUTHORIZATION_CODE', authCode: used });
  return { world, tester, live, revoked, used, fresh: await world.code({ lifetimes: { accessToken: 5000 } }) };
}

async function everything(tester: Tester): Promise<unknown[]> {
  return Promise.all(reads.map(async (path) => (await tester.get(path)).body));
}

test('a snapshot restores the same state in another tenant and another emulator, with working tokens', async () => {
  const { tester, live, revoked, used, fresh } = await lived();
  const before = await everything(tester);
  const { body: snapshot } = await tester.get('/snapshot');
  assert.equal(snapshot.version, 2);
  const elsewhere = await openTestEmulator();
  after(() => elsewhere.close());
  for (const [place, name] of [
    [emulator, 'copy'],
    [elsewhere, 'default'],
    [elsewhere, 'superqi'],
  ] as const) {
    const other = new Tester(place, name);
    await other.post('/users', { userId: 'gone', name: 'Gone' });
    assert.equal((await other.put('/snapshot', snapshot)).status, 204);
    assert.deepEqual(await everything(other), before);
    assert.deepEqual((await other.get('/snapshot')).body, snapshot);
    assert.deepEqual((await other.get('/clock')).body, { now: '2031-05-01T10:00:00.000Z', frozen: true });
    const world = new World(place.url, place.tenants.get(name));
    assert.equal((await world.userInfo(live.accessToken)).code, 'SUCCESS');
    assert.equal((await world.refresh(live.refreshToken)).code, 'SUCCESS');
    assert.equal((await world.refresh(live.refreshToken)).code, 'USED_REFRESH_TOKEN');
    assert.equal((await world.userInfo(revoked.accessToken)).code, 'INVALID_ACCESS_TOKEN');
    const exchange = (authCode: string) =>
      world.aurora.call('/v2/authorizations/applyToken', { grantType: 'AUTHORIZATION_CODE', authCode });
    assert.equal((await exchange(used)).code, 'USED_AUTHCODE');
    const exchanged = (await exchange(fresh)).body;
    assert.equal((await world.userInfo(exchanged.accessToken)).code, 'SUCCESS');
    await other.post('/clock/advance', { by: 5 });
    assert.equal((await world.userInfo(exchanged.accessToken)).code, 'EXPIRED_ACCESS_TOKEN');
    assert.equal(
      (await world.aurora.call('/v2/authorizations/applyToken', {})).code,
      'PARAM_ILLEGAL',
      'the scenario already acted once',
    );
  }
  assert.deepEqual(await everything(tester), before, 'the original tenant has not changed');
});

test('a restored token still belongs to the tenant that issued it if a call names no tenant', async () => {
  const { world, tester, live } = await lived();
  await new Tester(emulator, 'borrower').put('/snapshot', (await tester.get('/snapshot')).body);
  const anyone = new World(emulator.url, world.tenant, {});
  const call = async () => (await anyone.userInfo(live.accessToken)).code;
  assert.equal(await call(), 'SUCCESS');
  const before = world.tenant.journal.list({ kind: 'openapi' }).length;
  await new Tester(emulator, 'borrower').post('/reset');
  assert.equal(await call(), 'SUCCESS');
  assert.equal(world.tenant.journal.list({ kind: 'openapi' }).length, before + 1);
});

test('a running clock continues from the time of the snapshot', async () => {
  const tester = new Tester(emulator);
  await tester.put('/clock', { now: '2040-01-01T00:00:00Z' });
  const { body: snapshot } = await tester.get('/snapshot');
  await tester.post('/clock/advance', { by: 'P1D' });
  await tester.put('/snapshot', snapshot);
  const { now, frozen } = (await tester.get('/clock')).body;
  assert.ok(Date.parse(now) - Date.parse('2040-01-01T00:00:00Z') < 60_000);
  assert.equal(frozen, false);
});

test('with a data folder, a restored snapshot survives a restart', async () => {
  const { tester, live } = await lived();
  const { body: snapshot } = await tester.get('/snapshot');
  const data = scratchFolder();
  const first = await openTestEmulator({ data });
  const kept = new Tester(first, 'kept');
  await kept.post('/tokens', { ...aurora, userId: users.tomas, scopes: ['USER_ID'] });
  await kept.put('/snapshot', snapshot);
  const before = await everything(kept);
  await first.close();
  const second = await openTestEmulator({ data });
  const same = new Tester(second, 'kept');
  after(() => second.close());
  assert.deepEqual(inOrder(await everything(same)), inOrder(before));
  await same.delete('/scenarios');
  assert.equal((await new World(second.url, second.tenants.get('kept')).userInfo(live.accessToken)).code, 'SUCCESS');
});

test('an invalid snapshot is rejected with the field, and changes nothing', async () => {
  const { tester } = await lived();
  const { body: good } = await tester.get('/snapshot');
  const before = await everything(tester);
  // biome-ignore lint/suspicious/noExplicitAny: it is broken on purpose
  const wrong: [(snapshot: any) => void, RegExp][] = [
    [
      (snapshot) => {
        snapshot.version = 1;
      },
      /^version: expected 2/,
    ],
    [
      (snapshot) => {
        delete snapshot.settings;
      },
      /^settings: missing; expected/,
    ],
    [
      (snapshot) => {
        snapshot.settings.wallet = 'nowhere';
      },
      /^settings\.wallet: /,
    ],
    [
      (snapshot) => {
        snapshot.settings.user = 'nobody';
      },
      /^settings\.user: expected/,
    ],
    [
      (snapshot) => {
        snapshot.settings.lifetimes = { authCode: 'P1Y' };
      },
      /^settings\.lifetimes\.authCode: expected/,
    ],
    [
      (snapshot) => {
        snapshot.clock.now = '2031-99-01T10:00:00Z';
      },
      /^clock\.now: expected/,
    ],
    [
      (snapshot) => {
        snapshot.clients.changed[0].publicKey = 'x';
      },
      /^clients\.changed\.0\.publicKey: /,
    ],
    [
      (snapshot) => {
        snapshot.apps.changed[0].clientId = 'nobody';
      },
      /^apps\.changed\.0\.clientId: expected/,
    ],
    [
      (snapshot) => {
        snapshot.users.changed[0].birthday = 'May';
      },
      /^users\.changed\.0\.birthday: expected/,
    ],
    [
      (snapshot) => {
        snapshot.scenarios[1].id = 'second';
      },
      /^scenarios\.1\.id: expected a unique id/,
    ],
    [
      (snapshot) => {
        snapshot.scenarios[0].then[1].delay = 'P1Y';
      },
      /^scenarios\.0\.then\.1\.delay: expected/,
    ],
    [
      (snapshot) => {
        snapshot.accessTokens[0].grantId = 'none';
      },
      /^accessTokens\.0\.grantId: expected/,
    ],
    [
      (snapshot) => {
        snapshot.consents = [{ userId: '1', clientId: '2', scopes: { 'a\nb': 'x' } }];
      },
      /^consents\.0\.scopes\.a\\nb: expected/,
    ],
    [
      (snapshot) => {
        snapshot.grants[0].more = 1;
      },
      /^grants\.0: unknown field "more"/,
    ],
    [
      (snapshot) => {
        snapshot.authCodes[0].expiresAt = 'soon';
      },
      /^authCodes\.0\.expiresAt: expected/,
    ],
  ];
  for (const [breakIt, names] of wrong) {
    const broken = structuredClone(good);
    breakIt(broken);
    await tester.refused(400, names, 'PUT', '/snapshot', broken);
  }
  await tester.refused(400, /^the body: expected/, 'PUT', '/snapshot', []);
  assert.deepEqual(await everything(tester), before);
  assert.deepEqual((await tester.get('/snapshot')).body, good);
});

test('a snapshot may be larger than other bodies, and the journal does not contain it', async () => {
  const tester = new Tester(emulator);
  for (let count = 0; count < 3; count++)
    await tester.post('/users', { userId: `long-${count}`, name: 'L', extra: { text: 'x'.repeat(900_000) } });
  await tester.patch(`/clients/${faro.clientId}`, { agentTokens: ['agent-token-number-one'] });
  const { body: snapshot } = await tester.get('/snapshot');
  assert.equal((await tester.put('/snapshot', snapshot)).status, 204);
  const { text } = await tester.get('/journal');
  assert.match(text, /a snapshot was restored: 0 authorizations, 0 scenarios/);
  assert.doesNotMatch(text, /number-one|xxxx/);
});

test('requests during a restore see the old state or the new one, never a part', async () => {
  const { tester } = await lived();
  const { body: snapshot } = await tester.get('/snapshot');
  const other = new Tester(emulator);
  await Promise.all(
    Array.from({ length: 20 }, async (_, index) => {
      if (index % 4 === 0) assert.equal((await other.put('/snapshot', snapshot)).status, 204);
      else {
        const { scenarios } = (await other.get('/scenarios')).body;
        assert.ok(scenarios.length === 0 || scenarios.length === 2, String(scenarios.length));
      }
    }),
  );
});

test('a snapshot with tokens of a removed user can be restored', async () => {
  const { tester, world } = await lived();
  await world.tokens({ user: users.lucia });
  await tester.delete(`/users/${users.lucia}`);
  const { body: snapshot } = await tester.get('/snapshot');
  assert.equal((await tester.put('/snapshot', snapshot)).status, 204);
});

test('times outside the range of dates are rejected with the field', async () => {
  const { tester } = await lived();
  const { body: snapshot } = await tester.get('/snapshot');
  for (const at of [-1, 8.64e15 + 1, 1e18]) {
    for (const [list, field] of [
      ['accessTokens', 'expiresAt'],
      ['refreshTokens', 'usedAt'],
      ['authCodes', 'issuedAt'],
      ['grants', 'revokedAt'],
    ]) {
      const broken = structuredClone(snapshot);
      broken[list as string][0][field as string] = at;
      const { status, body } = await tester.put('/snapshot', broken);
      assert.equal(status, 400);
      assert.match(body.message, new RegExp(`^${list}\\.0\\.${field}: expected`));
    }
  }
});
