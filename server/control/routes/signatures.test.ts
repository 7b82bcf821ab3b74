import assert from 'node:assert/strict';
import { createPublicKey, verify } from 'node:crypto';
import test from 'node:test';
import { aurora, emulatorForFile } from '../../testing/emulator.js';
import type { CallOptions } from '../../testing/merchant.js';
import { Tester } from '../../testing/tester.js';

const emulator = await emulatorForFile();
const path = '/v2/authorizations/applyToken';
const time = '2030-01-01T00:00:00Z';
const body = '{"grantType":"AUTHORIZATION_CODE","authCode":"x"}';

function signed(tester: Tester, options: CallOptions = {}): { path: string; headers: Record<string, string>; body: string } {
  const { aurora: merchant } = tester.world;
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
      method: 'POST',
      path,
      clientId: aurora.clientId,
      verified: true,
      contentToSign: `POST ${path}\n${aurora.clientId}.${time}.${body}`,
      encoding: encoding,
      mistakes: [],
      ruledOut: [],
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
    [{ ...good, headers: { ...good.headers, 'a\nb': 1 } }, /^headers\.a\\nb: expected a string/],
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

test('a request as a text is explained: curl, raw HTTP, headers with the body, and HAR', async () => {
  const tester = new Tester(emulator);
  const { headers } = signed(tester, {
    content: ({ clientId }) => `POST ${path}\n${clientId}.${time}.${JSON.stringify(JSON.parse(body), null, 2)}`,
  });
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}`);
  const list = Object.entries(headers).map(([name, value]) => ({ name, value }));
  const right = signed(tester);
  const har = (entries: object[]) => JSON.stringify({ log: { entries: entries.map((request) => ({ request })) } });
  const wrong = { method: 'POST', url: `https://wallet.example${path}`, headers: list, postData: { text: body } };
  const fine = { ...wrong, headers: Object.entries(right.headers).map(([name, value]) => ({ name, value })) };
  for (const text of [
    `curl -X POST 'http://wallet.example${path}' ${lines.map((line) => `-H '${line}'`).join(' ')} -d '${body}'`,
    `POST ${path} HTTP/1.1\r\nHost: wallet.example\r\n${lines.join('\r\n')}\r\n\r\n${body}`,
    `${lines.join('\n')}\n\n${body}\n`,
    har([fine, wrong]),
  ]) {
    const { body: explained } = await tester.post('/signatures/explain', { text });
    assert.deepEqual(
      { ...explained, mistakes: explained.mistakes.map(({ code }: { code: string }) => code), ruledOut: undefined },
      {
        method: 'POST',
        path,
        clientId: aurora.clientId,
        verified: false,
        contentToSign: `POST ${path}\n${aurora.clientId}.${time}.${body}`,
        signedContent: `POST ${path}\n${aurora.clientId}.${time}.${JSON.stringify(JSON.parse(body), null, 2)}`,
        firstDifference: `POST ${path}\n${aurora.clientId}.${time}.{`.length,
        encoding: 'percent',
        mistakes: ['body-changed'],
        ruledOut: undefined,
      },
      text,
    );
    const codes = explained.ruledOut.map(({ code }: { code: string }) => code);
    assert.ok(codes.includes('wrong-key') && !codes.includes('body-changed'), codes.join());
  }
  assert.equal((await tester.post('/signatures/explain', { text: har([fine]) })).body.verified, true);
  assert.equal(
    (await tester.post('/signatures/explain', { text: har([fine]).replace('applyToken', 'applyT0ken') })).body.verified,
    false,
  );
});

test('a wrong key is recognized also if a code in the body was shortened', async () => {
  const text = `Client-Id: ${aurora.clientId}\nSignature: algorithm=RSA256, signature=${'A'.repeat(342)}==\n\n{"authCode":"1234…"}`;
  const { body } = await new Tester(emulator).post('/signatures/explain', { text });
  assert.deepEqual(
    body.mistakes.map(({ code }: { code: string }) => code),
    ['wrong-key'],
  );
});

test('a text that cannot be checked is refused with a reason', async () => {
  const tester = new Tester(emulator);
  for (const [text, reason] of [
    ['curl http://h/p -d @file', /reads a file/],
    [`POST ${path}\n\n{}`, /Client-Id: missing/],
    [`POST ${path}\nClient-Id: nobody\n\n{}`, /expected the id of a client, got nobody/],
    ['hello world', /is no HTTP request/],
  ] as const) {
    const { status, body } = await tester.post('/signatures/explain', { text });
    assert.equal(status, 400, text);
    assert.match(body.message, reason);
  }
});
