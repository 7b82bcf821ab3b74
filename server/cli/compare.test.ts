import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { packageRoot } from '../package-root.js';
import type { Exchange } from '../recordings/exchange.js';
import { DialectWorld } from '../testing/dialects/dialect-world.js';
import { dialectOf } from '../testing/dialects/dialects.js';
import { emulatorForFile, scratchFolder } from '../testing/emulator.js';
import { recordRun } from '../testing/recorded-run.js';
import { harOf } from '../testing/write-har.js';

const main = join(packageRoot, 'dist', 'bin', 'main.js');
const folder = scratchFolder();
const recording = await recordRun(await DialectWorld.open(await emulatorForFile(), dialectOf('gcash')));

function run(...args: string[]): Promise<{ status: number; out: string; err: string }> {
  return new Promise((resolve) => {
    const child = execFile(process.execPath, [main, 'compare', ...args], (_error, out, err) =>
      resolve({ status: child.exitCode ?? -1, out, err }),
    );
  });
}

function fileOf(name: string, content: string): string {
  writeFileSync(join(folder, name), content);
  return join(folder, name);
}

/** An exchange as raw HTTP. */
function rawHttp({ request, response }: Exchange): string {
  const lines = (headers: Exchange['request']['headers']) => headers.map(([name, value]) => `${name}: ${value}\r\n`).join('');
  const { pathname } = new URL(request.url);
  const sent = `POST ${pathname} HTTP/1.1\r\nHost: sandbox.example\r\n${lines(request.headers)}\r\n${request.body}`;
  return `${sent}\r\n\r\nHTTP/1.1 200 OK\r\n${lines(response?.headers ?? [])}\r\n${response?.body}`;
}

/** The same recording, in which each answer has one more header. */
function drifted(): Exchange[] {
  return recording.map((exchange) => {
    const { response } = exchange;
    if (response === undefined) return exchange;
    return { ...exchange, response: { ...response, headers: [...response.headers, ['Wallet-Node', 'n7']] } };
  });
}

describe('compare', () => {
  const har = fileOf('same.har', harOf(recording));

  test('ends with 0 if nothing differs', async () => {
    const { status, out, err } = await run(har, '--wallet', 'gcash');
    assert.deepEqual({ status, err }, { status: 0, err: '' });
    assert.match(out, /same\.har: \d+ calls compared with gcash: no differences\n$/);
  });

  test('reads a folder of raw exchanges, and says what it left out', async () => {
    const raw = join(folder, 'raw');
    mkdirSync(raw);
    for (const [index, exchange] of recording.entries()) writeFileSync(join(raw, `${index}.http`), rawHttp(exchange));
    writeFileSync(join(raw, '999.http'), 'GET /index.html HTTP/1.1\nHost: shop.example\n\n\nHTTP/1.1 200 OK\n\nhello');
    const { status, out } = await run(raw, '--wallet', 'gcash');
    assert.match(out, new RegExp(`${recording.length} calls compared with gcash \\(1 other call left out\\): no differences\n$`));
    assert.equal(status, 0);
  });

  test('ends with 1 if something differs, and groups it by operation', async () => {
    const { status, out } = await run(fileOf('drift.har', harOf(drifted())), '--wallet', 'gcash');
    assert.equal(status, 1);
    const lines = out.split('\n');
    assert.match(lines[0] ?? '', /: 1 difference$/);
    assert.deepEqual(lines.slice(1), [
      '',
      'all operations',
      '  header-extra: the platform sends the header wallet-node, which the emulator does not send: n7',
      `      in call 1: POST /v1/authorizations/applyToken, and in ${recording.length - 1} other calls`,
      '',
    ]);
  });

  test('prints JSON', async () => {
    const { status, out } = await run(join(folder, 'drift.har'), '--wallet', 'gcash', '--json');
    const { recording: file, wallet, calls, ignored, differences } = JSON.parse(out);
    assert.deepEqual(
      { status, file, wallet, calls, ignored },
      { status: 1, file: join(folder, 'drift.har'), wallet: 'gcash', calls: recording.length, ignored: 0 },
    );
    const [{ exchanges, ...difference }] = differences;
    assert.deepEqual(exchanges, [...recording.keys()]);
    assert.deepEqual(difference, {
      code: 'header-extra',
      place: 'wallet-node',
      platform: 'n7',
      sentence: 'the platform sends the header wallet-node, which the emulator does not send: n7',
    });
  });

  for (const [args, problem] of [
    [[har, '--scopes', 'USER_ID, NOPE'], /--scopes NOPE: \S+ has no such scope; expected some of \S*USER_ID/],
    [['missing.har'], /missing\.har: the file does not exist$/],
    [[fileOf('empty.har', '')], /empty\.har: expected a HAR file/],
    [[har, '--wallet', 'no-such-wallet'], /unknown wallet "no-such-wallet": expected one of /],
    [[har, '--platform-public-key', fileOf('key.pem', 'no key')], /key\.pem: expected /],
    [
      [fileOf('page.har', '{"log":{"entries":[{"request":{"method":"GET","url":"https://shop.example/a","headers":[]}}]}}')],
      /page\.har: no call of this recording looks like a call to platform-v2, such as POST \/v2\/\S+: .*GET shop\.example\/a$/,
    ],
    [
      [
        fileOf(
          'down.har',
          '{"log":{"entries":[{"request":{"method":"POST","url":"https://pay.example/v2/authorizations/applyToken","headers":[]}}]}}',
        ),
      ],
      /down\.har: the platform answered none of the 1 calls to a wallet in this recording: record again/,
    ],
  ] as const)
    test(`ends with 2 and one line: ${problem.source}`, async () => {
      const { status, out, err } = await run(...args);
      assert.deepEqual({ status, out }, { status: 2, out: '' });
      assert.match(err, /^billetera: [^\n]+\n$/);
      assert.match(err.trimEnd(), problem);
    });
});
