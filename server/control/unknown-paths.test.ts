import assert from 'node:assert/strict';
import test from 'node:test';
import { emulatorForFile } from '../testing/emulator.js';
import { Tester } from '../testing/tester.js';

const emulator = await emulatorForFile();

test('an unknown path gets 404 and a wrong method 405, in JSON and before the body is read', async () => {
  const tester = new Tester(emulator);
  for (const path of ['', '/', '/nope', '/clients/x/y', '/Health', '/health/', '/tokens/x', '/journal/1/2', '/%', '//health']) {
    const { status, body } = await tester.call('GET', path);
    assert.equal(status, 404, path);
    assert.deepEqual([body.error, Object.keys(body)], ['not-found', ['error', 'message']]);
  }
  const long = await tester.call('GET', `/users/${'x'.repeat(301)}`);
  assert.deepEqual([long.status, long.body.message], [404, 'the id in the path is too long: expected at most 300 characters']);
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
    assert.match(body.message, new RegExp(`^${method} /_emulator${path} is not allowed; use ${allow.replaceAll(', ', ' or ')}$`));
  }
  assert.equal((await tester.call('HEAD', '/health')).status, 200);
});
