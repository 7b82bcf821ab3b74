import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { after, test } from 'node:test';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { scratchFolder } from '../testing/emulator.js';
import { DataFolder } from './data-folder.js';

test('every tenant has its own folder within the data folder, whatever its name', async () => {
  const names = ['default', 'Default', '..', '.', 'a', 'A'];
  const data = scratchFolder();
  const dataFolder = new DataFolder(data);
  for (const name of names) dataFolder.persistence(name);
  assert.deepEqual((await dataFolder.tenants()).sort(), [...names].sort());
  const folders = readdirSync(data).filter((name) => name !== 'billetera.lock');
  assert.equal(new Set(folders.map((folder) => folder.toLowerCase())).size, names.length);
  for (const folder of folders) assert.match(folder, /^[^/]+~[0-9a-f]{8}$/);
});

test('a folder in use by another emulator is refused, and the lock of an ended process is ignored', () => {
  const data = scratchFolder();
  mkdirSync(data, { recursive: true });
  const lock = join(data, 'billetera.lock');
  writeFileSync(lock, String(process.ppid));
  assert.throws(() => new DataFolder(data), new RegExp(`^Error: in use by another emulator \\(process ${process.ppid}\\)`));
  writeFileSync(lock, '2147483646');
  const dataFolder = new DataFolder(data);
  assert.match(readFileSync(lock, 'utf8'), new RegExp(`^${process.pid}( \\d+)?$`));
  dataFolder.release();
  assert.ok(!existsSync(lock));
});

test('the lock of a reused process id or of a zombie process is ignored', {
  skip: !existsSync('/proc/self/stat'),
}, async () => {
  const data = scratchFolder();
  const lock = join(data, 'billetera.lock');
  writeFileSync(lock, `${process.ppid} 1`);
  new DataFolder(data).release();

  // The shell starts a child and becomes a program that never fetches the child's exit status. Then the child ends.
  const parent = spawn('sh', ['-c', 'cat <&3 & echo $!; exec sleep 60'], { stdio: ['ignore', 'pipe', 'ignore', 'pipe'] });
  after(() => parent.kill('SIGKILL'));
  const [line] = (await once(parent.stdout as Readable, 'data')) as [Buffer];
  const zombie = Number(line.toString());
  const stat = (pid: number | undefined) => readFileSync(`/proc/${pid}/stat`, 'latin1');
  while (!stat(parent.pid).includes('(sleep)')) await nextTurn();
  parent.stdio[3]?.destroy();
  while (!/\) [ZX] /.test(stat(zombie))) await nextTurn();
  writeFileSync(lock, String(zombie));
  new DataFolder(data).release();
});

test('a folder that cannot be created is an error in one line', () => {
  const file = join(scratchFolder(), 'file');
  mkdirSync(join(file, '..'), { recursive: true });
  writeFileSync(file, '');
  assert.throws(() => new DataFolder(file), /^Error: expected a folder that can be written/);
});
