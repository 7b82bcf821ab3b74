import assert from 'node:assert/strict';
import test from 'node:test';
import { aurora, emulatorForFile, users } from '../../testing/emulator.js';
import { Tester } from '../../testing/tester.js';

const emulator = await emulatorForFile();

test('a reset deletes the state of the tenant, and of no other', async () => {
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

test('a reset accepts an empty body of any type', async () => {
  const tester = new Tester(emulator);
  for (const type of ['application/json', 'application/x-www-form-urlencoded', 'text/plain']) {
    assert.equal((await tester.call('POST', '/reset', '', { 'content-type': type })).status, 204, type);
  }
});
