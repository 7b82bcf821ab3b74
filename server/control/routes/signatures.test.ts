import assert from 'node:assert/strict';
import { createPublicKey, verify } from 'node:crypto';
import test from 'node:test';
import { aurora, emulatorForFile, World } from '../../testing/emulator.js';
import type { CallOptions } from '../../testing/merchant.js';
import { Tester } from '../../testing/tester.js';

const emulator = await emulatorForFile();
const path = '/v2/authorizations/applyToken';
const time = '2030-01-01T00:00:00Z';
const body = '{"grantType":"AUTHORIZATION_CODE","authCode":"x"}';

function signed(tester: Tester, options: CallOptions = {}): { path: string; headers: Record<string, string>; body: string } {
  const { aurora: merchant } = new World(emulator.url, emulator.tenants.get(tester.tenant));
  const signature = merchant.signature(path, Buffer.from(body), { time, ...options });
  return {
    path,
    headers: {
      'Client-Id': aurora.clientId,
      'Request-Time': time,
      Signature: `algorithm=RSA256, keyVersion=1, signature=${signature}`,
    },
    body,
  };
}

test('a right signature verifies in any encoding, with any form of the path', async () => {
  const tester = new Tester(emulator);
  for (const encoding of ['percent', 'plain', 'base64url'] as const) {
    const explained = (await tester.post('/signatures/explain', signed(tester, { encoding }))).body;
    assert.deepEqual(explained, {
      verified: true,
      contentToSign: `POST ${path}\n${aurora.clientId}.${time}.${body}`,
      encoding: encoding,
      mistakes: [],
    });
  }
  for (const given of [`/t/${tester.tenant}${path}`, `https://wallet.example${path}`, `${path}?a=b`]) {
    assert.equal((await tester.post('/signatures/explain', { ...signed(tester), path: given })).body.verified, true, given);
  }
  const shouted = signed(tester);
  const headers = Object.fromEntries(Object.entries(shouted.headers).map(([name, value]) => [name.toUpperCase(), value]));
  assert.equal((await tester.post('/signatures/explain', { ...shouted, method: 'POST', headers })).body.verified, true);
});

test('a wrong signature is explained', async () => {
  const tester = new Tester(emulator);
  const codes = async (call: object) =>
    (await tester.post('/signatures/explain', call)).body.mistakes.map(({ code }: { code: string }) => code);
  assert.deepEqual(
    await codes(
      signed(tester, {
        content: ({ clientId }) => `POST ${path}\n${clientId}.${time}.${JSON.stringify(JSON.parse(body), null, 2)}`,
      }),
    ),
    ['body-changed'],
  );
  assert.deepEqual(
    await codes(signed(tester, { content: ({ clientId }) => `POST http://127.0.0.1:4010${path}\n${clientId}.${time}.${body}` })),
    ['foreign-host'],
  );
  const withHost = signed(tester, {
    content: ({ clientId }) => `POST http://127.0.0.1:4010${path}\n${clientId}.${time}.${body}`,
  });
  assert.deepEqual(await codes({ ...withHost, headers: { ...withHost.headers, Host: '127.0.0.1:4010' } }), ['full-url']);
  assert.deepEqual(await codes({ ...withHost, path: `http://127.0.0.1:4010${path}` }), ['full-url']);
  assert.deepEqual(
    await codes({
      ...signed(tester, { content: ({ clientId }) => `POST ${path}?a=b c\n${clientId}.${time}.${body}` }),
      path: `${path}?a=b%20c`,
    }),
    ['query-in-path'],
  );
  assert.deepEqual(
    await codes({
      ...signed(tester, { content: ({ clientId }) => `POST ${path}?a=b%20c\n${clientId}.${time}.${body}` }),
      path: `${path}?a=b%20c`,
    }),
    [],
  );
  const good = signed(tester);
  assert.deepEqual(await codes({ ...good, headers: { ...good.headers, Signature: 'signature=§§' } }), ['not-base64']);
  assert.deepEqual(await codes({ ...good, headers: { ...good.headers, Signature: 'what' } }), ['not-base64']);
  assert.deepEqual(await codes({ ...good, headers: { 'Client-Id': aurora.clientId } }), ['unsigned-request']);
  await tester.post('/clients', { clientId: 'keyless', name: 'No key' });
  assert.deepEqual(await codes({ ...good, headers: { ...good.headers, 'Client-Id': 'keyless' } }), ['wrong-key']);
  assert.equal((await tester.get('/journal?operation=explainSignature')).body.entries.length, 0);
});

test('an invalid request is refused with the name of the field', async () => {
  const tester = new Tester(emulator);
  const good = signed(tester);
  const wrong: [object, RegExp][] = [
    [{ ...good, path: undefined }, /^path: .*missing/],
    [{ ...good, headers: { ...good.headers, 'a\nb': 1 } }, /^headers\.a\nb: expected a string/],
    [{ ...good, headers: undefined }, /^headers: .*missing/],
    [{ ...good, headers: { 'Client-Id': 5 } }, /^headers\.Client-Id: expected a string/],
    [{ ...good, headers: {} }, /^headers\.Client-Id: .*missing/],
    [{ ...good, headers: { 'Client-Id': 'nobody' } }, /^headers\.Client-Id: /],
    [{ ...good, body: JSON.parse(body) }, /^body: expected a string/],
    [{ ...good, method: 1 }, /^method: expected a string/],
    [{ ...good, url: '/' }, /^unknown field "url"/],
  ];
  for (const [call, names] of wrong) await tester.refused(400, names, 'POST', '/signatures/explain', call);
});

test("the platform's public key: as PEM, and as a JWK", async () => {
  const tester = new Tester(emulator);
  const pem = await tester.get('/keys/platform.pem');
  assert.match(String(pem.headers['content-type']), /^application\/x-pem-file/);
  assert.match(pem.text, /^-----BEGIN PUBLIC KEY-----/);
  const [jwk, ...others] = (await tester.call('GET', '/.well-known/jwks.json')).body.keys;
  assert.deepEqual(others, []);
  assert.deepEqual(Object.keys(jwk).sort(), ['alg', 'e', 'kid', 'kty', 'n', 'use']);
  assert.deepEqual([jwk.alg, jwk.use, jwk.kid.length], ['RS256', 'sig', 43]);
  const key = createPublicKey({ key: jwk, format: 'jwk' });
  assert.ok(key.equals(createPublicKey(pem.text)));

  const answer = await fetch(emulator.url + path, {
    method: 'POST',
    headers: { 'Client-Id': aurora.clientId, 'content-type': 'application/json' },
    body,
  });
  const value = decodeURIComponent(/signature=(\S+)$/.exec(answer.headers.get('signature') ?? '')?.[1] ?? '');
  const content = `POST ${path}\n${aurora.clientId}.${answer.headers.get('response-time')}.${await answer.text()}`;
  assert.ok(verify('sha256', Buffer.from(content), key, Buffer.from(value, 'base64')));
});
