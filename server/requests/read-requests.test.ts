import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { TextError } from '../texts/text-error.js';
import { readRequests } from './read-requests.js';
import { shellWords } from './shell-words.js';

const body = '{"a": "it’s \\"x\\"", "b": [1,2]}';
const headers = { 'Client-Id': 'c1', 'Request-Time': '2026-01-31T10:00:00Z', Signature: 'algorithm=RSA256, signature=abc%3D%3D' };
const request = { method: 'POST', target: 'https://wallet.example/v2/a?x=1', headers, body };

function refusal(written: string): string {
  try {
    readRequests(written);
  } catch (error) {
    assert.ok(error instanceof TextError, String(error));
    return error.message;
  }
  return 'accepted';
}

describe('a curl command', () => {
  test('has its parts in any form', () => {
    const given = Object.entries(headers).map(([name, value]) => `-H '${name}: ${value}'`);
    const escaped = JSON.stringify(body).slice(1, -1).replaceAll("'", "\\'");
    for (const command of [
      `curl -sS -X POST '${request.target}' \\\n  ${given.join(' \\\n  ')} \\\n  --data-binary '${body}'`,
      `curl ${request.target} ${given.join(' ')} --data-raw '${body}'`,
      `$ curl.exe -XPOST --url "${request.target}" ${given.join(' ')} -d '${body}' -o out.json --compressed | jq .`,
      `# a comment\ncurl ${request.target} ${given.join(' ').replaceAll("-H '", "--header '")} --data $'${escaped}'\necho done`,
    ])
      assert.deepEqual(readRequests(command), [request], command);
  });

  test('with --json has its content type', () => {
    const [read] = readRequests(`curl --json '{"a":1}' http://h/p`);
    assert.deepEqual(read, {
      method: 'POST',
      target: 'http://h/p',
      headers: { 'Content-Type': 'application/json' },
      body: '{"a":1}',
    });
  });

  for (const [command, expected] of [
    ['curl http://h/p -d @body.json', /--data @body\.json reads a file/],
    ['curl http://h/p \\\n -H "Client-Id: $CLIENT"', /^line 2: the text does not have the value of \$CLIENT/],
    ['curl http://h/p -H "Request-Time: $(date)"', /line 1: .* \$\(date\)/],
    ["curl http://h/p -d '{}", /line 1: the quote ' is not closed/],
    ['curl http://h/p -F a=b', /the option -F is not supported/],
    ['curl http://h/p -G', /the option -G is not supported/],
    ['curl -H', /the option -H has no value/],
    ["curl -d '{}'", /the command has no address/],
    ['curl ^"http://h/p^" -d ^"{}^"', /written for cmd\.exe/],
  ] as const)
    test(`is refused with a reason: ${command}`, () => assert.match(refusal(command), expected));

  test('has the words that were quoted', () => {
    const word = fc.string({
      unit: fc.constantFrom('a', ' ', '"', "'", '\\', '$', '\n', 'é', '{', '&', '#'),
      minLength: 1,
      maxLength: 12,
    });
    const quote = (text: string) => `'${text.replaceAll("'", String.raw`'\''`)}'`;
    fc.assert(
      fc.property(fc.array(word, { minLength: 1, maxLength: 4 }), (words) => {
        assert.deepEqual(shellWords(words.map(quote).join(' ')), words);
      }),
    );
  });

  test('has the words that a shell gives', { skip: process.platform === 'win32' && 'needs a Unix shell' }, () => {
    const commands = [String.raw`"a\"b\\c\d" e\ f 'g'"h"i`, '"line\\\nend" x\\\ny # no comment', String.raw`"\$HOME" a#b`];
    for (const command of commands) {
      const printed = execFileSync('sh', ['-c', `printf '%s\\0' ${command}`], { encoding: 'utf8' });
      assert.deepEqual(shellWords(command.replace(/ # .*/, '')), printed.split('\0').slice(0, -1), command);
    }
  });
});

describe('raw HTTP', () => {
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}`);

  test('has a request line, headers and a body', () => {
    const written = [`POST ${request.target} HTTP/1.1`, ...lines, '', body];
    for (const end of ['\n', '\r\n']) assert.deepEqual(readRequests(written.join(end)), [request]);
  });

  test('may lack the request line, or the blank line', () => {
    const { target: _, ...withoutTarget } = request;
    assert.deepEqual(readRequests([...lines, '', body].join('\n')), [withoutTarget]);
    assert.deepEqual(readRequests([...lines, body].join('\n')), [withoutTarget]);
  });

  test('has the line ends that Content-Length tells', () => {
    for (const sent of ['{\r\n  "a": 1\r\n}', '{\n"a": 1\n}\n', '{"a":\n1}']) {
      const written = ['POST /v2/a', `Content-Length: ${Buffer.byteLength(sent)}`, '', sent].join('\n');
      assert.equal(readRequests(written)[0]?.body, sent);
    }
  });

  test('is refused with the line of a broken header', () => {
    assert.match(refusal('POST /v2/a\nClient-Id c1\n\n{}'), /^line 2 is no header.*found Client-Id c1/);
    assert.match(refusal(' \n '), /the text is empty/);
  });
});

describe('a HAR file', () => {
  const entry = (name: string) => ({
    request: { method: 'POST', url: request.target, headers: [{ name, value: 'x' }], postData: { mimeType: 'x', text: body } },
  });

  test('has the requests that have a signature', () => {
    const har = { log: { version: '1.2', entries: [entry('Accept'), entry('signature')] } };
    assert.deepEqual(readRequests(JSON.stringify(har)), [{ ...request, headers: { signature: 'x' } }]);
    assert.equal(readRequests(JSON.stringify(entry('Signature')))[0]?.body, body);
  });

  test('is refused with a reason', () => {
    assert.match(refusal('{"a":1}'), /is not a HAR file/);
    assert.match(refusal('{"log":'), /not valid JSON/);
    assert.match(refusal(JSON.stringify({ log: { entries: [entry('Accept')] } })), /none of the 1 requests/);
    const many = { log: { entries: Array.from({ length: 201 }, () => entry('Signature')) } };
    assert.match(refusal(JSON.stringify(many)), /201 requests have a signature: expected at most 200/);
  });
});

test('any text gives requests or a reason', () => {
  const piece = fc.constantFrom(
    'curl ',
    'POST /a',
    '\n',
    '-H ',
    "'",
    '"',
    '$',
    "$'",
    '\\',
    'a: b',
    '{',
    '}',
    '@x',
    '-d',
    '--',
    ' ',
    '\r\n',
    '^"',
  );
  fc.assert(
    fc.property(
      fc.oneof(
        fc.string(),
        fc.array(piece).map((pieces) => pieces.join('')),
      ),
      (written) => {
        try {
          assert.ok(readRequests(written).length > 0);
        } catch (error) {
          assert.ok(error instanceof TextError, `${JSON.stringify(written)}: ${error}`);
        }
      },
    ),
  );
});
