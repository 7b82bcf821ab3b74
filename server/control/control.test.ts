import assert from 'node:assert/strict';
import test from 'node:test';
import { version } from '../emulator/version.js';
import { aurora, emulatorForFile, users } from '../testing/emulator.js';
import { Tester } from '../testing/tester.js';

const emulator = await emulatorForFile();

test('health says version, wallet and time', async () => {
  const { status, body, headers } = await new Tester(emulator).get('/health');
  assert.equal(status, 200);
  assert.deepEqual({ ...body, now: typeof body.now }, { status: 'ok', version, wallet: 'platform-v2', now: 'string' });
  assert.equal(headers['cache-control'], 'no-store');
  assert.equal(headers['x-content-type-options'], 'nosniff');
});

test('a reset drops the tenant, and no other', async () => {
  const [tester, other] = [new Tester(emulator), new Tester(emulator)];
  for (const { put, post } of [tester, other]) {
    await put('/clock', { now: '2030-01-01T00:00:00Z', frozen: true });
    await put('/settings', { consent: 'grant' });
    await post('/tokens', { ...aurora, userId: users.tomas, scopes: ['USER_ID'] });
    await post('/consents', { userId: users.lucia, appId: aurora.appId, scopes: ['USER_NAME'] });
    await post('/users', { userId: 'u1', name: 'One' });
  }
  assert.equal((await tester.post('/reset')).status, 204);
  assert.deepEqual((await tester.get('/tokens')).body, { tokens: [] });
  assert.deepEqual((await tester.get('/consents')).body, { consents: [] });
  assert.deepEqual((await tester.get('/journal')).body, { entries: [] });
  assert.equal((await tester.get('/settings')).body.consent, 'ask');
  assert.equal((await tester.get('/clock')).body.frozen, false);
  assert.equal((await tester.get('/users/u1')).status, 404);
  assert.equal((await other.get('/tokens')).body.tokens.length, 1);
  assert.equal((await other.get('/clock')).body.now, '2030-01-01T00:00:00.000Z');
});

test('a reset takes an empty body of whatever type', async () => {
  const tester = new Tester(emulator);
  for (const type of ['application/json', 'application/x-www-form-urlencoded', 'text/plain']) {
    assert.equal((await tester.call('POST', '/reset', '', { 'content-type': type })).status, 204, type);
  }
});

test('settings: what is named changes, the rest stays', async () => {
  const tester = new Tester(emulator);
  const before = (await tester.get('/settings')).body;
  assert.equal(before.user, users.lucia);
  const changes = {
    user: users.tomas,
    consent: 'deny',
    firstScreen: 'off',
    remember: false,
    lifetimes: { accessToken: 'PT5S', authCode: 60 },
  };
  assert.deepEqual((await tester.put('/settings', changes)).body, { ...before, ...changes });
  assert.deepEqual((await tester.put('/settings', {})).body, { ...before, ...changes });
  assert.deepEqual((await tester.put('/settings', { lifetimes: {} })).body, { ...before, ...changes, lifetimes: {} });
});

test('settings: what is wrong is named, and changes nothing', async () => {
  const tester = new Tester(emulator);
  const wrong: [unknown, RegExp][] = [
    [{ consent: 'maybe' }, /^consent: expected one of ask, grant, deny/],
    [{ consent: 'grant', user: 'nobody' }, /^user: expected/],
    [{ consent: 'grant', wallet: 'nowhere' }, /^wallet: .*nowhere/],
    [{ consent: 'grant', wallet: '/dev/zero' }, /^wallet: /],
    [{ consent: 'grant', wallet: '/' }, /^wallet: /],
    [{ consent: 'grant', wallet: '\0.json' }, /^wallet: /],
    [{ consent: 'grant', lifetimes: { accessToken: 'P1Y' } }, /^lifetimes\.accessToken: expected an ISO 8601 duration/],
    [{ lifetimes: { accessToken: 'soon' } }, /^lifetimes\.accessToken: expected/],
    [{ lifetimes: { accessToken: -1 } }, /^lifetimes\.accessToken: expected/],
    [{ lifetimes: { other: 1 } }, /^lifetimes: unknown field "other"/],
    [{ remember: 'true' }, /^remember: expected true or false/],
    [{ nothing: 1 }, /^unknown field "nothing"; allowed: wallet, /],
    [{ user: null }, /^user: expected/],
  ];
  for (const [body, names] of wrong) await tester.refused(400, names, 'PUT', '/settings', body, '/settings');
});

test('a body that is no JSON object is refused', async () => {
  const tester = new Tester(emulator);
  for (const body of ['', 'null', '[]', '"x"', '5', 'true'])
    await tester.refused(400, /^the body: expected an object/, 'PUT', '/settings', body, '/settings');
  for (const body of ['{', '{"consent":"grant",}', 'consent=grant', "{'a':1}", '\u0000'])
    await tester.refused(400, /^the body is not JSON: /, 'PUT', '/settings', body, '/settings');
  await tester.refused(
    400,
    /^the body is not accepted: .*__proto__/,
    'PUT',
    '/settings',
    '{"__proto__":{"consent":"grant"}}',
    '/settings',
  );
  await tester.refused(
    400,
    /^the body is nested too deeply; the limit is 100 levels/,
    'POST',
    '/users',
    `{"userId":"deep","name":"x","extra":${'{"a":'.repeat(5000)}1${'}'.repeat(5000)}}`,
    '/users',
  );
  for (const type of [
    'text/plain',
    'application/x-www-form-urlencoded',
    'multipart/form-data; boundary=x',
    'application/jsonp',
    '',
    'json',
    ';',
  ]) {
    const { status, body } = await tester.call('PUT', '/settings', '{"consent":"grant"}', { 'content-type': type });
    assert.equal(status, 415, type);
    assert.match(body.message, /^the header Content-Type .*use application\/json/);
  }
  const long = await tester.call('PUT', '/settings', `{"user":"${'x'.repeat(1_100_000)}"}`);
  assert.equal(long.status, 413);
  assert.match(long.body.message, /^the body is too large; the limit is 1 MiB/);
  assert.equal(
    (await tester.call('PUT', '/settings', '{"consent":"grant"}', { 'content-type': 'Application/JSON; charset=utf-8' })).status,
    200,
  );
});

test('an unknown path is 404, a wrong method 405, both in JSON and before the body is read', async () => {
  const tester = new Tester(emulator);
  for (const path of ['', '/', '/nope', '/clients/x/y', '/Health', '/health/', '/tokens/x', '/journal/1/2', '/%', '//health']) {
    const { status, body } = await tester.call('GET', path);
    assert.equal(status, 404, path);
    assert.deepEqual([body.error, Object.keys(body)], ['not-found', ['error', 'message']]);
  }
  const wrong = [
    ['POST', '/health', 'GET'],
    ['GET', '/reset', 'POST'],
    ['DELETE', '/settings', 'GET, PUT'],
    ['PUT', '/clients/x', 'DELETE, GET, PATCH'],
    ['OPTIONS', '/clock', 'GET, PUT'],
    ['GET', '/tokens/expire', 'POST'],
    ['PROPFIND', '/health', 'GET'],
  ] as const;
  for (const [method, path, allow] of wrong) {
    const { status, body, headers } = await tester.call(
      method,
      path,
      method === 'GET' || method === 'OPTIONS' ? undefined : '{',
      { 'content-type': 'text/plain' },
    );
    assert.equal(status, 405, `${method} ${path}`);
    assert.equal(headers.allow, allow);
    assert.match(body.message, new RegExp(`^${method} /_emulator${path}: expected ${allow.replaceAll(', ', ' or ')}`));
  }
  assert.equal((await tester.call('HEAD', '/health')).status, 200);
});

test('changes are kept in the journal with what they did, and reads are not', async () => {
  const tester = new Tester(emulator);
  await tester.get('/clients');
  await tester.post('/clock/advance', { by: 'PT2H' });
  await tester.put('/settings', { consent: 'never' });
  await tester.post('/auth-codes', { ...aurora, userId: users.tomas, scopes: ['USER_NAME'] });
  await tester.post('/journal/wait', { match: {}, timeout: 0 });
  const { entries } = (await tester.get('/journal')).body;
  assert.deepEqual(
    entries.map(({ kind, operation, method, path, status, reason }: Record<string, unknown>) => ({
      kind,
      operation,
      method,
      path,
      status,
      reason,
    })),
    [
      {
        kind: 'control',
        operation: 'issueAuthCode',
        method: 'POST',
        path: '/_emulator/auth-codes',
        status: 201,
        reason: 'an authCode was issued: the user agreed to USER_NAME',
      },
      {
        kind: 'control',
        operation: 'changeSettings',
        method: 'PUT',
        path: '/_emulator/settings',
        status: 400,
        reason: 'consent: expected one of ask, grant, deny',
      },
      {
        kind: 'control',
        operation: 'advanceClock',
        method: 'POST',
        path: '/_emulator/clock/advance',
        status: 200,
        reason: 'the clock was advanced by PT2H',
      },
    ],
  );
  const [code, , advanced] = entries;
  assert.deepEqual(
    { clientId: code.clientId, appId: code.appId, userId: code.userId, scopes: code.scopes },
    { ...aurora, userId: users.tomas, scopes: ['USER_NAME'] },
  );
  assert.match(code.response.body, /"authCode":"[^"]{6}…[^"]{4}"/);
  assert.equal(advanced.request.body, '{"by":"PT2H"}');
  assert.equal(advanced.response.headers['content-type'], 'application/json; charset=utf-8');
});

test('the journal holds no private key and no agent token', async () => {
  const tester = new Tester(emulator);
  const pem = '-----BEGIN PRIVATE KEY-----\nMIIEvSECRET\n-----END PRIVATE KEY-----\n';
  await tester.refused(400, /^publicKey: .*private/, 'PATCH', `/clients/${aurora.clientId}`, { publicKey: pem }, '/clients');
  await tester.patch(`/clients/${aurora.clientId}`, {
    agentTokens: ['agent-token-number-one', { token: 'agent-token-number-two' }],
  });
  assert.doesNotMatch((await tester.get('/journal')).text, /SECRET|number-one|number-two/);
});

test('a tenant of its own by header or path, and a long body is cut in the journal', async () => {
  const tester = new Tester(emulator);
  await tester.post('/users', { userId: 'long', name: 'Long', extra: { text: 'x'.repeat(50_000) } });
  const answer = await emulator.app.inject(`/t/${tester.tenant}/_emulator/journal`);
  const [entry] = answer.json().entries;
  assert.equal(entry.operation, 'createUser');
  assert.ok(entry.request.body.length < 17_000);
});
