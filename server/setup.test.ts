import assert from 'node:assert/strict';
import { once } from 'node:events';
import { copyFileSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { test } from 'node:test';
import spawn from 'cross-spawn';
import { packageRoot } from './package-root.js';
import { scratchFolder } from './testing/emulator.js';

const manifest = JSON.parse(readFileSync(join(packageRoot, 'package.json'), 'utf8')) as { scripts: Record<string, string> };

/** A clone with only the files that a test writes, in a folder whose name is hard for shells. */
function cloneFolder(): string {
  const folder = join(scratchFolder(), 'con espacio ñ');
  mkdirSync(folder);
  for (const file of ['package.json', 'package-lock.json', 'tsconfig.json', 'setup.mjs'])
    copyFileSync(join(packageRoot, file), join(folder, file));
  for (const source of ['docs', 'scripts', 'server', 'skills', 'views', 'node_modules']) mkdirSync(join(folder, source));
  copyFileSync(join(packageRoot, 'scripts', 'installation.mjs'), join(folder, 'scripts', 'installation.mjs'));
  return folder;
}

test('under C:\\Program Files\\nodejs, setup.mjs runs npm and Node without a shell', async () => {
  const folder = cloneFolder();
  const npm = join(folder, 'npm-cli.js');
  writeFileSync(npm, '');
  const node = 'C:\\Program Files\\nodejs\\node.exe';
  const preload = join(folder, 'windows.cjs');
  // Stands in for Windows: the process starts nothing, and prints what it would start.
  writeFileSync(
    preload,
    `Object.defineProperty(process, 'platform', { value: 'win32' });
    process.execPath = ${JSON.stringify(node)};
    require('node:child_process').spawnSync = (command, args, { shell = false }) => {
      console.log(JSON.stringify({ command, args, shell }));
      return { status: 0, stdout: '' };
    };
    require('node:module').syncBuiltinESMExports();`,
  );
  const env = { ...process.env, npm_execpath: npm, BILLETERA_BROWSER: 'chrome' };
  const child = spawn(process.execPath, ['--require', preload, 'setup.mjs', 'test', 'con espacio'], { cwd: folder, env });
  const [printed, errors] = await Promise.all([text(child.stdout as never), text(child.stderr as never), once(child, 'close')]);
  assert.equal(errors, '');
  const started = printed
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
  assert.deepEqual(
    started.map(({ command, shell }) => [command, shell]),
    [1, 2, 3, 4, 5].map(() => [node, false]),
  );
  assert.deepEqual(
    started.map(({ args }) => args.slice(0, 2)),
    [
      [npm, 'ping'],
      [npm, 'ci'],
      [npm, 'run'],
      [join('scripts', 'unit-tests.mjs'), 'con espacio'],
      [join(folder, 'node_modules', '@playwright/test', 'cli.js'), 'test'],
    ],
  );
});

test('after npm ci of the user, setup.mjs only builds, another version of Node builds nothing again, and only the benchmark installs more', async () => {
  const folder = cloneFolder();
  copyFileSync(join(folder, 'package-lock.json'), join(folder, 'node_modules', '.package-lock.json'));
  const preload = join(folder, 'preload.cjs');
  // It starts nothing, and prints what it would start.
  writeFileSync(
    preload,
    `Object.defineProperty(process, 'version', { value: process.env.NODE_VERSION_HERE });
    require('node:child_process').spawnSync = (command, args) => {
      console.log(args.join(' '));
      return { status: 0, stdout: '' };
    };
    require('node:module').syncBuiltinESMExports();`,
  );
  const setUp = async (task: string, version: string) => {
    const env = { ...process.env, npm_execpath: '', BILLETERA_BROWSER: 'chrome', NODE_VERSION_HERE: version };
    const child = spawn(process.execPath, ['--require', preload, 'setup.mjs', task], { cwd: folder, env });
    const [printed] = await Promise.all([text(child.stdout as never), once(child, 'close')]);
    return printed.trim();
  };
  assert.match(await setUp('build', 'v20.11.0'), /^(\S+npm-cli\.js )?run --silent build$/);
  assert.equal(await setUp('build', 'v24.3.0'), '');

  const bench = join(folder, 'e2e', 'bench');
  mkdirSync(bench, { recursive: true });
  copyFileSync(join(packageRoot, 'e2e', 'bench', 'package-lock.json'), join(bench, 'package-lock.json'));
  assert.match(await setUp('bench', 'v24.3.0'), /\bping .*\n.*\bci .*\n(--version\n)?.*run\.mjs$/);
});

test('the scripts of package.json run programs that Windows has too', () => {
  const programs = new Set([
    'node',
    ...readdirSync(join(packageRoot, 'node_modules', '.bin')).map((name) => name.replace(/\.\w+$/, '')),
  ]);
  for (const [name, script] of Object.entries(manifest.scripts))
    for (const command of script.split(' && ')) {
      // exec.cmd stands in for the shell command on Windows.
      const [program = ''] = command.replace(/^exec /, '').split(' ');
      assert.ok(programs.has(program), `${name}: ${program}`);
    }
  assert.match(readFileSync(join(packageRoot, 'exec.cmd'), 'utf8'), /\r\n@%\*\r\n$/);
});

test('SIGTERM to npm start reaches Node', { skip: process.platform === 'win32' && 'Windows has no signals' }, async () => {
  const folder = cloneFolder();
  writeFileSync(
    join(folder, 'setup.mjs'),
    `process.on('SIGTERM', () => { console.log('stopped'); process.exit(0); });
    setInterval(() => {}, 1000);
    console.log(JSON.stringify(process.argv.slice(2)));`,
  );
  const child = spawn('npm', ['start', '--silent', '--', '--wallet', 'a "b" c'], { cwd: folder });
  const output = child.stdout as NonNullable<typeof child.stdout>;
  const [started] = await once(output, 'data');
  assert.deepEqual(JSON.parse(String(started)), ['start', '--wallet', 'a "b" c']);
  child.kill('SIGTERM');
  assert.equal(String((await once(output, 'data'))[0]), 'stopped\n');
});
