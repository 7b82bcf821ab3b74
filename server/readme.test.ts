import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { generateKeyPairSync } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { promisify } from 'node:util';
import { packageRoot } from './package-root.js';
import { connect } from './sdk/index.js';
import { aurora, emulatorForFile, scratchFolder, users } from './testing/emulator.js';

const run = promisify(execFile);
const emulator = await emulatorForFile();
const wallet = connect(emulator.url);
const readme = readFileSync(join(packageRoot, 'README.md'), 'utf8');
const noShell = process.platform === 'win32' && 'needs a Unix shell';

/** A project in which the package is installed. */
const project = scratchFolder();
mkdirSync(join(project, 'node_modules'));
symlinkSync(packageRoot, join(project, 'node_modules', 'billetera'), 'junction');

/** The code blocks of a section, with the address of the emulator under test. */
function blocks(heading: string, language: string): string[] {
  const section = readme.split(`\n## ${heading}\n`)[1]?.split('\n## ')[0];
  assert.ok(section, `README.md has no section ${heading}`);
  const found = [...section.matchAll(/^```(\w+)\n(.*?)^```$/gms)].filter(([, named]) => named === language);
  assert.ok(found.length > 0, `${heading} has no ${language}`);
  return found.map(([, , code = '']) => code.replaceAll('http://127.0.0.1:4010', emulator.url));
}

function fileOf(name: string, text: string): string {
  writeFileSync(join(project, name), text);
  return join(project, name);
}

async function newCode(): Promise<string> {
  return (await wallet.authCodes.issue({ ...aurora, userId: users.tomas, scopes: ['USER_ID'] })).authCode ?? '';
}

test('the recipes work as one file', async () => {
  const { NODE_TEST_CONTEXT: _, ...env } = process.env;
  const file = fileOf('recipes.test.mjs', blocks('Recipes', 'js').join('\n'));
  const { stdout } = await run(process.execPath, ['--test', '--test-reporter=tap', file], { env }).catch(({ stdout }) =>
    assert.fail(stdout),
  );
  assert.match(stdout, /^# pass 6$/m);
  assert.match(stdout, /^# fail 0$/m);
});

test('the table of wallets has every wallet', () => {
  const section = readme.split('\n## Every wallet in its own dialect\n')[1]?.split('\n## ')[0] ?? '';
  const listed = [...section.matchAll(/^\| `([^`]+)` \|/gm)].map(([, name]) => name);
  assert.deepEqual(
    listed.sort(),
    readdirSync(join(packageRoot, 'fixtures', 'wallets'))
      .map((file) => file.replace('.json', ''))
      .sort(),
  );
});

test('the table of options has every flag of start, and its variable', async () => {
  const table = readme.split('\n## Options\n')[1]?.split('\n**')[0] ?? '';
  const { stdout } = await run(process.execPath, [join(packageRoot, 'dist', 'bin', 'main.js'), 'start', '--help']);
  const helped = [...stdout.matchAll(/^ {2}(--[a-z-]+)/gm)].map(([, flag]) => flag).filter((flag) => flag !== '--help');
  assert.deepEqual([...new Set(table.match(/(?<=`)--[a-z-]+(?=`)/g))].sort(), helped.sort());
});

test('every command is in the README', async () => {
  const { stdout } = await run(process.execPath, [join(packageRoot, 'dist', 'bin', 'main.js'), '--help']);
  const list = stdout.split('Commands:')[1]?.split('Examples:')[0];
  const commands = [...(list?.matchAll(/^ {2}([a-z]+)/gm) ?? [])].map(([, name = '']) => name);
  assert.ok(commands.length > 8, stdout);
  for (const name of commands.filter((name) => name !== 'help' && name !== 'start'))
    assert.match(readme, new RegExp(`billetera ${name}\\b`), name);
});

test('the code in the section In code', async () => {
  const [starts = '', resets = '', asMy = ''] = blocks('In code', 'js');
  assert.match((await run(process.execPath, [fileOf('start.mjs', starts)])).stdout, /^281011\w+ is good at http/);
  assert.match((await run(process.execPath, [fileOf('my.mjs', asMy)])).stdout, /^281011\w+\n$/);
  assert.equal(resets, 'beforeEach(() => wallet.reset());\n');
});

test('the section A call by hand', { skip: noShell }, async () => {
  const [pasted = ''] = blocks('A call by hand', 'sh');
  const { stdout } = await run('bash', ['-c', pasted]);
  assert.deepEqual([JSON.parse(stdout).result.resultCode, JSON.parse(stdout).customerId], ['SUCCESS', users.tomas]);
});

test('signing, in TypeScript', async () => {
  const [snippet = ''] = blocks('Signing', 'ts');
  const { stdout } = await run(process.execPath, [fileOf('sign.mjs', snippet), await newCode()], { cwd: packageRoot });
  assert.match(stdout, /resultCode: 'SUCCESS'/);
  assert.equal((await wallet.journal.list({ operation: 'applyToken', limit: 1 }))[0]?.signature?.verified, true);
});

const noPython =
  noShell ||
  (await run('python3', ['-c', 'import cryptography']).then(
    () => false,
    () => 'needs python3 with the package cryptography',
  ));

test('signing, in Python', { skip: noPython }, async () => {
  const [snippet = ''] = blocks('Signing', 'python');
  const { stdout } = await run('python3', [fileOf('sign.py', snippet), await newCode()], { cwd: packageRoot });
  assert.equal(JSON.parse(stdout).result.resultCode, 'SUCCESS');
  assert.equal((await wallet.journal.list({ operation: 'applyToken', limit: 1 }))[0]?.signature?.verified, true);
});

test('the commands for your own key', { skip: noShell }, async () => {
  const { publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  fileOf('my-key.public.pem', publicKey.export({ type: 'spki', format: 'pem' }).toString());
  const [pasted = ''] = blocks('Signing', 'sh');
  await run('bash', ['-c', pasted], { cwd: project });
  const { publicKey: registered, signature } = await wallet.clients.read(aurora.clientId);
  assert.deepEqual([registered, signature], [publicKey.export({ type: 'spki', format: 'der' }).toString('base64'), 'required']);
});
