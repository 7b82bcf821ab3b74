import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { existsSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
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
const har = join(folder, 'run.har');
const recording = await recordRun(await DialectWorld.open(await emulatorForFile(), dialectOf('gcash')));
writeFileSync(har, harOf(recording.map(drifted)));

/** An answer with another name for the customer's id, and with a header that no profile has. */
function drifted(exchange: Exchange): Exchange {
  const { response } = exchange;
  if (response === undefined) return exchange;
  const body = Buffer.from(response.body.toString().replace('"customerId"', '"customerNo"'));
  return { ...exchange, response: { ...response, body, headers: [...response.headers, ['Wallet-Node', 'n7']] } };
}

function run(...args: string[]): Promise<{ status: number; out: string; err: string }> {
  return new Promise((resolve) => {
    const child = execFile(process.execPath, [main, ...args], { cwd: folder }, (_error, out, err) =>
      resolve({ status: child.exitCode ?? -1, out, err }),
    );
  });
}

describe('compare --write', () => {
  const ours = join('wallets', 'ours.json');

  test('writes a profile that extends the nearest wallet, and says why it is the nearest and what stays', async () => {
    const { status, out, err } = await run('compare', 'run.har', '--write', ours);
    assert.deepEqual({ status, err }, { status: 1, err: '' });
    assert.match(
      out,
      /^gcash is the nearest wallet: 3 differences; \S+ has \d+ differences; .* \(--wallet chooses another one\)\n/,
    );
    assert.match(
      out,
      /\nwrote \S+ours\.json: it extends gcash and closes 2 differences; 1 difference stays\nnext: billetera start --wallet \S+ours\.json\n/,
    );
    assert.match(out, /\n {2}header-extra: [^\n]+\n {6}it stays: a profile does not have the headers of an answer: [^\n]+\n$/);

    const written = JSON.parse(readFileSync(join(folder, ours), 'utf8'));
    const { $schema, note, ...rest } = written;
    assert.match($schema, /fixtures\/wallet\.schema\.json$/);
    assert.match(note, /^Learned by billetera compare from the recording run\.har of 2026-03-01, with \d+ calls\. /);
    assert.deepEqual(rest, {
      extends: 'gcash',
      name: 'ours',
      title: 'GCash (ours)',
      operations: { applyToken: { response: { customerId: null, customerNo: '$customerId' } } },
    });
  });

  test('refuses the name of a wallet, which would then extend itself, and one file for two', async () => {
    for (const name of ['gcash', 'platform-v2']) {
      const path = join('wallets', `${name}.json`);
      const { status, err } = await run('compare', 'run.har', '--wallet', 'gcash', '--write', path);
      const problem = `a wallet is named ${name} already, and a profile cannot extend itself; choose another name, such as`;
      assert.deepEqual([status, err], [2, `billetera: ${path}: ${problem} ${join('wallets', `my-${name}.json`)}\n`]);
      assert.equal(existsSync(join(folder, path)), false);
    }
    if (process.platform !== 'win32') {
      symlinkSync('circle.har', join(folder, 'circle.har'));
      assert.match((await run('compare', 'circle.har')).err, /^billetera: circle\.har: this symbolic link leads back to itself/);
    }
    const named = await run('compare', 'run.har', '--write', 'wallets/Ours.yaml');
    assert.match(named.err, /^billetera: wallets\/Ours\.yaml: the name of the file is the wallet’s name, /);
    const { status, err } = await run('compare', 'run.har', '--write', 'one.json', '--write-accepted', './one.json');
    const problem = '--write and --write-accepted: expected two different files, got one.json for both';
    assert.deepEqual([status, err, existsSync(join(folder, 'one.json'))], [2, `billetera: ${problem}\n`, false]);
  });

  test('the profile is valid, works at once, and has no other differences', async () => {
    assert.match((await run('check', '.')).out, /^\. is valid: .*13 wallets/);
    const { status, out } = await run('compare', 'run.har', '--wallet', ours);
    assert.equal(status, 1);
    assert.match(out, /compared with ours: 1 difference\n\nall operations\n {2}header-extra: /);
    const { steps } = JSON.parse((await run('flow', '--wallet', ours, '--json')).out);
    assert.ok(steps.some(({ response }: { response?: { body?: object } }) => response?.body && 'customerNo' in response.body));
  });

  test('ends with 0 if no difference stays', async () => {
    const same = join(folder, 'same.har');
    writeFileSync(same, harOf(recording));
    const { status, out } = await run('compare', same, '--wallet', 'gcash', '--write', join('wallets', 'same.json'), '--json');
    assert.equal(status, 0);
    assert.deepEqual(JSON.parse(out).written, { path: join('wallets', 'same.json'), closed: 0, unlearned: [] });
  });

  for (const [file, problem] of [
    [ours, /ours\.json: the file exists already; choose another name, or delete it first$/],
    [
      join('wallets', 'My Wallet.json'),
      /My Wallet\.json: the name of the file is the wallet’s name, .* such as \S*my-wallet\.json$/,
    ],
    [join('wallets', 'ours.yaml'), /ours\.yaml: the name of the file is the wallet’s name, .* a \.json file/],
  ] as const)
    test(`refuses ${file} in one line, and writes nothing`, async () => {
      const before = readFileSync(join(folder, ours), 'utf8');
      const { status, out, err } = await run('compare', 'run.har', '--wallet', 'gcash', '--write', file);
      assert.deepEqual({ status, out }, { status: 2, out: '' });
      assert.match(err, /^billetera: [^\n]+\n$/);
      assert.match(err.trimEnd(), problem);
      assert.equal(readFileSync(join(folder, ours), 'utf8'), before);
    });
});
