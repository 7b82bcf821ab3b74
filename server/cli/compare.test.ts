import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { packageRoot } from '../package-root.js';
import type { Exchange } from '../recordings/exchange.js';
import { Mask } from '../recordings/mask/mask.js';
import { maskExchange } from '../recordings/mask/mask-exchange.js';
import { harEntry, harFrame } from '../recordings/write-har.js';
import { DialectWorld } from '../testing/dialects/dialect-world.js';
import { dialectOf } from '../testing/dialects/dialects.js';
import { emulatorForFile, scratchFolder } from '../testing/emulator.js';
import { platformPublicKey } from '../testing/merchant.js';
import { recordRun } from '../testing/recorded-run.js';
import { harOf } from '../testing/write-har.js';
import { readAcceptedFile } from './accepted-file.js';

const main = join(packageRoot, 'dist', 'bin', 'main.js');
const folder = scratchFolder();
const emulator = await emulatorForFile();
const world = await DialectWorld.open(emulator, dialectOf('gcash'));
const recording = await recordRun(world);

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

  test('says in a note that the bytes of a masked recording are not those that were signed', async () => {
    const mask = new Mask({ words: () => new Set(), host: 'sandbox.example' });
    const entries = recording.map((exchange) => harEntry(maskExchange(exchange, mask)));
    const { head, tail } = harFrame('1.0.0');
    const masked = fileOf('masked.har', head + entries.join(',\n') + tail);
    const key = fileOf('platform.pem', String(platformPublicKey.export({ type: 'spki', format: 'pem' })));
    const { out } = await run(masked, '--wallet', 'gcash', '--platform-public-key', key);
    assert.match(out, /\nnote: the recorder replaced values in this file, and had no key that verified a signature, /);
    assert.doesNotMatch(out, /signature-unverified/);
    assert.doesNotMatch((await run(masked, '--wallet', 'gcash')).out, /note: /);
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
    [[har, '--scopes', 'USER_ID, NOPE'], /--scopes NOPE: \S+ has no such scope; expected one of \S*USER_ID/],
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

describe('compare --accept', () => {
  const har = fileOf('known.har', harOf(drifted()));
  const entry = { code: 'header-extra', place: 'wallet-node', why: 'the gateway of the sandbox adds it' };
  const compareWith = (content: unknown, ...args: string[]) =>
    run(har, '--wallet', 'gcash', '--accept', fileOf('known.json', JSON.stringify(content)), ...args);

  test('prints the accepted differences apart, and ends with 0', async () => {
    const { status, out, err } = await compareWith([entry]);
    assert.deepEqual({ status, err }, { status: 0, err: '' });
    const lines = out.split('\n');
    assert.match(lines[0] ?? '', /known\.har: \d+ calls compared with gcash: 1 accepted, no other differences$/);
    assert.deepEqual(lines.slice(1), [
      '',
      `accepted by ${join(folder, 'known.json')}`,
      '  header-extra: the platform sends the header wallet-node, which the emulator does not send: n7',
      '      why: the gateway of the sandbox adds it',
      '',
    ]);
  });

  test('ends with 1 if something else differs', async () => {
    const { status, out } = await compareWith([{ ...entry, place: 'x-node' }]);
    assert.equal(status, 1);
    assert.match(out, /: 1 difference\n\nall operations\n {2}header-extra: /);
  });

  test('says which entries are no longer needed', async () => {
    const old = { code: 'lifetime', operation: 'applyToken', place: 'accessToken', platform: 'PT1H', why: 'an old sandbox' };
    const { status, out } = await compareWith([entry, old]);
    assert.equal(status, 0);
    assert.ok(
      out.endsWith(
        `\n\nno longer in the recording; remove from ${join(folder, 'known.json')}\n  lifetime, applyToken, accessToken, PT1H\n`,
      ),
      out,
    );
    const { differences, accepted, gone } = JSON.parse((await compareWith([entry, old], '--json')).out);
    assert.deepEqual(
      [differences, accepted.map(({ code, why }: typeof entry) => ({ code, why })), gone],
      [[], [{ code: entry.code, why: entry.why }], [old]],
    );
  });

  test('reads YAML, and names the line of each mistake', async () => {
    const yaml = fileOf('known.yaml', '- code: header-extra\n  why: the gateway adds it\n');
    assert.equal((await run(har, '--wallet', 'gcash', '--accept', yaml)).status, 0);
    const wrong = fileOf(
      'wrong.yaml',
      '- code: header-new\n  why: x\n- code: lifetime\n- code: lifetime\n  operation: aplyToken\n  why: x\n',
    );
    const { status, out, err } = await run(har, '--wallet', 'gcash', '--accept', wrong);
    assert.deepEqual({ status, out }, { status: 2, out: '' });
    const lines = err.trimEnd().split('\n');
    assert.equal(lines.length, 3, err);
    assert.match(lines[0] ?? '', /wrong\.yaml: line 1, column 9: \[0\]\.code: expected one of path-unknown, /);
    assert.match(lines[1] ?? '', /wrong\.yaml: line 3, column 3: \[1\]\.why: missing; expected a string/);
    assert.match(lines[2] ?? '', /wrong\.yaml: line 5, column 14: \[2\]\.operation: expected one of .*applyToken/);
  });

  for (const [content, problem] of [
    [undefined, /absent\.json: the file does not exist; compare with --write-accepted \S+ writes it for the first time$/],
    ['{', /bad\.json: expected JSON: line 1, column 2: /],
    ['{"code":"lifetime"}', /bad\.json: expected a list of differences, such as \[\{ "code": "header-extra", /],
    ['[{"code":"lifetime","why":""}]', /bad\.json: \[0\]\.why: expected a string/],
    [
      '[{"code":"lifetime","why":"x","plaace":"y"}]',
      /bad\.json: \[0\]: unknown field "plaace"; allowed: code, operation, place, /,
    ],
    ['["lifetime"]', /bad\.json: \[0\]: expected an object$/],
  ] as const)
    test(`names what is wrong with the file: ${problem.source}`, () => {
      const path = content === undefined ? join(folder, 'absent.json') : fileOf('bad.json', content);
      assert.throws(
        () => readAcceptedFile(path, emulator.tenants.get(world.tenant).profile),
        ({ message }: Error) => {
          assert.doesNotMatch(message, /\n/);
          assert.match(message, problem);
          return true;
        },
      );
    });

  test('--write-accepted writes the file for the first time, and keeps the reasons of --accept', async () => {
    const path = join(folder, 'ci', 'accepted.json');
    const first = await run(har, '--wallet', 'gcash', '--write-accepted', path);
    assert.deepEqual({ status: first.status, err: first.err }, { status: 0, err: '' });
    assert.match(
      first.out,
      /\nwrote \S+accepted\.json: it accepts 1 difference; write the reasons into it\nnext: compare with --accept \S+\n$/,
    );
    const [written, ...more] = JSON.parse(readFileSync(path, 'utf8'));
    assert.deepEqual([{ ...written, why: '' }, more], [{ code: 'header-extra', place: 'wallet-node', why: '' }, []]);
    assert.match(written.why, /^accepted on \d{4}-\d\d-\d\d; write the reason here$/);
    assert.equal((await run(har, '--wallet', 'gcash', '--accept', path)).status, 0);

    const again = await run(har, '--wallet', 'gcash', '--write-accepted', path);
    assert.equal(again.status, 2);
    assert.match(again.err, /accepted\.json: the file exists already; choose another name, or delete it first\n$/);
    rmSync(path);
    await compareWith([entry], '--write-accepted', path);
    assert.deepEqual(JSON.parse(readFileSync(path, 'utf8')), [entry]);
  });
});

test('wrong flags and a wrong configuration end with 2 too, because 1 says that something differs', async () => {
  const config = fileOf('billetera.config.json', '{"prot":1}');
  for (const args of [['--nope'], [], ['a.har', 'b.har'], ['a.har', '--config', config]]) {
    const { status, err } = await run(...args);
    assert.equal(status, 2, err);
  }
  assert.equal((await run('--help')).status, 0);
});
