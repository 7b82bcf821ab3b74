import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { aurora, emulatorForFile, newWorld } from '../testing/emulator.js';
import type { CallOptions, SignatureEncoding } from '../testing/merchant.js';
import { sendRaw } from '../testing/raw-http.js';
import { writeAnswer } from './answer.js';

const emulator = await emulatorForFile();
const path = '/v2/authorizations/applyToken';
const exchange = (authCode: string) => ({ grantType: 'AUTHORIZATION_CODE', authCode });

test('the whole answer that a scenario sets is not signed', async () => {
  // biome-ignore lint/suspicious/noThenProperty: `then` is the users' word for it (contract), in data that nobody awaits
  const found = { scenario: { id: 's', hit: 1, then: { status: 503, body: 'away' } } };
  const noKey = undefined as never;
  const { body, ...answer } = await writeAnswer({} as never, found as never, { outcome: 'done', answer: {} }, noKey);
  assert.deepEqual(answer, { status: 503, headers: { 'content-type': 'text/plain; charset=utf-8' } });
  assert.equal(body.toString(), 'away');
});

// The test merchant checks each answer: HTTP 200, JSON, a right signature, no null and no "".

/** A call for the answer of each stage. */
const stages: Record<string, { path?: string; body?: string; options?: CallOptions }> = {
  SUCCESS: {},
  INVALID_API: { path: '/v2/nowhere' },
  METHOD_NOT_SUPPORTED: { options: { method: 'DELETE' } },
  MEDIA_TYPE_NOT_ACCEPTABLE: { options: { headers: { 'Content-Type': undefined } } },
  INVALID_CLIENT: { options: { headers: { 'Client-Id': 'nobody' } } },
  PARAM_ILLEGAL: { body: '[]' },
};

for (const [code, { path: where = path, body, options = {} }] of Object.entries(stages)) {
  describe(`an answer with ${code}`, () => {
    const world = newWorld(emulator);
    const call = async (more: CallOptions) => {
      const answer = await world.aurora.call(where, body ?? exchange(await world.code()), { ...options, ...more });
      assert.equal(answer.code, code);
      return answer;
    };

    test('has the signature encoding of the request', async () => {
      for (const encoding of ['percent', 'plain', 'base64url'] as SignatureEncoding[])
        assert.equal((await call({ encoding })).encoding, encoding);
    });

    test('has the profile’s signature encoding if the request has no signature', async () => {
      assert.equal((await call({ unsigned: true })).encoding, 'percent');
    });

    test('has a response-time in the form of the request-time', async () => {
      world.tenant.clock.freeze();
      world.tenant.clock.set(Date.parse('2026-05-01T12:00:00.789Z'));
      assert.equal((await call({ time: '2026-05-01T12:00:00Z' })).headers['response-time'], '2026-05-01T07:00:00-05:00');
      assert.equal((await call({ time: '1777636800000' })).headers['response-time'], '1777636800789');
      assert.equal(
        (await call({ headers: { ...options.headers, 'Request-Time': undefined } })).headers['response-time'],
        '2026-05-01T07:00:00-05:00',
      );
    });

    test('repeats the caller’s client-id', async () => {
      const sent = String(options.headers?.['Client-Id'] ?? aurora.clientId);
      assert.equal((await call({})).headers['client-id'], sent);
    });

    test('has a status, a code and a message', async () => {
      const { result } = (await call({})).body;
      assert.equal(result.resultStatus, code === 'SUCCESS' ? 'S' : 'F');
      assert.ok(result.resultMessage.length > 0 && result.resultMessage.length <= 500);
    });
  });
}

test('without Client-Id the answer has no such header, and signs an empty one', async () => {
  const { aurora: merchant } = newWorld(emulator);
  const answer = await merchant.call(path, exchange('x'), { headers: { 'Client-Id': undefined } });
  assert.equal(answer.code, 'INVALID_CLIENT');
  assert.ok(!answer.rawHeaders.some((name) => name.toLowerCase() === 'client-id'));
});

describe('on the wire', () => {
  const { host } = new URL(emulator.url);
  const request = (target: string, lines: string[], body: string) =>
    `POST ${target} HTTP/1.1\r\nHost: ${host}\r\nConnection: close\r\nContent-Length: ${Buffer.byteLength(body)}\r\n${lines.map((line) => `${line}\r\n`).join('')}\r\n${body}`;
  const usual = ['Content-Type: application/json', `CLIENT-ID: ${aurora.clientId}`, 'request-time: 2026-05-01T12:00:00Z'];

  test('header names are in lower case', async () => {
    const { status, lines, body } = await sendRaw(emulator.url, request(path, usual, '{}'));
    assert.equal(status, 'HTTP/1.1 200 OK');
    for (const name of ['client-id', 'response-time', 'signature', 'content-type'])
      assert.ok(
        lines.some((line) => line.startsWith(`${name}: `)),
        `${name} in ${lines}`,
      );
    assert.equal(JSON.parse(body).result.resultCode, 'PARAM_ILLEGAL');
  });

  test('the parts of the signature header are in the order that clients expect', async () => {
    const { lines } = await sendRaw(emulator.url, request(path, usual, '{}'));
    assert.match(
      lines.find((line) => line.startsWith('signature: ')) ?? '',
      /^signature: algorithm=RSA256, keyVersion=1, signature=[A-Za-z0-9%]{340,}$/,
    );
  });

  test('the absolute form of the target works', async () => {
    const { status, body } = await sendRaw(emulator.url, request(`http://${host}${path}`, usual, '{}'));
    assert.equal(status, 'HTTP/1.1 200 OK');
    assert.equal(JSON.parse(body).result.resultCode, 'PARAM_ILLEGAL');
  });

  test('two Content-Type headers work', async () => {
    const { body } = await sendRaw(emulator.url, request(path, ['Content-Type: application/json', ...usual], '{}'));
    assert.equal(JSON.parse(body).result.resultCode, 'PARAM_ILLEGAL');
  });

  test('a chunked body and HTTP/1.0 without a host work', async () => {
    const chunked = `POST ${path} HTTP/1.1\r\nHost: ${host}\r\nConnection: close\r\nTransfer-Encoding: chunked\r\n${usual.join('\r\n')}\r\n\r\n2\r\n{}\r\n0\r\n\r\n`;
    assert.match((await sendRaw(emulator.url, chunked)).body, /grantType is missing/);
    const old = `POST ${path} HTTP/1.0\r\nContent-Length: 2\r\n${usual.join('\r\n')}\r\n\r\n{}`;
    assert.match((await sendRaw(emulator.url, old)).body, /grantType is missing/);
  });

  test('an unknown Upgrade and OPTIONS * get an answer', async () => {
    const upgrade = request(path, [...usual, 'Upgrade: websocket'], '{}').replace(
      'Connection: close',
      'Connection: Upgrade, close',
    );
    assert.match((await sendRaw(emulator.url, upgrade)).body, /grantType is missing/);
    const { status, body } = await sendRaw(emulator.url, `OPTIONS * HTTP/1.1\r\nHost: ${host}\r\nConnection: close\r\n\r\n`);
    assert.equal(status, 'HTTP/1.1 200 OK');
    assert.equal(JSON.parse(body).result.resultCode, 'INVALID_API');
  });

  test('the parser rejects invalid HTTP, and the next call works', async () => {
    assert.match((await sendRaw(emulator.url, 'nonsense\r\n\r\n')).status, /^HTTP\/1\.1 400 /);
    assert.match((await sendRaw(emulator.url, request(path, [`X-Long: ${'x'.repeat(20_000)}`], ''))).status, /^HTTP\/1\.1 431 /);
    assert.match((await sendRaw(emulator.url, request(path, usual, '{}'))).status, / 200 /);
  });
});
