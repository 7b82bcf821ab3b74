import assert from 'node:assert/strict';
import test from 'node:test';
import { emulatorForFile } from '../testing/emulator.js';
import { Tester } from '../testing/tester.js';

const emulator = await emulatorForFile();

test('a body that is not a JSON object is rejected', async () => {
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
  const merge = 'application/merge-patch+json';
  const { status } = await tester.call('PUT', '/settings', '{"consent":"grant"}', { 'content-type': merge });
  assert.equal(status, 415);
  const long = await tester.call('PUT', '/settings', `{"user":"${'x'.repeat(1_100_000)}"}`);
  assert.equal(long.status, 413);
  assert.match(long.body.message, /^the body is too large; the limit is 1 MiB/);
  assert.equal(
    (await tester.call('PUT', '/settings', '{"consent":"grant"}', { 'content-type': 'Application/JSON; charset=utf-8' })).status,
    200,
  );
});

test('a PATCH takes a merge patch under both names: null removes a field', async () => {
  const tester = new Tester(emulator);
  for (const type of ['application/json', 'application/merge-patch+json', 'Application/Merge-Patch+JSON; charset=utf-8']) {
    await tester.post('/users', { userId: 'ana', name: 'Ana', gender: 'F', userName: { firstName: 'Ana', lastName: 'Paz' } });
    const patch = { gender: null, userName: { lastName: null } };
    const { status, body } = await tester.call('PATCH', '/users/ana', patch, { 'content-type': type });
    assert.deepEqual([status, body], [200, { userId: 'ana', name: 'Ana', userName: { firstName: 'Ana' } }], type);
    await tester.delete('/users/ana');
  }
  const other = await tester.call('PATCH', '/users/ana', {}, { 'content-type': 'application/json-patch+json' });
  assert.equal(other.status, 415);
  assert.match(other.body.message, /use application\/json, or application\/merge-patch\+json with PATCH$/);
});
