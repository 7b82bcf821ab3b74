import assert from 'node:assert/strict';
import { connect } from 'node:net';
import test from 'node:test';
import fc from 'fast-check';
import { oddText } from '../testing/arbitrary-json.js';
import { aurora, emulatorForFile } from '../testing/emulator.js';
import { fuzz } from '../testing/fuzz.js';

const emulator = await emulatorForFile();
const tenant = 'fuzz-raw';

const token = fc.oneof(
  {
    weight: 2,
    arbitrary: fc.constantFrom(
      '',
      ' ',
      '\t',
      '\r',
      '\n',
      '\0',
      '\x7f',
      '\xff',
      ':',
      '%',
      '%zz',
      '%c0%80',
      '/',
      '..',
      '//',
      '?',
      '#',
    ),
  },
  fc.constantFrom('t', tenant, 'a.b', '-', '_', 'v2', '_emulator', 'journal', 'wallet', 'stream', 'constructor', '__proto__'),
  oddText.map((text) => text.slice(0, 300)),
);
const target = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.constantFrom(
      ...[
        '/',
        '/v2/users/inquiryUserInfo',
        '/_emulator/settings',
        '/_emulator/journal/stream',
        '/journal/stream?parts=calls',
        '/my.js',
      ],
      ...[
        '*',
        'http://127.0.0.1/v2/authorizations/applyToken',
        'http://evil.example/',
        `/t/${tenant}/`,
        '/t//',
        '/t/%2e%2e/',
        '/t/x y/',
      ],
    ),
  },
  fc.array(token, { maxLength: 6 }).map((parts) => `/${parts.join('/')}`),
  fc.array(token, { maxLength: 4 }).map((parts) => `/t/${parts.join('')}/_emulator/health`),
);
const header = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.constantFrom(
      ...[
        'Host: localhost',
        'Host: 127.0.0.1',
        'Host: a, b',
        'Host:',
        'Connection: close',
        'Connection: upgrade',
        'Upgrade: websocket',
      ],
      ...['Content-Length: 0', 'Content-Length: 5', 'Content-Length: -1', 'Content-Length: 1e3', 'Content-Length: 99999999999'],
      ...[
        'Transfer-Encoding: chunked',
        'Transfer-Encoding: gzip, chunked',
        'Transfer-Encoding: identity',
        'Expect: 100-continue',
      ],
      ...[
        'Expect: tea',
        'Content-Type: application/json',
        'Content-Type: text/plain',
        'Content-Encoding: gzip',
        'Last-Event-ID: 1',
      ],
      ...[
        'Last-Event-ID: -1',
        'Last-Event-ID: 1e400',
        'Last-Event-ID: x',
        `Client-Id: ${aurora.clientId}`,
        'Signature: =,=',
        'Range: bytes=0-',
      ],
      ...[
        'Accept-Encoding: br;q=x, gzip',
        'Cookie: =',
        'Origin: null',
        'Sec-Fetch-Site: cross-site',
        `X-Emulator-Tenant: ${tenant}`,
      ],
    ),
  },
  fc
    .tuple(fc.constantFrom('X-Emulator-Tenant', 'X-Emulator-Scenario', 'Last-Event-ID', 'Referer', 'X'), token)
    .map((pair) => pair.join(': ')),
  token,
);
const body = fc.oneof(
  fc.constantFrom('', '{}', '5\r\nhello\r\n0\r\n\r\n', '0\r\n\r\n', 'zz\r\n', 'FFFFFFFFFFFFFFFF\r\nx', '{"a":', '['.repeat(5000)),
  token,
);
const method = fc.constantFrom(
  'GET',
  'GET',
  'POST',
  'POST',
  'PUT',
  'HEAD',
  'OPTIONS',
  'DELETE',
  'PATCH',
  'CONNECT',
  'TRACE',
  'get',
  '',
  'PRI',
);
const version = fc.constantFrom('HTTP/1.1', 'HTTP/1.1', 'HTTP/1.1', 'HTTP/1.0', 'HTTP/2.0', 'HTTP/9', '');
const lineEnd = fc.constantFrom('\r\n', '\r\n', '\r\n', '\n', '\r');
const message = fc
  .tuple(method, target, version, fc.array(header, { maxLength: 6 }), lineEnd, body)
  .map(([verb, path, http, lines, end, sent]) => [`${verb} ${path} ${http}`, ...lines, '', sent].join(end));
const bytes = fc.oneof(
  { weight: 6, arbitrary: fc.array(message, { minLength: 1, maxLength: 3 }).map((all) => Buffer.from(all.join(''), 'latin1')) },
  { weight: 1, arbitrary: fc.uint8Array({ maxLength: 300 }).map((all) => Buffer.from(all)) },
);

/** Sends bytes, then ends the sending half. @returns what came back, up to the head of an answer that has no end */
function answersTo(sent: Buffer): Promise<string> {
  const { hostname, port } = new URL(emulator.url);
  return new Promise((resolve) => {
    let received = '';
    const socket = connect(Number(port), hostname, () => socket.end(sent)).setEncoding('latin1');
    socket.on('data', (text) => {
      received += text;
      if (received.includes('text/event-stream') && received.includes('\r\n\r\n')) socket.destroy();
    });
    // The emulator may close the connection while something is still sent to it.
    socket.on('error', () => {});
    socket.on('close', () => resolve(received));
  });
}

test('any bytes on a connection get answers below 500, or none', { timeout: 86_400_000 }, async (context) => {
  await fuzz(context, {
    arbitrary: bytes,
    runs: 150,
    call: async (sent) => {
      const received = await answersTo(sent);
      for (const [line, status] of received.matchAll(/(?<=^|\r\n\r\n|})HTTP\/1\.1 (\d+)[^\r]*/g))
        assert.ok(Number(status) < 500, `${line} for ${JSON.stringify(sent.toString('latin1').slice(0, 1000))}`);
      assert.doesNotMatch(received.slice(0, 12), /^(?!HTTP\/1\.1 ).+/, 'an answer is HTTP');
    },
    tidy: async () => {
      for (const { name } of [...emulator.tenants.all()]) await emulator.tenants.reset(name);
    },
  });
  assert.equal((await fetch(`${emulator.url}/_emulator/health`)).status, 200);
});
