import assert from 'node:assert/strict';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { packageRoot } from './package-root.js';
import { scratchFolder } from './testing/emulator.js';

const { installPackages, isInstalled, pingProblem } = await import(
  pathToFileURL(join(packageRoot, 'scripts', 'installation.mjs')).href
);

const locked = { version: '1.2.3', integrity: 'sha512-a' };
const lockOf = (packages: object) => ({ packages: { '': { name: 'x' }, ...packages } });
const lock = lockOf({ 'node_modules/a': locked, 'node_modules/b': { ...locked, optional: true } });

describe('packages are installed', () => {
  const cases: [title: string, installed: object, expected: boolean][] = [
    ['if npm lists all of them', { packages: { 'node_modules/a': locked, 'node_modules/b': locked } }, true],
    ['without one that is optional', { packages: { 'node_modules/a': locked } }, true],
    ['not without one that is needed', { packages: { 'node_modules/b': locked } }, false],
    ['not in another version', { packages: { 'node_modules/a': { ...locked, version: '1.2.4' } } }, false],
    ['not with other contents', { packages: { 'node_modules/a': { ...locked, integrity: 'sha512-b' } } }, false],
    ['not if npm has installed nothing', {}, false],
  ];
  for (const [title, installed, expected] of cases) test(title, () => assert.equal(isInstalled(lock, installed), expected));

  test('after npm ci', () => {
    const read = (path: string) => JSON.parse(readFileSync(join(packageRoot, path), 'utf8'));
    assert.equal(isInstalled(read('package-lock.json'), read('node_modules/.package-lock.json')), true);
  });
});

test('any answer of a registry is an answer, and no answer has the code of npm', () => {
  const printed = (code: string) => JSON.stringify({ error: { code, summary: '' } }, null, 2);
  assert.equal(pingProblem(printed('E404')), undefined);
  assert.equal(pingProblem(printed('E407')), undefined);
  assert.equal(pingProblem(printed('ENOTFOUND')), 'ENOTFOUND');
  assert.equal(pingProblem(''), 'ETIMEDOUT');
});

describe('the installation', () => {
  /** Installs with an npm that only records its arguments. @param answers the status and output of each command */
  function installWith(answers: Record<string, object>): { commands: string[]; error: string | undefined } {
    const folder = scratchFolder();
    writeFileSync(join(folder, 'package-lock.json'), JSON.stringify(lock));
    mkdirSync(join(folder, 'node_modules'));
    const commands: string[] = [];
    const npm = (args: string[]) => {
      commands.push(args.join(' '));
      return { status: 0, stdout: '', stderr: '', ...answers[args[0] as string] };
    };
    try {
      installPackages(folder, npm);
      return { commands, error: undefined };
    } catch (error) {
      return { commands, error: (error as Error).message };
    }
  }
  const unreachable = {
    ping: { status: 1, stdout: '{\n  "error": {\n    "code": "ENOTFOUND" } }' },
    config: { stdout: 'http://r\n' },
  };

  test('asks the registry once, then runs npm ci', () => {
    const { commands, error } = installWith({});
    assert.equal(error, undefined);
    assert.deepEqual(
      commands.map((command) => command.split(' ')[0]),
      ['ping', 'ci'],
    );
    assert.match(commands[0] ?? '', /--fetch-retries=0/);
  });

  test('without network, uses the cache of npm', () => {
    const { commands, error } = installWith(unreachable);
    assert.equal(error, undefined);
    assert.match(commands.at(-1) ?? '', /^install --offline --no-save /);
  });

  test('without network and without the cache, says what to do', () => {
    const { error } = installWith({ ...unreachable, install: { status: 1 } });
    assert.match(error ?? '', /the registry http:\/\/r cannot be reached \(ENOTFOUND\)/);
    assert.match(error ?? '', /Connect to the network and start again/);
  });

  test('says so if npm ci fails', () => {
    assert.match(installWith({ ci: { status: 7 } }).error ?? '', /npm ci in .+ ended with 7/);
  });
});
