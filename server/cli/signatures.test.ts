import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { describe, test } from 'node:test';
import { packageRoot } from '../package-root.js';
import { aurora, emulatorForFile, faro, newWorld, scratchFolder } from '../testing/emulator.js';
import { Tester } from '../testing/tester.js';

const main = join(packageRoot, 'dist', 'bin', 'main.js');
const emulator = await emulatorForFile();
const folder = scratchFolder();
const path = '/v2/authorizations/applyToken';
const body = '{"grantType":"AUTHORIZATION_CODE","authCode":"it’s"}';

async function run(args: string[], input = '') {
  const child = spawn(process.execPath, [main, ...args], { stdio: ['pipe', 'pipe', 'pipe'] });
  child.stdin.end(input);
  const [out, err, [status]] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'close')]);
  return { out, err, status };
}

function newUrl(): { url: string; tester: Tester } {
  const { tenant } = newWorld(emulator);
  return { url: `${emulator.url}/t/${tenant.name}`, tester: new Tester(emulator, tenant.name) };
}

describe('sign', () => {
  test('prints a curl command, which verify accepts, each with an emulator of its own', async () => {
    const signed = await run(['sign', '--path', path, '--body', body]);
    assert.equal(signed.status, 0, signed.err);
    assert.match(signed.out, new RegExp(`^curl -sS -X POST 'http://127.0.0.1:4010${path}' `));
    const verified = await run(['verify'], signed.out);
    assert.equal(verified.out, `POST ${path}, client ${aurora.clientId}: the signature verifies\n`, verified.err);
    assert.equal(verified.status, 0);
  });

  test('signs a request again, and keeps its other headers', async () => {
    const { url, tester } = newUrl();
    await tester.put('/clock', { now: '2031-05-06T07:08:09Z', frozen: true });
    const file = join(folder, 'request.txt');
    writeFileSync(
      file,
      `POST ${path}\nclient-id: ${aurora.clientId}\nRequest-Time: old\nAgent-Token: kept\nHost: elsewhere\n\n${body}`,
    );
    const { out, err } = await run(['sign', file, '--url', url, '--json']);
    const call = JSON.parse(out || err);
    assert.deepEqual([call.method, call.url, call.body], ['POST', url + path, body]);
    const { Signature, 'Request-Id': _, ...headers } = call.headers;
    assert.deepEqual(headers, {
      'Content-Type': 'application/json; charset=UTF-8',
      'Client-Id': aurora.clientId,
      'Request-Time': '2031-05-06T07:08:09+00:00',
      'Agent-Token': 'kept',
    });
    const explained = await tester.post('/signatures/explain', { path, headers: call.headers, body });
    assert.equal(explained.body.verified, true);
    const printed = await run(['sign', file, '--url', url, '--headers']);
    assert.match(
      printed.out,
      /^Content-Type: .*\nClient-Id: .*\nRequest-Time: .*\nRequest-Id: .*\nSignature: .*\nAgent-Token: kept\n$/,
    );
  });

  test('writes the time and the headers of the wallet', async () => {
    const { url, tester } = newUrl();
    await tester.put('/clock', { now: '2031-05-06T07:08:09Z', frozen: true });
    await tester.put('/settings', { wallet: 'toka' });
    const { out, err } = await run(['sign', '--path', path, '--body', body, '--url', url, '--json']);
    const { headers } = JSON.parse(out || err);
    assert.equal(headers['Request-Time'], String(Date.UTC(2031, 4, 6, 7, 8, 9)));
    assert.match(headers['Request-Id'], /^[0-9a-f-]{36}$/);
    assert.match(headers.Signature, /^algorithm=SHA256withRSA, /);
    const explained = await tester.post('/signatures/explain', { path, headers, body });
    assert.equal(explained.body.verified, true);
  });

  test('signs with the key of another client, and refuses a key that is not its own', async () => {
    const { url, tester } = newUrl();
    const key = join(packageRoot, 'fixtures', 'keys', 'demo-merchant-2.private.pem');
    const as = ['sign', '--path', path, '--body', body, '--url', url, '--client-id'];
    const { out } = await run([...as, faro.clientId, '--key', key, '--json']);
    const { headers } = JSON.parse(out);
    assert.equal((await tester.post('/signatures/explain', { path, headers, body })).body.verified, true);
    const refusals: [string[], RegExp][] = [
      [
        [faro.clientId],
        /^billetera: no private key of the client \d+ is known: [^\n]*; name its private key with --key <file>\n$/,
      ],
      [
        [aurora.clientId, '--key', key],
        /^billetera: --key: expected the private key of the client \d+, but its publicKey belongs to another key\n$/,
      ],
      [[aurora.clientId, '--key', main], /^billetera: .*main\.js: expected /],
      [[aurora.clientId, '--key', 'missing.pem'], /^billetera: missing\.pem: /],
    ];
    for (const [args, message] of refusals) {
      const { status, err } = await run([...as, ...args]);
      assert.match(err, message);
      assert.equal(status, 1);
    }
  });

  test('refuses flags that do not fit together', async () => {
    for (const [args, message] of [
      [['--path', path, 'file'], /^billetera: expected a file or --path, not both\n$/],
      [['--path', 'v2'], /^billetera: --path v2: expected a path, such as /],
      [['--body', '{}'], /^billetera: --method and --body need --path\n$/],
      [[], /^billetera: standard input is empty: expected a request/],
    ] as const) {
      const { status, err } = await run(['sign', ...args]);
      assert.match(err, message);
      assert.equal(status, 1);
    }
  });
});

describe('verify', () => {
  const time = '2030-01-01T00:00:00Z';
  const written = (content: string) => {
    const signature = newWorld(emulator).aurora.signature(path, Buffer.from(body), { time, content: () => content });
    return `POST ${path}\nClient-Id: ${aurora.clientId}\nRequest-Time: ${time}\nSignature: algorithm=RSA256, keyVersion=1, signature=${signature}\n\n${body}`;
  };

  test('says the mistake, both contents, and marks the first byte that differs', async () => {
    const { url } = newUrl();
    const signed = `POST ${path}\n${aurora.clientId}.2030-01-01T00:00:01Z.${body}`;
    const { status, out } = await run(['verify', '--url', url], written(signed));
    assert.equal(status, 1);
    const lines = out.split('\n');
    assert.equal(lines[0], `POST ${path}, client ${aurora.clientId}: the signature does not verify`);
    assert.match(lines[1] ?? '', /^time-mismatch: /);
    assert.ok(out.includes(`signed content:  ${JSON.stringify(signed)}`), out);
    const [expected = '', found = '', mark = ''] = lines.slice(lines.findIndex((line) => line.startsWith('  expected')));
    assert.ok(out.includes(`the first difference is byte ${signed.indexOf('1Z.') + 1}:`), out);
    assert.deepEqual([expected[mark.indexOf('^')], found[mark.indexOf('^')]], ['0', '1']);
  });

  test('prints the answer of the control API as JSON, and escapes a byte-order mark in the text', async () => {
    const { url, tester } = newUrl();
    const request = written(`\ufeffPOST ${path}\n${aurora.clientId}.${time}.${body}`);
    const { out, status } = await run(['verify', '--url', url, '--json'], request);
    assert.deepEqual([JSON.parse(out), status], [(await tester.post('/signatures/explain', { text: request })).body, 1]);
    assert.match((await run(['verify', '--url', url], request)).out, /signed {4}\\ufeffPOST \/v2/);
  });

  test('says in one line what it cannot read', async () => {
    const { url } = newUrl();
    for (const [input, message] of [
      ['', /^billetera: standard input is empty: expected a request/],
      ['curl http://h/p -d @body.json', /^billetera: standard input: --data @body\.json reads a file/],
      ['POST /v2/a\nAccept: x\n\n{}', /^billetera: standard input: headers\.Client-Id: /],
    ] as const) {
      const { status, err } = await run(['verify', '--url', url], input);
      assert.match(err, message);
      assert.equal(status, 1);
    }
    assert.match((await run(['verify', 'missing.txt'])).err, /^billetera: missing\.txt: /);
  });
});
