import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { anyJson } from '../testing/arbitrary-json.js';
import { TextError } from '../texts/text-error.js';
import { readHar } from './read-har.js';

const url = 'https://sandbox.example/v2/authorizations/applyToken';
const at = Date.parse('2026-01-31T10:00:00.250Z');

/** An entry with the parts that a test is about. */
function entry(parts: { request?: object; response?: object | null; [field: string]: unknown } = {}) {
  const { request, response, ...others } = parts;
  return {
    startedDateTime: '2026-01-31T10:00:00.250Z',
    time: 12.5,
    request: { method: 'POST', url, headers: [], ...request },
    response: response === null ? undefined : { status: 200, headers: [], content: {}, ...response },
    ...others,
  };
}

const read = (...entries: unknown[]) => readHar(JSON.stringify({ log: { version: '1.2', entries } }));

function refusal(written: string): string {
  try {
    readHar(written);
  } catch (error) {
    assert.ok(error instanceof TextError, String(error));
    return error.message;
  }
  return 'accepted';
}

describe('a HAR file', () => {
  test('gives calls with headers in their case and order, and bodies as bytes', () => {
    const [exchange] = read(
      entry({
        request: {
          headers: [
            { name: 'Client-Id', value: 'c1' },
            { name: 'x-two', value: '1' },
            { name: 'X-Two', value: '2' },
          ],
          postData: { mimeType: 'application/json', text: '{"é":1}' },
        },
        response: {
          headers: [{ name: 'Signature', value: 's' }],
          content: { text: Buffer.from('{"a":1}').toString('base64'), encoding: 'base64' },
        },
      }),
    );
    assert.deepEqual(exchange, {
      at,
      durationMs: 12.5,
      request: {
        method: 'POST',
        url,
        headers: [
          ['Client-Id', 'c1'],
          ['x-two', '1'],
          ['X-Two', '2'],
        ],
        body: Buffer.from('{"é":1}'),
      },
      response: { status: 200, headers: [['Signature', 's']], body: Buffer.from('{"a":1}') },
      notification: false,
    });
  });

  test('of a browser may have names of HTTP/2, calls without an answer, and addresses that are no calls', () => {
    const calls = read(
      entry({ request: { url: 'data:text/plain,x' } }),
      entry({
        request: {
          headers: [
            { name: ':authority', value: 'x' },
            { name: 'accept', value: '*/*' },
          ],
        },
        response: { status: 0 },
      }),
    );
    assert.deepEqual(
      calls.map(({ request, response }) => [request.headers, response]),
      [[[['accept', '*/*']], undefined]],
    );
  });

  test('of mitmproxy or Charles may have the fields of a form, compressed bytes, and no headers', () => {
    const headers = [{ name: 'Content-Encoding', value: 'gzip' }];
    const [form, compressed, decoded] = read(
      entry({ request: { headers: null, postData: { text: '', params: [{ name: 'a b', value: 'é' }, { name: 'c' }] } } }),
      entry({ response: { headers, content: { text: gzipSync('{"a":1}').toString('base64'), encoding: 'base64' } } }),
      entry({ response: { headers, content: { text: '{"a":1}' } } }),
    );
    assert.equal(String(form?.request.body), 'a+b=%C3%A9&c=');
    assert.equal(String(compressed?.response?.body), '{"a":1}');
    assert.equal(String(decoded?.response?.body), '{"a":1}');
  });

  test('may lack times: then the answer tells its date, and the calls keep their order', () => {
    const date = [{ name: 'date', value: 'Sat, 31 Jan 2026 10:00:07 GMT' }];
    const calls = read(
      entry({ startedDateTime: undefined, time: -1, response: { headers: date } }),
      entry({ startedDateTime: 'yesterday', response: null }),
    );
    assert.deepEqual(
      calls.map((call) => [call.at, call.durationMs]),
      [
        [Date.parse('2026-01-31T10:00:07Z'), 0],
        [0, 12.5],
      ],
    );
  });

  test('may list the calls in the order of their ends', () => {
    const calls = read(entry({ startedDateTime: '2026-01-31T10:00:02Z' }), entry({ startedDateTime: '2026-01-31T10:00:01Z' }));
    assert.deepEqual(
      calls.map((call) => new Date(call.at).getUTCSeconds()),
      [1, 2],
    );
  });

  test('may be one entry alone', () => assert.equal(readHar(JSON.stringify(entry()))[0]?.request.url, url));

  test('of the recorder tells what it found out', () => {
    const signatures = { request: { verified: true }, response: { verified: null, encoding: 'base64url' } };
    const [known, unknown] = read(
      entry({ _billetera: { notification: true, masked: true, signatures } }),
      entry({ _billetera: { notification: 'yes' } }),
    );
    assert.deepEqual([known?.notification, known?.isMasked, known?.signatures], [true, true, signatures]);
    assert.deepEqual([unknown?.notification, unknown?.signatures], [false, undefined]);
  });

  test('is refused in one sentence', () => {
    const entries = (...all: unknown[]) => JSON.stringify({ log: { entries: all } });
    assert.equal(refusal(''), 'expected a HAR file, which is JSON: line 1, column 1: the text ends here; expected a value');
    assert.match(refusal('{"log":\n[secret'), /^expected a HAR file, which is JSON: line 2, column 2: expected a value/);
    assert.equal(refusal('{"openapi":"3.1.0"}'), 'expected a HAR file: the JSON has no list log.entries');
    assert.equal(refusal('[]'), 'expected a HAR file: the JSON has no list log.entries');
    assert.equal(refusal(entries()), 'the recording has no HTTP call');
    assert.equal(refusal(entries(entry({ request: { url: 'about:blank' } }))), 'the recording has no HTTP call');
    assert.equal(refusal(entries(entry(), { request: { url } })), 'log.entries.1.request.method: missing; expected a string');
    assert.match(refusal(entries(null)), /^log\.entries\.0: expected an object/);
  });

  test('gives calls or a reason, whatever its fields are', () => {
    const parts = fc.record({ request: fc.record({ headers: anyJson, postData: anyJson }), response: anyJson, time: anyJson });
    fc.assert(
      fc.property(parts, anyJson, ({ request, ...others }, _billetera) => {
        const written = { ...others, request: { method: 'POST', url, ...request }, _billetera };
        assert.equal(read(written).length, 1);
      }),
    );
  });
});
