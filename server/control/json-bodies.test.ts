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
  const long = await tester.call('PUT', '/settings', `{"user":"${'x'.repeat(1_100_000)}"}`);
  assert.equal(long.status, 413);
  assert.match(long.body.message, /^the body is too large; the limit is 1 MiB/);
  assert.equal(
    (await tester.call('PUT', '/settings', '{"consent":"grant"}', { 'content-type': 'Application/JSON; charset=utf-8' })).status,
    200,
  );
});
