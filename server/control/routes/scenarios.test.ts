// biome-ignore-all lint/suspicious/noThenProperty: the users' own word for it, in data that nobody awaits
import assert from 'node:assert/strict';
import test from 'node:test';
import { emulatorForFile, newWorld, openTestEmulator, scratchFolder } from '../../testing/emulator.js';
import { Tester } from '../../testing/tester.js';

const emulator = await emulatorForFile();
const applyToken = '/v2/authorizations/applyToken';

test('scenarios are added, listed with calls and hits, read and removed', async () => {
  const world = newWorld(emulator);
  const tester = new Tester(emulator, world.tenant.name);
  assert.deepEqual((await tester.get('/scenarios')).body, { scenarios: [] });
  const record = {
    id: 'used-code-once',
    when: { operation: 'applyToken', header: { 'x-test': 'a' } },
    then: { result: 'USED_AUTHCODE', delay: 'PT0S' },
    times: 1,
    after: 0,
  };
  const added = await tester.post('/scenarios', record);
  assert.deepEqual([added.status, added.body], [201, { ...record, calls: 0, hits: 0, asked: 0 }]);
  const named = await tester.post('/scenarios', { then: { fault: 'reset' }, when: { operation: 'revoke' } });
  assert.equal(named.body.id, 'scenario-1');

  for (let call = 0; call < 3; call++) await world.aurora.call(applyToken, {}, { headers: { 'X-Test': 'a' } });
  await world.aurora.call(applyToken, {}, { headers: { 'X-Test': 'b' } });
  const { scenarios } = (await tester.get('/scenarios')).body;
  assert.deepEqual(
    scenarios.map(({ id, calls, hits }: Record<string, unknown>) => [id, calls, hits]),
    [
      ['used-code-once', 3, 1],
      ['scenario-1', 0, 0],
    ],
  );
  assert.deepEqual((await tester.get('/scenarios/used-code-once')).body, { ...record, calls: 3, hits: 1, asked: 0 });

  await tester.refused(409, /^id: the scenario used-code-once already exists/, 'POST', '/scenarios', record, '/scenarios');
  assert.equal((await tester.delete('/scenarios/used-code-once')).status, 204);
  await tester.refused(404, /^id: no scenario used-code-once/, 'DELETE', '/scenarios/used-code-once');
  await tester.refused(404, /^id: no scenario/, 'GET', '/scenarios/used-code-once');
  assert.equal((await tester.post('/scenarios', record)).status, 201);
  assert.equal((await tester.delete('/scenarios')).status, 204);
  assert.deepEqual((await tester.get('/scenarios')).body, { scenarios: [] });
  const reasons = (await tester.get('/journal?kind=control')).body.entries.map(({ reason }: { reason: string }) => reason);
  assert.deepEqual(reasons.slice(0, 2), ['all scenarios were removed: 2', 'the scenario used-code-once was added']);
});

test('a scenario is switched off and on, and changed in its place; its counts start again', async () => {
  const world = newWorld(emulator);
  const tester = new Tester(emulator, world.tenant.name);
  const exchange = async () => (await world.aurora.call(applyToken, {})).code;
  await tester.post('/scenarios', { id: 'first', title: 'The first', then: { result: 'PROCESS_FAIL' }, times: 1 });
  await tester.post('/scenarios', { id: 'second', then: { result: 'UNKNOWN_EXCEPTION' } });
  assert.deepEqual([await exchange(), await exchange()], ['PROCESS_FAIL', 'UNKNOWN_EXCEPTION']);
  assert.deepEqual((await tester.patch('/scenarios/first', { enabled: false, times: null })).body, {
    id: 'first',
    title: 'The first',
    then: { result: 'PROCESS_FAIL' },
    enabled: false,
    calls: 0,
    hits: 0,
    asked: 0,
  });
  assert.equal(await exchange(), 'UNKNOWN_EXCEPTION');
  const byName = await world.aurora.call(applyToken, {}, { headers: { 'X-Emulator-Scenario': 'first' } });
  assert.equal(byName.code, 'PROCESS_FAIL', 'a call that asks for it by name gets it');
  await tester.patch('/scenarios/first', { enabled: true, then: { message: 'changed' } });
  assert.deepEqual([await exchange(), await exchange()], ['PROCESS_FAIL', 'PROCESS_FAIL']);
  assert.equal((await tester.get('/scenarios')).body.scenarios[0].then.message, 'changed');
  const [entry] = (await tester.get('/journal?kind=control&limit=1')).body.entries;
  assert.equal(entry.reason, 'the scenario first was changed: enabled, then');

  for (const [patch, message] of [
    [{ id: 'other' }, /^id: an id cannot change; leave it out, or send first/],
    [{ nope: null }, /^unknown field "nope"; allowed: title, enabled, when, then, times, after/],
    [{ then: null }, /^then: missing/],
    [{ then: { result: 'NO_SUCH' } }, /^then\.result: got NO_SUCH; /],
    [{ enabled: 'no' }, /^enabled: expected true or false/],
    [[], /^the body: expected an object/],
  ] as const)
    await tester.refused(400, message, 'PATCH', '/scenarios/first', patch, '/scenarios');
  await tester.refused(404, /^id: no scenario none/, 'PATCH', '/scenarios/none', {});
});

test('an error names the field and the allowed values, and changes nothing', async () => {
  const tester = new Tester(emulator);
  await tester.post('/scenarios', { id: 'there', then: { delay: 0 } });
  const then = { result: 'PROCESS_FAIL' };
  const wrong: [unknown, RegExp][] = [
    [{}, /^then: missing; say what happens to the call, or name a scenario of the library/],
    [{ then: {} }, /^then: expected/],
    [{ then: [] }, /^then: expected/],
    [{ then: { results: 'x' } }, /^then: unknown field "results"; allowed: result, /],
    [
      { then: { result: 'AUTHCODE_USED' } },
      /^then\.result: got AUTHCODE_USED; on every wallet: auth-code-used, …; also on this one: USED_AUTHCODE, …$/,
    ],
    [{ then: [then, { result: 'NO_SUCH' }] }, /^then\.1\.result: got NO_SUCH; /],
    [
      { when: { operation: 'login' }, then },
      /^when\.operation: expected \*, or one of applyToken, inquiryUserInfo, .*prepare.*getAuthCode/,
    ],
    [{ when: { operations: 'applyToken' }, then }, /^when: unknown field "operations"; allowed: operation, /],
    [{ when: { body: { appId: 1 } }, then }, /^when\.body\.appId: expected a JSON pointer \(RFC 6901\), such as \/appId/],
    [{ then: { status: 99 } }, /^then\.status: expected/],
    [{ then: { status: 500, result: 'PROCESS_FAIL' } }, /^then\.status: expected result or status, not both/],
    [{ then: { body: 'x' } }, /^then\.status: missing; a body needs the HTTP status/],
    [{ then: { message: 'x' } }, /^then\.message: expected only with result or error/],
    [{ then: { delay: 'soon' } }, /^then\.delay: expected/],
    [{ then: { delay: 'P1Y' } }, /^then\.delay: expected an ISO 8601 duration/],
    [{ then: { delay: { min: 'PT1S', max: 'PX' } } }, /^then\.delay\.max: expected an ISO 8601 duration/],
    [{ then: { delay: { min: 1 } } }, /^then\.delay\.max: missing; expected/],
    [{ then: { lifetimes: { accessToken: 'P1M' } } }, /^then\.lifetimes\.accessToken: expected an ISO 8601 duration/],
    [{ then: { fault: 'crash' } }, /^then\.fault: expected one of reset, hang, truncate, garbage, bad-signature/],
    [{ then: { consent: 'maybe' } }, /^then\.consent: expected one of grant, deny, cancel/],
    [{ then, times: 0 }, /^times: expected/],
    [{ then, after: -1 }, /^after: expected/],
    [{ id: 'a b', then }, /^id: expected .*without spaces/],
    [{ id: 'library', then }, /^id: "library" is reserved/],
    [{ library: 'no-such' }, /^library: no scenario "no-such" in the library; it has: user-refuses, /],
    [
      { when: { operation: 'applyToken' }, then: { consent: 'deny' } },
      /^then\.consent: has no effect on applyToken, which is called by a merchant's server/,
    ],
    [
      { when: { operation: 'getAuthCode' }, then: { delay: 0, result: 'PROCESS_FAIL' } },
      /^then\.result: has no effect on getAuthCode, which is called by a mini program/,
    ],
    [
      { when: { operation: 'applyToken' }, then: { result: 'PROCESS_FAIL', error: 4 } },
      /^then\.error: has no effect on applyToken, which is called by a merchant's server/,
    ],
    [{ when: { operation: 'getAuthCode' }, then: { fault: 'no-signature' } }, /^then\.fault: has no effect on/],
    [
      { then: { consent: 'deny', result: 'PROCESS_FAIL' } },
      /^then\.consent: no call of \* is affected by consent and result together/,
    ],
  ];
  for (const [body, names] of wrong) await tester.refused(400, names, 'POST', '/scenarios', body, '/scenarios');
});

test('the library is listed, and a scenario is added by its name with changes', async () => {
  const tester = new Tester(emulator);
  const { scenarios } = (await tester.get('/scenarios/library')).body;
  assert.ok(scenarios.length >= 14);
  for (const { name, title, does, expect } of scenarios) assert.ok(name && title && does && expect);
  const added = await tester.post('/scenarios', { library: 'code-expired', times: 2 });
  assert.deepEqual(added.body, {
    id: 'code-expired',
    when: { grantType: 'AUTHORIZATION_CODE' },
    then: { result: 'auth-code-expired' },
    times: 2,
    calls: 0,
    hits: 0,
    asked: 0,
  });
  await tester.refused(409, /^id: the scenario code-expired already exists/, 'POST', '/scenarios', { library: 'code-expired' });
  const other = await tester.post('/scenarios', { library: 'code-expired', id: 'mine', when: { userId: '1' } });
  assert.deepEqual([other.status, other.body.when], [201, { userId: '1' }]);
});

test('with a data folder, scenarios survive a restart in their order', async () => {
  const data = scratchFolder();
  const first = await openTestEmulator({ data });
  const tester = new Tester(first);
  const ids = Array.from({ length: 30 }, (_, index) => `s${(index * 7) % 30}`);
  for (const id of ids) await tester.post('/scenarios', { id, then: { result: 'PROCESS_FAIL' }, times: 3 });
  await tester.delete('/scenarios/s7');
  const before = (await tester.get('/scenarios')).body;
  await first.close();

  const second = await openTestEmulator({ data });
  const same = new Tester(second, tester.tenant);
  assert.deepEqual((await same.get('/scenarios')).body, before);
  await same.post('/scenarios', { id: 'last', then: { delay: 0 } });
  await same.delete('/scenarios/s0');
  const after = (await same.get('/scenarios')).body;
  await second.close();

  const third = await openTestEmulator({ data });
  assert.deepEqual((await new Tester(third, tester.tenant).get('/scenarios')).body, after);
  assert.equal(after.scenarios.at(-1).id, 'last');
  await third.close();
});

test('a reset removes all scenarios', async () => {
  const tester = new Tester(emulator);
  await tester.post('/scenarios', { then: { result: 'PROCESS_FAIL' } });
  await tester.post('/reset');
  assert.deepEqual((await tester.get('/scenarios')).body, { scenarios: [] });
});
