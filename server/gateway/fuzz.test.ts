import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { aurora, emulatorForFile, faro, newWorld } from '../testing/emulator.js';
import { fuzz } from '../testing/fuzz.js';
import { profileSource } from '../testing/profile.js';

const emulator = await emulatorForFile();
const world = newWorld(emulator);
const source = profileSource();
const known = new Set(Object.values(source.codes).map(({ code }) => code));
const paths = Object.values(source.operations).flatMap((operation) => operation.paths);
const fieldNames = [...new Set(Object.values(source.operations).flatMap((operation) => Object.keys(operation.request)))];
const { accessToken, refreshToken } = await world.tokens({ scopes: ['auth_user', 'NOTIFICATION_INBOX'] });

const fieldValue = fc.oneof(
  fc.constantFrom(
    accessToken,
    refreshToken,
    'AUTHORIZATION_CODE',
    'REFRESH_TOKEN',
    aurora.appId,
    faro.appId,
    aurora.clientId,
    '__proto__',
    'constructor',
  ),
  fc.string({ unit: 'binary' }),
  fc.jsonValue(),
);
const body = fc.oneof(
  fc
    .dictionary(fc.constantFrom(...fieldNames, '__proto__', 'toString'), fieldValue)
    .map((value) => Buffer.from(JSON.stringify(value))),
  fc.jsonValue().map((value) => Buffer.from(JSON.stringify(value))),
  fc.uint8Array().map((bytes) => Buffer.from(bytes)),
);
/** The characters that a header value may have (RFC 9110, 5.5). */
const headerValue = fc.oneof(
  fc.string({
    unit: fc
      .integer({ min: 0x20, max: 0xff })
      .filter((code) => code !== 0x7f)
      .map((code) => String.fromCharCode(code)),
  }),
  fc.constantFrom(
    '',
    'algorithm=RSA256, keyVersion=1, signature=AAAA',
    'signature=%E0%A4%A',
    '2026-05-01T12:00:00Z',
    '0000-01-01T00:00:00+14:00',
    '999999999999999',
    'application/json',
    aurora.clientId,
    faro.clientId,
  ),
);
const headerName = fc.constantFrom(
  'Client-Id',
  'Request-Time',
  'Signature',
  'Content-Type',
  'Agent-Token',
  'X-Emulator-Tenant',
  'Request-Id',
  'Accept',
  'Origin',
  'Content-Encoding',
  'X-Other',
);
const target = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom(...paths) },
  fc
    .array(
      fc.oneof(
        fc.constantFrom('%', '/', '..', '.', 't', '%2f', '%00', '%ff', ';', '?', '#', '//', 'v2', '*', ':', '@'),
        fc.webSegment(),
      ),
      { maxLength: 8 },
    )
    .map((parts) => `/${parts.join('')}`),
);

/** The paths of the control API and the pages, which the gateway does not answer. */
const elsewhere = /^\/+(_emulator|wallet|playground|my\.js|assets|demo|\.well-known|t\/)|^\/$|^\/[?#]/;

test('any call gets a signed answer with HTTP 200 and a known result code', { timeout: 86_400_000 }, async (context) => {
  const method = fc.constantFrom('POST', 'POST', 'POST', 'PUT', 'DELETE', 'PATCH', 'PROPFIND');
  const headers = fc.dictionary(headerName, headerValue, { maxKeys: 4 });
  await fuzz(context, {
    arbitrary: fc.tuple(
      fc.constantFrom(world.aurora, world.faro),
      target.filter((path) => !elsewhere.test(path)),
      body,
      headers,
      method,
    ),
    runs: 300,
    call: async ([merchant, path, bytes, headers, method]) => {
      const answerPath = path.split(/[?#]/)[0] as string;
      const { code } = await merchant.call(path, bytes, { headers, method, answerPath });
      assert.ok(known.has(code), code);
      assert.notEqual(code, 'UNKNOWN_EXCEPTION');
    },
    tidy: async () => world.tenant.journal.clear(),
  });
  assert.equal((await world.userInfo((await world.tokens()).accessToken)).code, 'SUCCESS', 'and it still works');
});
