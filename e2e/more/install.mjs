import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { after } from 'node:test';
import spawn from 'cross-spawn';

/** Makes a folder that is deleted after the tests of the file. @returns its path */
export function scratchFolder(name) {
  const folder = mkdtempSync(join(tmpdir(), `billetera-${name}-`));
  after(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** Installs packages of the registry in a folder. @throws AssertionError with what npm printed, if it fails */
export function install(folder, ...packages) {
  writeFileSync(join(folder, 'package.json'), '{"private":true,"type":"module"}');
  const options = ['--no-audit', '--no-fund', '--ignore-scripts', '--prefer-offline', '--loglevel=error'];
  const { status, stderr } = spawn.sync('npm', ['install', ...options, ...packages], { cwd: folder, encoding: 'utf8' });
  assert.equal(status, 0, stderr);
}

/** @returns the JavaScript file of a command of an installed package */
export function commandFile(folder, packageName, command) {
  const manifest = join(folder, 'node_modules', packageName, 'package.json');
  const { bin } = createRequire(manifest)(manifest);
  return join(dirname(manifest), typeof bin === 'string' ? bin : bin[command]);
}
