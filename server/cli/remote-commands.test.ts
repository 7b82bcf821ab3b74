import assert from 'node:assert/strict';
import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { describe, test } from 'node:test';
import { Command } from 'commander';
import { filterFields } from '../control/journal-entries.js';
import { packageRoot } from '../package-root.js';
import { emulatorForFile, newWorld, scratchFolder } from '../testing/emulator.js';
import { Tester } from '../testing/tester.js';
import { addJournalFlags } from './journal.js';

const main = join(packageRoot, 'dist', 'bin', 'main.js');
const emulator = await emulatorForFile();
const folder = scratchFolder();

/** Runs a command with the address of an emulator in BILLETERA_URL. */
function run(url: string, ...args: string[]): Promise<{ status: number; out: string; err: string }> {
  return new Promise((resolve) => {
    const child = execFile(process.execPath, [main, ...args], { env: envFor(url) }, (_error, out, err) =>
      resolve({ status: child.exitCode ?? -1, out, err }),
    );
  });
}

const envFor = (url: string) => ({ ...process.env, BILLETERA_URL: url });

async function worldWithCalls() {
  const world = newWorld(emulator);
  const url = `${emulator.url}/t/${world.tenant.name}`;
  const { accessToken } = await world.tokens();
  await world.userInfo('nothing');
  return { world, url, accessToken };
}

describe('journal', () => {
  test('prints the calls, the newest last, with the reasons', async () => {
    const { url } = await worldWithCalls();
    const { status, out } = await run(url, 'journal');
    assert.equal(status, 0);
    const lines = out.trimEnd().split('\n');
    assert.equal(lines.length, 2);
    assert.match(
      lines[0] ?? '',
      /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.\d{3} {2}1 {2}POST \/v2\/authorizations\/applyToken {2}SUCCESS: /,
    );
    assert.match(lines[1] ?? '', /inquiryUserInfo {2}INVALID_ACCESS_TOKEN: accessToken not… does not exist/);
  });

  test('takes the filters of the control API, and prints its answers as JSON and HAR', async () => {
    const { world, url, accessToken } = await worldWithCalls();
    const tester = new Tester(emulator, world.tenant.name);
    const json = JSON.parse((await run('', 'journal', '--url', url, '--json', '--result-code', 'SUCCESS')).out);
    assert.deepEqual(json, (await tester.get('/journal?resultCode=SUCCESS')).body);
    assert.equal(json.entries.length, 1);
    const har = await run(url, 'journal', '--har', '--operation', 'inquiryUserInfo', '--limit', '1');
    assert.deepEqual(
      JSON.parse(har.out).log.entries.map((entry: { _operation: string }) => entry._operation),
      ['inquiryUserInfo'],
    );
    assert.ok(!har.out.includes(accessToken));
  });

  test('prints control characters of calls in a form that a terminal does not obey', async () => {
    const world = newWorld(emulator);
    const grantType = '\x1b]0;t\x07\x1b[31m\nfake line\x9b1m\u202e';
    await world.aurora.call('/v2/authorizations/applyToken', { grantType });
    const url = `${emulator.url}/t/${world.tenant.name}`;
    for (const format of [[], ['--json'], ['--har']]) {
      const { out } = await run(url, 'journal', ...format);
      assert.doesNotMatch(out, /(?!\n)[\p{Cc}\p{Bidi_Control}]/u);
      assert.match(out, /fake line/);
      if (format.length === 0) assert.equal(out.trimEnd().split('\n').length, 1);
    }
  });

  test('has a flag for each filter of the control API', () => {
    for (const name of Object.keys(filterFields)) {
      const flag = `--${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
      const command = addJournalFlags(new Command()).exitOverride().parse(['node', 'journal', flag, 'value']);
      assert.equal(command.opts()[name], 'value', flag);
    }
  });

  test('--follow prints what is there, then each new call', async () => {
    const { world, url } = await worldWithCalls();
    const child = spawn(process.execPath, [main, 'journal', '--follow', '--operation', 'applyToken'], { env: envFor(url) });
    const lines = createInterface(child.stdout)[Symbol.asyncIterator]();
    const next = async () => (await lines.next()).value;
    const newest = () => world.tenant.journal.list({ operation: 'applyToken' }, 1)[0]?.id;
    assert.match(await next(), new RegExp(` ${newest()} {2}POST .*SUCCESS`));
    await world.userInfo('nothing');
    await world.tokens();
    assert.match(await next(), new RegExp(` ${newest()} {2}POST .*applyToken {2}SUCCESS`));
    child.kill();
    await once(child, 'exit');
  });

  test('a wrong value or combination is one line that names it', async () => {
    const { url } = await worldWithCalls();
    for (const [args, message] of [
      [['--kind', 'odd'], /^billetera: --kind odd: expected one of openapi, /],
      [['--limit', 'many'], /^billetera: --limit many: expected a whole number/],
      [['--since', 'yesterday'], /^billetera: --since yesterday: expected a string: an ISO 8601 time/],
      [['--har', '--follow'], /^billetera: --har cannot be combined with --follow\n$/],
      [['--har', '--json'], /^billetera: --har cannot be combined with --json\n$/],
      [['--url', 'nowhere'], /^billetera: --url nowhere: expected the address of an emulator/],
      [['--url', 'http://127.0.0.1:9'], /^billetera: no emulator is running at http:\/\/127\.0\.0\.1:9/],
      [['--colour', 'red'], /^billetera: unknown option '--colour'\nbilletera: see "billetera journal --help" /],
    ] as const) {
      const { status, out, err } = await run(url, 'journal', ...args);
      assert.equal(status, 1);
      assert.equal(out, '');
      assert.match(err, message);
    }
  });

  test('without calls it says so, and prints nothing', async () => {
    const url = `${emulator.url}/t/nobody`;
    for (const [args, err] of [
      [[], 'billetera: no calls yet\n'],
      [['--result-code', 'NOPE'], 'billetera: no calls match\n'],
    ] as const)
      assert.deepEqual(await run(url, 'journal', ...args), { status: 0, out: '', err });
  });

  test('a HAR file and a report without calls name the usual cause', async () => {
    const url = `${emulator.url}/t/nobody`;
    const har = await run(url, 'journal', '--har');
    assert.deepEqual(JSON.parse(har.out).log.entries, []);
    const report = await run(url, 'report', 'save', join(folder, 'empty.json'));
    for (const { status, err } of [har, report]) {
      assert.equal(status, 0);
      assert.equal(
        err,
        `billetera: 0 calls at ${url}; each test of billetera/playwright has its own tenant: pass its wallet.url as --url\n`,
      );
    }
    assert.equal((await run(url, 'journal', '--har', '--result-code', 'NOPE')).err, 'billetera: no calls match\n');
  });

  test('sends the control token', async () => {
    const { url } = await emulatorForFile({ controlToken: 'a-secret-of-the-team' });
    assert.match((await run(url, 'journal')).err, /the control token is missing/);
    assert.equal((await run(url, 'journal', '--control-token', 'a-secret-of-the-team')).status, 0);
  });
});

describe('snapshot', () => {
  test('save and load carry the state from one tenant to another, with its tokens', async () => {
    const { url, accessToken } = await worldWithCalls();
    const file = join(folder, 'state.json');
    const saved = await run(url, 'snapshot', 'save', file);
    assert.equal(saved.status, 0, saved.err);
    assert.match(saved.out, /^saved the state of .* to .*state\.json: it has whole tokens, and not the journal\n$/);
    // Windows has no such modes.
    if (process.platform !== 'win32') assert.equal(statSync(file).mode & 0o077, 0, 'only the owner can read it');
    const other = await emulatorForFile();
    const loaded = await run(other.url, 'snapshot', 'load', file);
    assert.equal(loaded.status, 0, loaded.err);
    const tokens = (await new Tester(other, 'default').get('/tokens')).body.tokens;
    assert.equal(tokens[0].accessToken, accessToken);
  });

  test('a file that cannot be read, or has no snapshot, is named; nothing changes', async () => {
    const { url, world } = await worldWithCalls();
    const wrong = join(folder, 'wrong.json');
    writeFileSync(wrong, '{ "version": 1 }');
    const broken = join(folder, 'broken.json');
    writeFileSync(broken, '{');
    const tokens = async () => (await new Tester(emulator, world.tenant.name).get('/tokens')).body;
    const before = await tokens();
    const report = join(folder, 'a-report.json');
    writeFileSync(report, '{"report":1}');
    assert.match((await run(url, 'snapshot', 'load', report)).err, /a-report\.json: this is a report, not a snapshot; /);
    for (const file of [wrong, broken, join(folder, 'none.json')]) {
      const { status, err } = await run(url, 'snapshot', 'load', file);
      assert.equal(status, 1);
      assert.ok(err.startsWith(`billetera: ${file}: `), err);
      assert.equal(err.trimEnd().split('\n').length, 1);
    }
    const nowhere = join(folder, 'no', 'folder.json');
    assert.match(
      (await run(url, 'snapshot', 'save', nowhere)).err,
      /folder\.json: expected a file in a folder that exists; create /,
    );
    assert.deepEqual(await tokens(), before);
    assert.ok(!existsSync(nowhere));
  });
});

test('a wrong argument tells where the right ones are', async () => {
  for (const [args, message] of [
    [['snapshot', 'save'], 'billetera: missing required argument \'file\'\nbilletera: see "billetera snapshot save --help" '],
    [['env', 'much'], "billetera: too many arguments for 'env'."],
    [['help', 'nope'], 'billetera: unknown command "nope": expected start, '],
    [['snapshot', 'nope'], 'billetera: unknown command "nope": expected save, load, or a flag'],
  ] as const) {
    const { status, err } = await run('', ...args);
    assert.equal(status, 1);
    assert.ok(err.startsWith(message), err);
  }
});

test('report save writes the report of the control API, and report open shows it', async (t) => {
  const { url, accessToken, world } = await worldWithCalls();
  const file = join(folder, 'report.json');
  const { status, out, err } = await run(url, 'report', 'save', file);
  assert.equal(status, 0, err);
  assert.match(out, /^saved a report of .*: tokens and the data of users are hidden\n$/);
  const text = readFileSync(file, 'utf8');
  assert.equal(JSON.parse(text).entries.length, 2);
  assert.ok(!text.includes(accessToken));

  // A folder with state, and a port that is in use, are for another emulator.
  const env = { ...process.env, BILLETERA_DATA: join(folder, 'data'), BILLETERA_PORT: new URL(url).port };
  const viewer = spawn(process.execPath, [main, 'report', 'open', file], { env, stdio: ['ignore', 'pipe', 'inherit'] });
  t.after(() => viewer.kill());
  let printed = '';
  const lines = createInterface(viewer.stdout);
  for await (const line of lines) {
    printed += `${line}\n`;
    if (line.startsWith('  next')) break;
  }
  const [, address = ''] = /^billetera ready at (\S+)\n/.exec(printed) ?? [];
  assert.match(
    printed,
    new RegExp(`\\n {2}report +of .*Z, tenant ${world.tenant.name}, billetera .*: read-only\\n {2}has +2 calls, `),
  );
  const page = await (await fetch(`${address}/journal?lang=es`)).text();
  assert.match(page, /data-testid="report-banner"/);
  assert.ok(page.includes('accessToken not… no existe'), page);
  assert.ok(!existsSync(join(folder, 'data')));
});

test('report open names a file that is no report in one line', async () => {
  const file = join(folder, 'no-report.json');
  for (const [content, message] of [
    ['{"report":1', 'expected JSON: line 1, column 12: '],
    ['{"consents":[]}', 'expected a report, as .*; this is a snapshot: use billetera snapshot load'],
    ['{"report":1}', 'version: missing; expected a string'],
  ] as const) {
    writeFileSync(file, content);
    const { status, out, err } = await run('', 'report', 'open', file);
    assert.equal(status, 1);
    assert.equal(out, '');
    assert.match(err, new RegExp(`^billetera: ${file}: ${message}[^\\n]*\\n$`));
  }
});
