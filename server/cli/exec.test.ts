import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { test } from 'node:test';
import { packageRoot } from '../package-root.js';
import { scratchFolder } from '../testing/emulator.js';

const main = join(packageRoot, 'dist', 'bin', 'main.js');

/** Runs `billetera exec` with a Node script as the command. */
function exec(script: string, flags: string[] = [], env: Record<string, string> = {}) {
  const command = [process.execPath, '--input-type=module', '-e', script];
  const child = spawn(process.execPath, [main, 'exec', ...flags, '--', ...command], { env: { ...process.env, ...env } });
  const output = { stdout: '', stderr: '' };
  child.stdout.on('data', (chunk) => {
    output.stdout += chunk;
  });
  child.stderr.on('data', (chunk) => {
    output.stderr += chunk;
  });
  return { child, output, ended: once(child, 'close') };
}

test('exec starts an emulator with the flags and passes its address in BILLETERA_URL', async () => {
  const { output, ended } = exec(
    'console.log(process.env.BILLETERA_URL, (await (await fetch(process.env.BILLETERA_URL + "/_emulator/health")).json()).wallet)',
    ['--wallet', 'superqi'],
  );
  assert.deepEqual(await ended, [0, null]);
  assert.match(output.stdout, /^http:\/\/127\.0\.0\.1:\d+ superqi\n$/);
  assert.equal(output.stderr, '');
  const [url = ''] = output.stdout.split(' ');
  await assert.rejects(fetch(url), 'the emulator has stopped');
});

test('exec passes what a server needs, as env prints it; a client that the environment names stays', async () => {
  const names = [
    'BILLETERA_URL',
    'BILLETERA_CLIENT_ID',
    'BILLETERA_APP_ID',
    'BILLETERA_PLATFORM_PUBLIC_KEY',
    'BILLETERA_PRIVATE_KEY_FILE',
  ];
  const script = `const { env } = process; console.log(JSON.stringify(${JSON.stringify(names)}.map((name) => env[name])))`;
  const printed = spawn(process.execPath, [main, 'env', '--json']);
  const expected = JSON.parse(await text(printed.stdout));
  const { output, ended } = exec(script);
  assert.deepEqual(await ended, [0, null]);
  const [, ...others] = JSON.parse(output.stdout);
  assert.deepEqual(
    others,
    names.slice(1).map((name) => expected[name]),
  );

  const named = exec(script, [], { BILLETERA_CLIENT_ID: 'mine', BILLETERA_PLATFORM_PUBLIC_KEY: 'of another emulator' });
  assert.deepEqual(await named.ended, [0, null]);
  const [, clientId, , platformKey] = JSON.parse(named.output.stdout);
  assert.deepEqual([clientId, platformKey], ['mine', expected.BILLETERA_PLATFORM_PUBLIC_KEY]);
});

test('exec passes only the address if there is no mini program', async () => {
  const folder = scratchFolder();
  writeFileSync(join(folder, 'apps.json'), '[]');
  const { output, ended } = exec('console.log(process.env.BILLETERA_URL !== undefined, process.env.BILLETERA_CLIENT_ID)', [
    '--fixtures',
    folder,
  ]);
  assert.deepEqual(await ended, [0, null]);
  assert.equal(output.stdout, 'true undefined\n');
});

test('exec passes a control token in BILLETERA_CONTROL_TOKEN', async () => {
  const script = `
    const { BILLETERA_URL, BILLETERA_CONTROL_TOKEN } = process.env;
    const headers = { authorization: 'Bearer ' + BILLETERA_CONTROL_TOKEN };
    for (const sent of [{}, { headers }]) console.log((await fetch(BILLETERA_URL + '/_emulator/settings', sent)).status);`;
  const { output, ended } = exec(script, ['--control-token', 'a-secret-of-the-team']);
  assert.deepEqual(await ended, [0, null]);
  assert.equal(output.stdout, '401\n200\n');
});

test('exec without -- says to put a command with options behind it', async () => {
  for (const flags of [[], ['--wallet', 'superqi']]) {
    const child = spawn(process.execPath, [main, 'exec', ...flags, 'python3', '-c', 'pass']);
    const [err, ended] = await Promise.all([text(child.stderr), once(child, 'close')]);
    assert.deepEqual(ended, [1, null]);
    assert.equal(err, 'billetera: exec: put the command behind --, because it has options: billetera exec -- python3 -c pass\n');
  }
});

test('exec exits with the status of the command, and passes its options on', async () => {
  const { ended } = exec('process.exit(Number(process.argv.at(-1)))');
  assert.deepEqual(await ended, [1, null]);
  const child = spawn(process.execPath, [
    main,
    'exec',
    '--',
    process.execPath,
    '-e',
    'process.exit(process.argv.length)',
    '--',
    '--port',
    'x',
  ]);
  assert.deepEqual(await once(child, 'close'), [3, null]);
});

/** Arguments that a shell would change. */
const oddArguments = [
  'con espacio',
  'ñandú',
  '"quoted"',
  "it's",
  '$HOME',
  '%PATH%',
  'a & b | c > d',
  '^',
  '*',
  'back\\\\slash\\\\',
  '',
];

test('a package in a folder with a space and ñ starts, and exec passes arguments unchanged', async () => {
  const folder = join(scratchFolder(), 'con espacio ñ');
  mkdirSync(folder);
  symlinkSync(packageRoot, join(folder, 'billetera'), 'junction');
  const script = join(folder, 'mi prueba ñ.cjs');
  writeFileSync(script, 'console.log(JSON.stringify([!!process.env.BILLETERA_URL, __filename, ...process.argv.slice(2)]))');
  const inFolder = join(folder, 'billetera', 'dist', 'bin', 'main.js');
  const node = ['--preserve-symlinks', '--preserve-symlinks-main', inFolder];
  const child = spawn(process.execPath, [...node, 'exec', '--', process.execPath, script, ...oddArguments]);
  const [printed, errors] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'close')]);
  assert.equal(errors, '');
  assert.deepEqual(JSON.parse(printed), [true, script, ...oddArguments]);
});

test('on Windows, exec runs a script such as npm.cmd by cmd.exe with quoted arguments, and a program without a shell', async () => {
  const folder = join(scratchFolder(), 'Program Files ñ');
  mkdirSync(folder);
  for (const program of ['npm.CMD', 'node.EXE']) writeFileSync(join(folder, program), 'MZ');
  const preload = join(folder, 'windows.cjs');
  // Stands in for Windows: the process starts nothing, and prints what it would start.
  writeFileSync(
    preload,
    `Object.defineProperty(process, 'platform', { value: 'win32' });
    require('node:child_process').spawn = (command, args, { shell, windowsVerbatimArguments }) => {
      console.log(JSON.stringify({ command, args, shell, windowsVerbatimArguments }));
      const child = new (require('node:events').EventEmitter)();
      setImmediate(() => child.emit('exit', 0, null));
      return child;
    };`,
  );
  const started = async (...command: string[]) => {
    const env = { ...process.env, PATH: folder, PATHEXT: '.EXE;.CMD', comspec: 'C:\\Windows\\cmd.exe' };
    const child = spawn(process.execPath, ['--require', preload, main, 'exec', '--', ...command], { env });
    const [printed, errors] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'close')]);
    assert.equal(errors, '');
    return JSON.parse(printed);
  };
  const { command, args, shell, windowsVerbatimArguments } = await started('npm', 'run', 'a "b" & c');
  assert.deepEqual(
    [command, args.slice(0, 3), shell, windowsVerbatimArguments],
    ['C:\\Windows\\cmd.exe', ['/d', '/s', '/c'], undefined, true],
  );
  assert.match(args[3], /^"npm \^"run\^" \^"a\^ \\\^"b\\\^"\^ \^&\^ c\^""$/);
  assert.deepEqual(await started('node', 'a "b" & c'), { command: 'node', args: ['a "b" & c'] });
});

test('exec forwards signals to the command, and exits like it', { skip: process.platform === 'win32' }, async () => {
  for (const [script, status] of [
    ['process.on("SIGTERM", () => process.exit(7)); setInterval(() => {}, 1000); console.log("up")', 7],
    ['setInterval(() => {}, 1000); console.log("up")', 128 + 15],
  ] as const) {
    const { child, ended } = exec(script);
    await once(child.stdout, 'data');
    child.kill('SIGTERM');
    assert.deepEqual(await ended, [status, null]);
  }
});

test('an unknown command exits with 127, and a missing command is an error', { skip: process.platform === 'win32' }, async () => {
  for (const [args, status, said] of [
    [['--', ''], 1, /^billetera: exec: expected a command behind --, got an empty text; perhaps a variable is not set\n$/],
    [['--', 'no-such-command'], 127, /billetera: exec: the command no-such-command does not exist; expected a program in PATH/],
    [
      ['--', join(packageRoot, 'package.json')],
      126,
      /billetera: exec: the command \S+ cannot be run; expected a program that this user may execute/,
    ],
    [[], 1, /missing required argument 'command'/],
    [['--wallet', 'nope', '--', 'true'], 1, /nope/],
  ] as const) {
    const child = spawn(process.execPath, [main, 'exec', ...args]);
    let errors = '';
    child.stderr.on('data', (chunk) => {
      errors += chunk;
    });
    assert.deepEqual(await once(child, 'close'), [status, null]);
    assert.match(errors, said);
  }
});
