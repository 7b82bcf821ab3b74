import assert from 'node:assert/strict';
import test from 'node:test';
import { aurora, emulatorForFile, faro, users } from '../../testing/emulator.js';
import { Tester } from '../../testing/tester.js';

const emulator = await emulatorForFile();
const applyToken = '/v2/authorizations/applyToken';

test('entries are listed newest first, filtered, and read one by one', async () => {
  const tester = new Tester(emulator);
  const { world } = tester;
  await tester.put('/clock', { now: '2030-01-01T00:00:00Z', frozen: true });
  const authCode = await world.code({ user: users.tomas });
  await world.aurora.call(applyToken, { grantType: 'AUTHORIZATION_CODE', authCode });
  await tester.post('/clock/advance', { by: 'PT1H' });
  await world.aurora.call(applyToken, { grantType: 'AUTHORIZATION_CODE', authCode });
  await world.faro.call('/v2/users/inquiryUserInfo', { accessToken: 'nope' });

  const results = async (query: string) =>
    (await tester.get(`/journal${query}`)).body.entries.map(
      ({ operation, resultCode }: { operation: string; resultCode?: string }) => resultCode ?? operation,
    );
  assert.deepEqual(await results(''), ['INVALID_ACCESS_TOKEN', 'USED_AUTHCODE', 'advanceClock', 'SUCCESS', 'changeClock']);
  assert.deepEqual(await results('?operation=applyToken'), ['USED_AUTHCODE', 'SUCCESS']);
  assert.deepEqual(await results('?resultCode=SUCCESS'), ['SUCCESS']);
  assert.deepEqual(await results(`?clientId=${faro.clientId}`), ['INVALID_ACCESS_TOKEN']);
  assert.deepEqual(await results(`?appId=${aurora.appId}`), ['SUCCESS']);
  assert.deepEqual(await results(`?userId=${users.tomas}`), ['SUCCESS']);
  assert.deepEqual(await results('?kind=control'), ['advanceClock', 'changeClock']);
  assert.deepEqual(await results('?kind=openapi&limit=1&operation='), ['INVALID_ACCESS_TOKEN']);
  assert.deepEqual(await results('?since=2030-01-01T01:00:00Z&status=200'), [
    'INVALID_ACCESS_TOKEN',
    'USED_AUTHCODE',
    'advanceClock',
  ]);
  assert.deepEqual(await results('?since=2030-01-01T09:00:00+08:00'), ['INVALID_ACCESS_TOKEN', 'USED_AUTHCODE', 'advanceClock']);
  const [entry] = (await tester.get('/journal?resultCode=USED_AUTHCODE')).body.entries;
  assert.deepEqual((await tester.get(`/journal/${entry.id}`)).body, entry);
  assert.equal(entry.at, '2030-01-01T01:00:00.000Z');
  assert.ok(!JSON.stringify(entry).includes(authCode));
  for (const id of ['0', '99', 'x', '-1', '1e0', 'wait', '__proto__'])
    await tester.refused(404, /^id: there is no entry/, 'GET', `/journal/${id}`);
});

test('a wrong filter is refused by name', async () => {
  const tester = new Tester(emulator);
  for (const limit of ['0', '2001', '-5', '5.5', 'all', '0x5'])
    await tester.refused(400, /^limit: /, 'GET', `/journal?limit=${limit}`);
  for (const since of ['yesterday', '2030', '2030-02-30T00:00:00Z', '1900000000000'])
    await tester.refused(400, /^since: /, 'GET', `/journal?since=${since}`);
  await tester.refused(400, /^kind: expected one of openapi, jsapi, control, notification/, 'GET', '/journal?kind=other');
  await tester.refused(400, /^status: /, 'GET', '/journal?status=ok');
  await tester.refused(400, /^operation: given 2 times; give it once/, 'GET', '/journal?operation=a&operation=b');
  await tester.refused(400, /^unknown field "client"/, 'GET', '/journal?client=a');
});

test('clearing the journal empties it, and is not in it', async () => {
  const tester = new Tester(emulator);
  await tester.post('/clock/advance', { by: 1 });
  const [entry] = (await tester.get('/journal')).body.entries;
  assert.equal((await tester.delete('/journal')).status, 204);
  assert.deepEqual((await tester.get('/journal')).body, { entries: [] });
  assert.equal((await tester.get(`/journal/${entry.id}`)).status, 404);
});

test('a wait ends when enough entries match', async () => {
  const tester = new Tester(emulator);
  const { world } = tester;
  const waiting = tester.post('/journal/wait', {
    match: { operation: 'applyToken', resultCode: 'SUCCESS' },
    count: 2,
    timeout: 'PT1M',
  });
  await world.tokens();
  await world.tokens();
  const { status, body } = await waiting;
  assert.equal(status, 200);
  assert.deepEqual(
    body.entries.map(({ resultCode }: { resultCode: string }) => resultCode),
    ['SUCCESS', 'SUCCESS'],
  );
  assert.equal((await tester.post('/journal/wait', { match: { clientId: aurora.clientId } })).body.entries.length, 1);
});

test('a wait that times out gets the nearest entries', async () => {
  const tester = new Tester(emulator);
  const { world } = tester;
  const nothing = await tester.post('/journal/wait', { match: { operation: 'applyToken' }, timeout: 0 });
  assert.deepEqual([nothing.status, nothing.body.error, nothing.body.nearest], [408, 'not-in-time', []]);
  assert.equal(
    nothing.body.message,
    'timed out after 0 s: 0 of 1 entries matching {"operation":"applyToken"}; the journal is empty',
  );
  await world.tokens();
  const { status, body } = await tester.post('/journal/wait', {
    match: { operation: 'applyToken', resultCode: 'USED_AUTHCODE' },
    timeout: 0.01,
  });
  assert.equal(status, 408);
  assert.match(
    body.message,
    /^timed out after 0\.01 s: 0 of 1 entries matching \{.*USED_AUTHCODE.*\}; the nearest entries are below$/,
  );
  assert.deepEqual(
    body.nearest.map(({ resultCode }: { resultCode: string }) => resultCode),
    ['SUCCESS'],
  );
});

test('a wait continues after resets', async () => {
  const tester = new Tester(emulator);
  const { world } = tester;
  const waiting = tester.post('/journal/wait', { match: { operation: 'advanceClock' }, timeout: 'PT1M' });
  await world.tokens();
  await tester.post('/reset');
  await tester.post('/reset');
  await tester.post('/clock/advance', { by: 1 });
  const { status, body } = await waiting;
  assert.deepEqual([status, body.entries?.length], [200, 1]);
});

test('a wrong wait is refused at once', async () => {
  const tester = new Tester(emulator);
  const wrong: [unknown, RegExp][] = [
    [{}, /^match: .*missing/],
    [{ match: 'applyToken' }, /^match: expected an object/],
    [{ match: { op: 'x' } }, /^match: unknown field "op"/],
    [{ match: { status: '200' } }, /^match\.status: expected a whole number/],
    [{ match: { since: '2030-02-30T00:00:00Z' } }, /^since: /],
    [{ match: {}, count: 0 }, /^count: /],
    [{ match: {}, count: '1' }, /^count: /],
    [{ match: {}, count: 2001 }, /^count: /],
    [{ match: {}, timeout: 'soon' }, /^timeout: /],
    [{ match: {}, timeout: 'P1D' }, /^timeout: .*PT1H at most/],
    [{ match: {}, timeout: -1 }, /^timeout: /],
    [{ match: {}, until: 1 }, /^unknown field "until"/],
  ];
  for (const [body, names] of wrong) await tester.refused(400, names, 'POST', '/journal/wait', body);
});

test('findings are listed by code, each with its text', async () => {
  const tester = new Tester(emulator);
  const { world } = tester;
  assert.deepEqual((await tester.get('/findings')).body, { findings: [] });
  await tester.put('/clock', { now: '2030-01-01T00:00:00Z', frozen: true });
  const authCode = await world.code();
  const time = '2030-01-01T00:00:00Z';
  await world.aurora.call(applyToken, { grantType: 'AUTHORIZATION_CODE', authCode }, { time, unsigned: true });
  await tester.post('/clock/advance', { by: 60 });
  for (let again = 0; again < 2; again++)
    await world.aurora.call(applyToken, { grantType: 'AUTHORIZATION_CODE', authCode }, { time });
  await world.aurora.call(
    applyToken,
    { grantType: 'AUTHORIZATION_CODE', authCode: 'x' },
    { time, content: ({ path, clientId, body }) => `POST ${path}\n${clientId}.other.${body}` },
  );
  const { findings } = (await tester.get('/findings')).body;
  const calls = (await tester.get('/journal')).body.entries.map(({ id }: { id: string }) => id).reverse();
  assert.deepEqual(
    findings.map(({ code, count, firstSeen, lastSeen, entries }: Record<string, unknown>) => ({
      code,
      count,
      firstSeen,
      lastSeen,
      entries,
    })),
    [
      {
        code: 'content-unknown',
        count: 1,
        firstSeen: '2030-01-01T00:01:00.000Z',
        lastSeen: '2030-01-01T00:01:00.000Z',
        entries: [calls[5]],
      },
      {
        code: 'auth-code-reused',
        count: 2,
        firstSeen: '2030-01-01T00:01:00.000Z',
        lastSeen: '2030-01-01T00:01:00.000Z',
        entries: [calls[4], calls[3]],
      },
      {
        code: 'unsigned-request',
        count: 1,
        firstSeen: '2030-01-01T00:00:00.000Z',
        lastSeen: '2030-01-01T00:00:00.000Z',
        entries: [calls[1]],
      },
    ],
  );
  for (const finding of findings)
    for (const field of ['message', 'title', 'explanation', 'whatToDo', 'rule']) assert.ok(finding[field].length > 10, field);
});

test('a list can have the calls of all tenants or of another one, and goes on before an entry', async () => {
  const [one, other] = [new Tester(emulator), new Tester(emulator)];
  await one.world.aurora.call(applyToken, { grantType: 'AUTHORIZATION_CODE', authCode: 'nope' });
  await other.world.aurora.call(applyToken, { grantType: 'AUTHORIZATION_CODE', authCode: 'nope' });
  await one.world.aurora.call('/v2/users/inquiryUserInfo', { accessToken: 'nope' });
  const listed = async (query: string) =>
    (await one.get(`/journal?${query}`)).body.entries.map(
      ({ id, tenant, operation }: { id: string; tenant?: string; operation: string }) => ({ id, tenant, operation }),
    );
  const all = await listed('tenant=*');
  assert.deepEqual(
    all.slice(0, 3).map(({ tenant }: { tenant: string }) => tenant),
    [one, other, one].map(({ tenant }) => tenant),
  );
  assert.deepEqual(await listed(`tenant=*&before=${all[0].id}&limit=2`), all.slice(1, 3));
  assert.deepEqual(await listed(`tenant=${other.tenant}`), [all[1]]);
  assert.deepEqual(await listed('tenant=never-used'), []);
  assert.equal(emulator.tenants.find('never-used'), undefined);
  assert.deepEqual(
    (await listed('')).map(({ tenant }: { tenant?: string }) => tenant),
    [undefined, undefined],
  );
  assert.equal((await one.get('/journal?finding=unknown')).status, 400);
});
