import assert from 'node:assert/strict';
import test from 'node:test';
import { aurora, emulatorForFile, users } from '../testing/emulator.js';
import { Tester } from '../testing/tester.js';

const emulator = await emulatorForFile();

test('the journal has changes with what they did, and no reads', async () => {
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

test('the journal has no private keys and no agent tokens', async () => {
  const tester = new Tester(emulator);
  const pem = '-----BEGIN PRIVATE KEY-----\nMIIEvSECRET\n-----END PRIVATE KEY-----\n';
  await tester.refused(400, /^publicKey: .*private/, 'PATCH', `/clients/${aurora.clientId}`, { publicKey: pem }, '/clients');
  await tester.patch(`/clients/${aurora.clientId}`, {
    agentTokens: ['agent-token-number-one', { token: 'agent-token-number-two' }],
  });
  assert.doesNotMatch((await tester.get('/journal')).text, /SECRET|number-one|number-two/);
});

test('a tenant is named by header or path, and the journal truncates a long body', async () => {
  const tester = new Tester(emulator);
  await tester.post('/users', { userId: 'long', name: 'Long', extra: { text: 'x'.repeat(50_000) } });
  const answer = await emulator.app.inject(`/t/${tester.tenant}/_emulator/journal`);
  const [entry] = answer.json().entries;
  assert.equal(entry.operation, 'createUser');
  assert.ok(entry.request.body.length < 17_000);
});
