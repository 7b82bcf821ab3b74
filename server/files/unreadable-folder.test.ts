import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { packageRoot } from '../package-root.js';
import { scratchFolder } from '../testing/emulator.js';

const main = join(packageRoot, 'dist', 'bin', 'main.js');
/** Root can read every folder, so the commands run as another user. */
const user = process.getuid?.() === 0 ? { uid: 65534, gid: 65534 } : {};

for (const [name, unreadable, mode] of [
  ['a folder of fixtures without rights', 'billetera', 0o000],
  ['a folder of fixtures that can only be listed', 'billetera', 0o444],
  ['a folder of wallets without rights', 'billetera/wallets', 0o000],
] as const)
  test(`${name} is named, and not ignored`, { skip: process.platform === 'win32' && 'Windows has no modes' }, () => {
    const folder = scratchFolder();
    chmodSync(folder, 0o755);
    mkdirSync(join(folder, 'billetera', 'wallets'), { recursive: true });
    writeFileSync(join(folder, 'billetera', 'users.json'), '[]');
    chmodSync(join(folder, unreadable), mode);
    const run = (...args: string[]) =>
      spawnSync(process.execPath, [main, ...args], { cwd: folder, encoding: 'utf8', timeout: 60_000, ...user });
    const problem = `${unreadable}: the folder cannot be read (EACCES); give this user the right to read it\n`;
    for (const [args, path] of [
      [['start', '--port', '0'], problem],
      [['check', './billetera'], problem],
    ] as const) {
      const { status, stdout, stderr } = run(...args);
      assert.deepEqual([status, stdout], [1, ''], stderr);
      assert.ok(stderr.replace('./', '').startsWith(`billetera: ${path}`), stderr);
    }
    chmodSync(join(folder, unreadable), 0o755);
  });
