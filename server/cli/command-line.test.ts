import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { basename, join } from 'node:path';
import { text } from 'node:stream/consumers';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { Command } from 'commander';
import { packageRoot } from '../package-root.js';
import { addCommands } from './commands.js';
import { addRemoteCommands } from './remote-commands.js';

const main = join(packageRoot, 'dist', 'bin', 'main.js');

async function run(...args: string[]) {
  const child = spawn(process.execPath, [main, ...args], { stdio: ['ignore', 'pipe', 'pipe'] });
  const [stdout, stderr, [status]] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'close')]);
  return { stdout, stderr, status };
}

test('an unknown command is one line of error with the known ones', async () => {
  assert.deepEqual(await run('strat'), {
    stdout: '',
    stderr:
      'billetera: unknown command "strat": expected start, flow, exec, env, health, sign, verify, keys, init, check, wallets, scenarios, record, compare, completion, journal, mcp, snapshot, report, or a flag; did you mean start?\n',
    status: 1,
  });
  assert.match((await run('doctor')).stderr, /, or a flag; did you mean verify\?\n$/);
  assert.match((await run('zzzzz')).stderr, /, or a flag\n$/);
});

test('an unknown flag is one line of error, and help lists all commands', async () => {
  const { stderr, status } = await run('--prot', '0');
  assert.match(stderr, /^billetera: unknown option '--prot'/);
  assert.equal(status, 1);
  const { stdout, status: helped } = await run('--help');
  for (const name of ['start', 'flow', 'exec', 'keys', 'check', 'wallets', 'scenarios', 'journal', 'snapshot', 'report'])
    assert.match(stdout, new RegExp(`^  ${name}\\b`, 'm'));
  assert.equal(helped, 0);
});

test('the help of each command has examples, which it understands, and the documentation', () => {
  const program = new Command('billetera');
  addCommands(program);
  addRemoteCommands(program);
  const commands = program.commands.flatMap((command) => [command, ...command.commands]);
  assert.ok(commands.length > 15);
  for (const command of commands) {
    let help = '';
    command.configureOutput({ writeOut: (text) => (help += text) }).outputHelp();
    const examples = help.match(/(?<=^ {2}billetera ).*/gm) ?? [];
    assert.ok(examples.length > 0, command.name());
    for (const example of examples) {
      assert.ok(example.split(' ').includes(command.name()), example);
      for (const flag of example.split(' -- ')[0]?.match(/--[a-z-]+/g) ?? [])
        assert.ok(
          command.options.some(({ long }) => long === flag),
          `${example}: ${flag}`,
        );
    }
    const links = help.match(/(?<=^Documenta(?:tion|ción): ).*/gm) ?? [];
    assert.deepEqual(
      links.map((link) => basename(link)),
      ['README.md', 'README.es.md'],
    );
    for (const link of links) assert.ok(existsSync(fileURLToPath(link)), `${command.name()}: ${link}`);
  }
});

test('-v prints the version, before and after the name of a command', async () => {
  for (const line of [['-v'], ['--version'], ['start', '-v'], ['flow', '--json', '--version'], ['snapshot', 'save', '-v']]) {
    const { stdout, status } = await run(...line);
    assert.match(stdout, /^\d+\.\d+\.\d+\S*\n$/, line.join(' '));
    assert.equal(status, 0);
  }
  const { stdout } = await run('exec', '--', process.execPath, '-v');
  assert.equal(stdout, `${process.version}\n`, 'behind --, it is a flag of the other command');
});

test('a reader that closes the pipe early causes no error', { skip: process.platform === 'win32' }, async () => {
  const child = spawn('sh', ['-c', `"${process.execPath}" "${main}" scenarios | head -1`], { stdio: ['ignore', 'pipe', 'pipe'] });
  const [stdout, stderr] = await Promise.all([text(child.stdout), text(child.stderr)]);
  assert.deepEqual([stdout, stderr], ['user-refuses\n', '']);
});

test('a device without space causes an error in one line', { skip: process.platform !== 'linux' }, async () => {
  for (const line of ['scenarios', 'env --json', 'wallets', '--help']) {
    const child = spawn('sh', ['-c', `"${process.execPath}" "${main}" ${line} > /dev/full`], {
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const [[status], stderr] = await Promise.all([once(child, 'close'), text(child.stderr)]);
    assert.match(stderr, /^billetera: standard output: .*\(ENOSPC\).*\n$/, line);
    assert.equal(status, 1, line);
  }
});
