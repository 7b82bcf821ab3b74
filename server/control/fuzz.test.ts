import assert from 'node:assert/strict';
import test from 'node:test';
import fc from 'fast-check';
import { aurora, emulatorForFile, users } from '../testing/emulator.js';
import { Tester } from '../testing/tester.js';

const emulator = await emulatorForFile();

const changes = [
  ['PUT', '/settings'],
  ['PUT', '/clock'],
  ['POST', '/clock/advance'],
  ['POST', '/auth-codes'],
  ['POST', '/tokens'],
  ['POST', '/tokens/expire'],
  ['POST', '/tokens/revoke'],
  ['POST', '/clients'],
  ['POST', '/apps'],
  ['POST', '/users'],
  ['POST', '/consents'],
  ['PATCH', `/clients/${aurora.clientId}`],
  ['PATCH', `/apps/${aurora.appId}`],
  ['PATCH', `/users/${users.lucia}`],
  ['PATCH', `/consents/${users.lucia}.${aurora.appId}`],
  ['POST', '/signatures/explain'],
] as const;
const reads = ['/health', '/settings', '/clock', '/tokens', '/clients', '/apps', '/users', '/consents', '/journal', '/findings'];

const fields = [
  'clientId',
  'appId',
  'userId',
  'name',
  'scopes',
  'lifetime',
  'lifetimes',
  'now',
  'frozen',
  'by',
  'user',
  'consent',
  'behaviour',
  'publicKey',
  'rateLimit',
  'agentTokens',
  'path',
  'headers',
  'body',
  'accessToken',
  'toString',
];
const known = fc.constantFrom<unknown>(
  aurora.clientId,
  aurora.appId,
  users.lucia,
  ['USER_ID'],
  ['__proto__', 'toString'],
  'PT1H',
  'P365000D',
  '2030-01-01T00:00:00Z',
  '9999-12-31T23:59:59+00:00',
  '0000-01-01T00:00:00-23:59',
  { 'Client-Id': aurora.clientId, Signature: 'signature=%' },
  { accessToken: 'PT0S' },
);
const value = fc.oneof(known, known, fc.jsonValue({ maxDepth: 3 }));
const body = fc.oneof(
  { weight: 5, arbitrary: fc.dictionary(fc.constantFrom(...fields), value, { maxKeys: 6 }) },
  { weight: 1, arbitrary: fc.jsonValue() },
);

test('random bodies are accepted or rejected with a 4xx, and every list stays readable', async () => {
  const tester = new Tester(emulator);
  await tester.post('/consents', { userId: users.lucia, appId: aurora.appId, scopes: ['USER_NAME'] });
  // The tester checks that every status is below 500 and matches the OpenAPI document.
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...changes), body, async ([method, path], sent) => {
      const answer = await tester.call(method, path, JSON.stringify(sent));
      if (answer.status >= 400) assert.deepEqual(Object.keys(answer.body), ['error', 'message']);
    }),
    { numRuns: 600 },
  );
  for (const path of reads) assert.equal((await tester.get(path)).status, 200, path);
});
