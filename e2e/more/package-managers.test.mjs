import assert from 'node:assert/strict';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { before, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import spawn from 'cross-spawn';
import { commandFile, install, scratchFolder } from './install.mjs';

/** Checks the entries of the packed package with publint and attw, and installs it with other package managers than npm install. */

const root = fileURLToPath(new URL('../..', import.meta.url));
const scratch = scratchFolder('package managers ñ');
const tools = join(scratch, 'tools');
let archive;

/** Runs a command. @returns what it printed @throws AssertionError with what it printed, if it fails */
function run(folder, command, ...args) {
  const env = { ...process.env, NODE_TEST_CONTEXT: '', FORCE_COLOR: '0' };
  const { status, stdout, stderr } = spawn.sync(command, args, { cwd: folder, encoding: 'utf8', env });
  assert.equal(status, 0, `${command} ${args.join(' ')}\n${stdout}${stderr}`);
  return stdout;
}

/** Makes a project with modules that log a user in. */
function project(name, files) {
  const folder = join(scratch, name);
  mkdirSync(folder);
  const login = `(async () => {
    const wallet = await startEmulator({ port: 0 });
    const { authCode } = await createMy({ url: wallet.url }).getAuthCode({ scopes: 'USER_ID' });
    await wallet.close();
    console.log(authCode);
  })();`;
  const all = {
    'login.mjs': `import { startEmulator } from 'billetera';\nimport { createMy } from 'billetera/my';\n${login}`,
    'login.cjs': `const { startEmulator } = require('billetera');\nconst { createMy } = require('billetera/my');\n${login}`,
    ...files,
  };
  for (const [file, text] of Object.entries(all)) writeFileSync(join(folder, file), text);
  return folder;
}

before(() => {
  const packed = run(root, 'npm', 'pack', '--ignore-scripts', '--silent', '--pack-destination', scratch);
  archive = join(scratch, packed.trim());
  mkdirSync(tools);
  install(tools, 'publint@0.3', '@arethetypeswrong/cli@0.18', 'pnpm@10', '@yarnpkg/cli-dist@4');
});

test('publint finds nothing', () => {
  assert.match(run(tools, process.execPath, commandFile(tools, 'publint', 'publint'), 'run', archive, '--strict'), /All good!/);
});

test('attw finds nothing wrong with the types of any entry', () => {
  const attw = commandFile(tools, '@arethetypeswrong/cli', 'attw');
  const { analysis, problems } = JSON.parse(run(tools, process.execPath, attw, archive, '--format', 'json'));
  assert.deepEqual(problems, {});
  assert.deepEqual(Object.keys(analysis.entrypoints), ['.', './my', './playwright', './globals', './package.json']);
});

test('pnpm', () => {
  const folder = project('pnpm', { 'package.json': '{"private":true}' });
  const pnpm = commandFile(tools, 'pnpm', 'pnpm');
  run(folder, process.execPath, pnpm, 'add', '--store-dir', join(scratch, 'pnpm-store'), archive);
  for (const file of ['login.mjs', 'login.cjs']) assert.match(run(folder, process.execPath, file), /^281011/);
  assert.match(run(folder, process.execPath, pnpm, 'exec', 'billetera', '--version'), /^\d+\.\d+\.\d+/);
});

test('Yarn with Plug’n’Play', () => {
  const folder = project('yarn', {
    'package.json': JSON.stringify({ private: true, dependencies: { billetera: `file:${archive}` } }),
    '.yarnrc.yml': 'nodeLinker: pnp\nenableTelemetry: false\nenableGlobalCache: false\nenableImmutableInstalls: false\n',
    'yarn.lock': '',
  });
  const yarn = (...args) => run(folder, process.execPath, commandFile(tools, '@yarnpkg/cli-dist', 'yarn'), ...args);
  yarn('install');
  assert.ok(existsSync(join(folder, '.pnp.cjs')) && !existsSync(join(folder, 'node_modules')));
  for (const file of ['login.mjs', 'login.cjs']) assert.match(yarn('node', file), /^281011/);
  assert.match(yarn('billetera', '--version'), /^\d+\.\d+\.\d+/);
});

test('npx in an empty folder', () => {
  const folder = join(scratch, 'npx');
  mkdirSync(folder);
  const npx = (...args) => run(folder, 'npx', '--yes', '--package', archive, '--', 'billetera', ...args);
  assert.match(npx('--version'), /^\d+\.\d+\.\d+/);
  assert.match(npx('flow'), /SUCCESS/);
});
