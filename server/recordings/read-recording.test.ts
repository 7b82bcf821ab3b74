import assert from 'node:assert/strict';
import { mkdirSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { FileError } from '../files/read-file.js';
import { scratchFolder } from '../testing/emulator.js';
import { readHttpFile } from './read-http-file.js';
import { readRecording } from './read-recording.js';

const request = ['POST /v2/a?x=1 HTTP/1.1', 'Host: sandbox.example', 'Client-Id: c1', '', '{"a":1}'];
const answer = ['HTTP/1.1 200 OK', 'Date: Sat, 31 Jan 2026 10:00:07 GMT', 'Signature: s', '', '{"b":2}'];

/** Writes files into a new folder. */
function folderOf(files: Readonly<Record<string, string | Buffer>>): string {
  const folder = scratchFolder();
  for (const [name, content] of Object.entries(files)) writeFileSync(join(folder, name), content);
  return folder;
}

function refusal(path: string): string {
  try {
    readRecording(path);
  } catch (error) {
    assert.ok(error instanceof FileError, String(error));
    return error.message;
  }
  return 'accepted';
}

describe('raw HTTP', () => {
  test('has a request and its answer, with any line ends', () => {
    for (const end of ['\n', '\r\n'])
      assert.deepEqual(
        readHttpFile(Buffer.from([...request, '', ...answer, ''].join(end))),
        [
          {
            at: Date.parse('2026-01-31T10:00:07Z'),
            durationMs: 0,
            request: {
              method: 'POST',
              url: 'https://sandbox.example/v2/a?x=1',
              headers: [
                ['Host', 'sandbox.example'],
                ['Client-Id', 'c1'],
              ],
              body: Buffer.from('{"a":1}'),
            },
            response: {
              status: 200,
              headers: [
                ['Date', 'Sat, 31 Jan 2026 10:00:07 GMT'],
                ['Signature', 's'],
              ],
              body: Buffer.from('{"b":2}'),
            },
            notification: false,
          },
        ],
        JSON.stringify(end),
      );
  });

  test('may be several calls, with comments, whole addresses, and no answer', () => {
    const written = ['# a comment', 'GET http://sandbox.example/a', '', '### another', '', ...request, '', ...answer].join('\n');
    assert.deepEqual(
      readHttpFile(Buffer.from(written)).map(({ request: { method, url }, response }) => [method, url, response?.status]),
      [
        ['GET', 'http://sandbox.example/a', undefined],
        ['POST', 'https://sandbox.example/v2/a?x=1', 200],
      ],
    );
  });

  test('has the bytes that the lengths, the chunks and the compression tell', () => {
    const body = '{\r\n"a": "HTTP/1.1 200 OK"\r\n}\n';
    const sent = ['POST /a HTTP/1.1', 'Host: h', `Content-Length: ${body.length}`, '', body].join('\r\n');
    const zipped = gzipSync('{"é":2}');
    const head = ['HTTP/1.1 200 OK', 'Transfer-Encoding: chunked', 'Content-Encoding: gzip', '', ''].join('\r\n');
    const chunks = [zipped.subarray(0, 9), zipped.subarray(9)].flatMap((chunk) => [
      Buffer.from(`${chunk.length.toString(16)}\r\n`),
      chunk,
      Buffer.from('\r\n'),
    ]);
    const [read] = readHttpFile(Buffer.concat([Buffer.from(`${sent}${head}`), ...chunks, Buffer.from('0\r\n\r\n')]));
    assert.equal(String(read?.request.body), body);
    assert.equal(String(read?.response?.body), '{"é":2}');
  });

  test('gives calls or a reason, whatever it is', () => {
    const piece = fc.constantFrom(
      'POST /a',
      ' HTTP/1.1',
      '\n',
      '\r\n',
      'Host: h',
      'HTTP/1.1 200',
      '###',
      'Transfer-Encoding: chunked',
      'Content-Length: 3',
      '4',
      '0',
      '{}',
      '#',
      ' ',
      '\u00e9',
    );
    const folder = scratchFolder();
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 16 }), (pieces) => {
        const file = join(folder, 'any.http');
        writeFileSync(file, pieces.join(''));
        assert.doesNotMatch(refusal(file), /\n/);
      }),
    );
  });
});

describe('a recording', () => {
  test('is a HAR file, an .http file, or a folder of them, by their names', () => {
    const har = JSON.stringify({ log: { entries: [{ request: { method: 'GET', url: 'http://h/har' } }] } });
    const call = (path: string) => `GET http://h/${path}\n`;
    const folder = folderOf({ 'run.har': har, '10.http': call('ten'), '9.http': call('nine'), 'notes.txt': '' });
    const paths = (name: string) => readRecording(join(folder, name)).map(({ request: { url } }) => url);
    assert.deepEqual(paths('run.har'), ['http://h/har']);
    assert.deepEqual(paths('9.http'), ['http://h/nine']);
    assert.deepEqual(paths(''), ['http://h/nine', 'http://h/ten']);
  });

  test('is refused in one line that names the file', () => {
    const folder = folderOf({
      'empty.har': '',
      'other.har': '{"a":1}',
      'bytes.har': Buffer.from([0xff, 0xfe, 0]),
      'wrong.http': ['POST /a', 'Host h', '', '{}'].join('\n'),
      'answer.http': ['# x', ...request, '', 'HTTP/1.1 200 OK', 'no header'].join('\n'),
      'home.http': 'POST /a\n',
      'none.http': '\n\n',
      'text.http': 'a recording',
      'huge.har': '',
    });
    mkdirSync(join(folder, 'none'));
    truncateSync(join(folder, 'huge.har'), 200 * 1024 * 1024);
    for (const [name, problem] of [
      ['missing.har', 'the file does not exist'],
      ['empty.har', 'expected a HAR file, which is JSON: line 1, column 1: the text ends here; expected a value'],
      ['other.har', 'expected a HAR file: the JSON has no list log.entries'],
      ['bytes.har', 'expected UTF-8, but this file is UTF-16; save the file as UTF-8'],
      ['huge.har', 'expected a file of at most 64 MB, but it has 200 MB'],
      ['wrong.http', 'line 2 is no header: expected "Name: value", and a blank line before the body; found Host h'],
      ['answer.http', 'line 9 is no header: expected "Name: value", and a blank line before the body; found no header'],
      ['home.http', 'the request line has a path, and no header Host says which server it was sent to'],
      ['none.http', 'the recording has no HTTP call'],
      ['text.http', 'expected a request line such as "POST /v2/… HTTP/1.1", found a recording'],
      ['none', 'expected files that end in .http, but the folder has none'],
    ] as const)
      assert.equal(refusal(join(folder, name)), `${join(folder, name)}: ${problem}`);
  });

  test('of a folder has at most 64 MB', () => {
    const folder = folderOf({ 'a.http': '', 'b.http': '' });
    for (const name of ['a.http', 'b.http']) truncateSync(join(folder, name), 40 * 1024 * 1024);
    assert.equal(refusal(folder), `${folder}: expected at most 64 MB in all files, but they have 80 MB`);
  });
});
