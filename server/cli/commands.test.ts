import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { createPublicKey } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { packageRoot } from '../package-root.js';
import { builtInFixtures } from '../records/fixtures.js';
import { aurora, emulatorForFile, scratchFolder } from '../testing/emulator.js';

const main = join(packageRoot, 'dist', 'bin', 'main.js');

function run(...args: string[]): Promise<{ status: number; out: string; err: string }> {
  return new Promise((resolve) => {
    const child = execFile(process.execPath, [main, ...args], (_error, out, err) =>
      resolve({ status: child.exitCode ?? -1, out, err }),
    );
  });
}

function folderWith(files: Record<string, unknown>): string {
  const folder = scratchFolder();
  mkdirSync(join(folder, 'wallets'));
  for (const [name, content] of Object.entries(files)) writeFileSync(join(folder, `${name}.json`), JSON.stringify(content));
  return folder;
}

const client = { clientId: 'c1', name: 'One' };
const own = { extends: 'platform-v2', name: 'own', title: 'Own' };

describe('check', () => {
  test('counts everything, and names the built-in mini programs that it skips', async () => {
    const folder = folderWith({ clients: [client], apps: [{ appId: 'a1', name: 'One', clientId: 'c1' }] });
    const { status, out } = await run('check', folder);
    assert.equal(status, 0);
    const { length: wallets } = readdirSync(join(builtInFixtures, 'wallets'));
    assert.match(out, new RegExp(`is valid: 1 client, 1 mini program, \\d+ users, ${wallets} wallets, 0 scenarios\n$`));
    const left = await run('check', folderWith({ clients: [client] }));
    assert.equal(left.status, 0);
    assert.match(
      left.out,
      /: 1 client, 0 mini programs, .*\nSkipped built-in mini programs .*: their clients are not in your clients\.json\. Add an apps\.json/,
    );
    assert.match(left.out, new RegExp(aurora.appId));
  });

  test('prints all problems of the folder, and warns of files that nothing reads', async () => {
    const folder = folderWith({
      clients: [{ ...client, status: 'active' }],
      users: [{ userId: 'u1' }],
      // biome-ignore lint/suspicious/noThenProperty: `then` is a field of scenarios
      scenarios: [{ when: { operation: 'login' }, then: { delay: 0 } }],
      'wallets/own': { ...own, title: 5, prefix: '' },
      'wallets/other': { extends: 'none' },
      user: [],
    });
    const { status, out, err } = await run('check', folder);
    assert.equal(status, 1);
    assert.equal(out, `Warning: ${join(folder, 'user.json')}: nothing reads this; did you mean users.json?\n`);
    assert.deepEqual(
      err
        .trimEnd()
        .split('\n')
        .map((line) => line.replace(`billetera: ${folder}/`, '').split(': ', 2).join(': ')),
      [
        'clients.json: clients[0].status',
        'users.json: users[0].name',
        'scenarios.json: scenarios[0].when.operation',
        'wallets/other.json: extends',
        'wallets/own.json: title',
        'wallets/own.json: unknown field "prefix"; allowed',
      ],
    );
    const started = await run('start', '--fixtures', folder, '--port', '0');
    assert.equal(started.status, 1);
    assert.equal(
      started.err,
      err
        .split('\n')
        .filter((line) => !line.includes('/wallets/'))
        .join('\n'),
    );
  });

  test('prints JSON, with the problems in it', async () => {
    const folder = folderWith({ clients: [{ ...client, signature: 'required' }], user: [] });
    const valid = await run('check', folder, '--json');
    const { warnings, counts, ...rest } = JSON.parse(valid.out);
    assert.deepEqual([valid.status, rest, counts.clients], [0, { folder, valid: true, problems: [] }, 1]);
    assert.equal(warnings.length, 3, 'an unread file, the built-in mini programs, and a client without a key');
    const invalid = await run('check', folderWith({ users: [{ userId: 'u1' }] }), '--json');
    assert.deepEqual([invalid.status, invalid.err, JSON.parse(invalid.out).valid], [1, '', false]);
    assert.match(JSON.parse(invalid.out).problems[0], /users\.json: users\[0\]\.name: missing/);
  });

  test('rejects a folder without fixtures', async () => {
    const { status, out, err } = await run('check', scratchFolder());
    assert.deepEqual([status, out], [1, '']);
    assert.match(
      err,
      /: no fixtures in this folder; expected at least one of clients\.json, apps\.json, users\.json, scenarios\.json, fixtures\.json, wallets\/\n$/,
    );
  });

  test('warns of a client that must sign and has no key', async () => {
    const { status, out } = await run(
      'check',
      folderWith({ clients: [client, { ...client, clientId: 'c2', signature: 'required' }] }),
    );
    assert.equal(status, 0);
    assert.deepEqual(out.match(/Warning: the client .*/g), [
      'Warning: the client c2 must sign and has no publicKey, so every call is refused. Add its publicKey, or set signature to optional.',
    ]);
  });

  test('rejects an unknown first user of a wallet, but an inherited one may be missing', async () => {
    const users = [{ userId: 'u1', name: 'One' }];
    const wrong = await run('check', folderWith({ users, 'wallets/own': { ...own, firstUser: 'u2' } }));
    assert.equal(wrong.status, 1);
    assert.match(wrong.err, /^billetera: .*own\.json: firstUser: expected a user of users\.json, got u2\n$/);
    const withAna = { 'wallets/own': { ...own, firstUser: 'ana' } };
    const invalid = await run('check', folderWith({ ...withAna, users: [{ userId: 'ana' }] }));
    assert.match(invalid.err, /^billetera: .*users\[0\]\.name: missing[^\n]*\n$/);
    const folder = folderWith(withAna);
    writeFileSync(join(folder, 'users.json'), '[{ "userId": "ana", }]');
    assert.match((await run('check', folder)).err, /^billetera: .*users\.json: expected JSON: [^\n]*\n$/);
    for (const more of [{}, { firstUser: 'u1' }])
      assert.equal((await run('check', folderWith({ users, 'wallets/own': { ...own, ...more } }))).status, 0);
  });
});

test('a missing fixtures folder is one line of error in each command', async () => {
  for (const args of [
    ['wallets', '--fixtures', './nope'],
    ['check', './nope'],
    ['start', '--fixtures', './nope', '--wallet', 'my-wallet'],
  ]) {
    const { status, out, err } = await run(...args);
    assert.deepEqual(
      [status, out, err],
      [1, '', 'billetera: ./nope: it does not exist; expected a folder of fixtures\n'],
      args.join(' '),
    );
  }
});

test('an unknown wallet is one line of error with the known ones', async () => {
  const unknown = await run('start', '--wallet', 'gcsh', '--port', '0');
  assert.equal(unknown.status, 1);
  assert.match(unknown.err, /^billetera: unknown wallet "gcsh": expected gcash, or another of .*, or a path to a profile\n$/);
  const missing = await run('start', '--wallet', './nope.json', '--port', '0');
  assert.equal(missing.status, 1);
  assert.match(missing.err, /^billetera: .*nope\.json: the file does not exist; expected a profile\n$/);
});

test('keys prints the public key of the platform, but not of a generated key', async () => {
  assert.match((await run('keys')).out, /BEGIN PUBLIC KEY/);
  const { status, out } = await run('keys', '--platform-key', 'generate');
  assert.equal(status, 0);
  assert.doesNotMatch(out, /BEGIN PUBLIC KEY/);
  assert.match(out, /^With --platform-key generate, each start generates a new platform key\./);
});

test('keys prints the public key alone, also of a running emulator', async () => {
  const { platform } = JSON.parse((await run('keys', '--json')).out);
  assert.deepEqual(await run('keys', '--pem'), { status: 0, out: platform.pem, err: '' });
  const { url } = await emulatorForFile({ platformKey: 'generate' });
  const own = await run('keys', '--pem', '--url', url);
  assert.equal(own.out, await (await fetch(`${url}/_emulator/keys/platform.pem`)).text());
  assert.notEqual(own.out, platform.pem);
  assert.match(
    (await run('keys', '--pem', '--platform-key', 'generate')).err,
    /only the running emulator knows its key; name the emulator with --url/,
  );
});

test('wallets, scenarios and keys print JSON', async () => {
  const { wallets } = JSON.parse((await run('wallets', '--json')).out);
  assert.deepEqual(
    wallets.map(({ name }: { name: string }) => `${name}.json`),
    readdirSync(join(builtInFixtures, 'wallets')).sort(),
  );
  const { scenarios } = JSON.parse((await run('scenarios', '--json')).out);
  assert.deepEqual(Object.keys(scenarios[0]), ['name', 'title', 'does', 'expect']);
  const { platform, demoClient } = JSON.parse((await run('keys', '--json')).out);
  assert.equal(createPublicKey(platform.pem).export({ type: 'spki', format: 'der' }).toString('base64'), platform.base64);
  assert.match(readFileSync(demoClient.privateKey, 'utf8'), /BEGIN PRIVATE KEY/);
});

describe('env', () => {
  const valuesIn = (out: string) =>
    Object.fromEntries(
      out
        .trimEnd()
        .split('\n')
        .map((line) => line.split(/=(.*)/s, 2)),
    );

  test('prints what a server needs, in lines that a shell reads', async () => {
    const { out } = await run('env', '--port', '4020');
    assert.deepEqual(Object.keys(valuesIn(out)), [
      'BILLETERA_URL',
      'BILLETERA_CLIENT_ID',
      'BILLETERA_APP_ID',
      'BILLETERA_PLATFORM_PUBLIC_KEY',
      'BILLETERA_PRIVATE_KEY_FILE',
    ]);
    assert.equal(valuesIn(out).BILLETERA_URL, 'http://127.0.0.1:4020');
    assert.equal(valuesIn(out).BILLETERA_CLIENT_ID, aurora.clientId);
    assert.equal(valuesIn(out).BILLETERA_PLATFORM_PUBLIC_KEY, JSON.parse((await run('keys', '--json')).out).platform.base64);
    const publicUrl = 'https://demo.example/wallet';
    assert.equal(JSON.parse((await run('env', '--json', '--public-url', publicUrl)).out).BILLETERA_URL, publicUrl);
  });

  test('asks a running emulator, whose clients and key may be others', async () => {
    const fixtures = folderWith({
      clients: [{ clientId: "it's-mine", name: 'One' }],
      apps: [{ appId: 'a1', name: 'One', clientId: "it's-mine" }],
    });
    const { url } = await emulatorForFile({ fixtures, platformKey: 'generate' });
    const { out } = await run('env', '--url', url);
    const { BILLETERA_PLATFORM_PUBLIC_KEY: key, ...rest } = valuesIn(out);
    assert.deepEqual(rest, { BILLETERA_URL: url, BILLETERA_CLIENT_ID: '"it\'s-mine"', BILLETERA_APP_ID: 'a1' });
    const pem = await (await fetch(`${url}/_emulator/keys/platform.pem`)).text();
    assert.equal(key, createPublicKey(pem).export({ type: 'spki', format: 'der' }).toString('base64'));
    assert.match((await run('env', '--platform-key', 'generate')).err, /only the running emulator knows its key/);
    assert.match((await run('env', '--port', '0')).err, /only the running emulator knows its port/);
  });
});

test('a place that takes no folders is an error, and not an endless loop', {
  skip: process.platform !== 'linux' && 'needs /proc',
}, async () => {
  const { status, err } = await run('start', '--port', '0', '--data', '/proc/x');
  assert.equal(status, 1);
  assert.match(err, /^billetera: --data \/proc\/x: expected a folder that can be written \([^\n]*\)\n$/);
});

test('messages name flags', async () => {
  const blocker = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => blocker.once('listening', resolve));
  const { port } = blocker.address() as { port: number };
  for (const [flags, message] of [
    [
      ['--port', `${port}`],
      `--port ${port}: the port is in use: another program, perhaps another billetera, listens on 127.0.0.1:${port}; `,
    ],
    [['--tls', '--tls-port', `${port}`], `--tls-port ${port}: the port is in use: `],
    [['--platform-key', './nope.pem'], '--platform-key ./nope.pem: expected a PEM file'],
    [['--tls-key', './nope.pem'], '--tls-cert: missing; expected the certificate'],
    [['--data', '/dev/null'], '--data /dev/null: expected a folder that can be written'],
    [['--log-level', 'loud'], '--log-level loud: expected one of trace'],
    [['--port', '-1'], '--port -1: expected a whole number from 0 to 65535; 0 takes a free port'],
    [['--control-token', 'short'], '--control-token …: expected 8 to 256 ASCII characters without spaces'],
  ] as const) {
    const { status, err } = await run('start', '--port', '0', ...flags);
    assert.equal(status, 1);
    assert.ok(err.startsWith(`billetera: ${message}`), err);
    assert.equal(err.indexOf('\n'), err.length - 1, 'one line');
  }
  blocker.close();
});
