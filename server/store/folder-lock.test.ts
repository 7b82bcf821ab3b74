import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync, readFileSync, utimesSync, writeFileSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { after, describe, test } from 'node:test';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';
import { scratchFolder } from '../testing/emulator.js';
import { FolderLock } from './folder-lock.js';

const inUse = (pid: number) => new RegExp(`^Error: in use by another emulator \\(process ${pid} on .+, since \\d{4}-.+Z\\)$`);
const moduleUrl = new URL('./folder-lock.js', import.meta.url).href;
/** Takes the lock of the folder in its last argument, says how that went, and stays. */
const script = (folder: string) => `
  import { FolderLock } from ${JSON.stringify(moduleUrl)};
  await FolderLock.take(${JSON.stringify(folder)}).then(() => console.log('taken'), (error) => console.log(error.message));
  setInterval(() => {}, 1000);`;

const children = new Set<ChildProcess>();
after(() => {
  for (const child of children) child.kill('SIGKILL');
});

async function startProcess(folder: string): Promise<{ child: ChildProcess; said: string }> {
  const child = spawn(process.execPath, ['--input-type=module', '--eval', script(folder)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  children.add(child);
  const [line] = (await once(child.stdout as Readable, 'data')) as [Buffer];
  return { child, said: line.toString().trim() };
}

async function kill(child: ChildProcess): Promise<void> {
  child.kill('SIGKILL');
  await once(child, 'exit');
}

const lockFile = (folder: string) => join(folder, 'lock', String(Math.max(...readdirSync(join(folder, 'lock')).map(Number))));
const ownerOf = (folder: string) => JSON.parse(readFileSync(lockFile(folder), 'utf8'));

/** Leaves a lock of another owner. */
async function leaveLock(folder: string, changes: object): Promise<void> {
  const lock = await FolderLock.take(folder);
  const text = JSON.stringify({ ...ownerOf(folder), id: 'another', ...changes });
  await lock.release();
  writeFileSync(lockFile(folder), text);
}

describe('a locked folder is refused', () => {
  test('in the same process, until it is released', async () => {
    const folder = scratchFolder();
    const lock = await FolderLock.take(folder);
    await assert.rejects(FolderLock.take(folder), inUse(process.pid));
    await lock.release();
    await (await FolderLock.take(folder)).release();
  });

  test('in another process', async () => {
    const folder = scratchFolder();
    const { child, said } = await startProcess(folder);
    assert.equal(said, 'taken');
    await assert.rejects(FolderLock.take(folder), inUse(child.pid as number));
  });

  test('in a worker thread', async () => {
    const folder = scratchFolder();
    const lock = await FolderLock.take(folder);
    const worker = new Worker(new URL(`data:text/javascript,${encodeURIComponent(script(folder))}`), { stdout: true });
    const [line] = (await once(worker.stdout, 'data')) as [Buffer];
    assert.match(`Error: ${line.toString().trim()}`, inUse(process.pid));
    await worker.terminate();
    await lock.release();
  });

  test('in another container, as long as the owner shows that it lives', async () => {
    const folder = scratchFolder();
    await leaveLock(folder, { pid: 1, host: 'container', space: 'another boot pid:[1]' });
    const owner = ownerOf(folder);
    let beats = 0;
    const heartbeat = setInterval(() => writeFileSync(lockFile(folder), JSON.stringify(owner).padEnd(1000 + ++beats)), 50);
    await assert.rejects(FolderLock.take(folder), inUse(1));
    clearInterval(heartbeat);
  });
});

describe('the lock of a dead owner is free', () => {
  test('at once after a kill -9', async () => {
    const folder = scratchFolder();
    for (let round = 0; round < 3; round++) {
      const { child, said } = await startProcess(folder);
      assert.equal(said, 'taken');
      await kill(child);
    }
    await (await FolderLock.take(folder)).release();
  });

  test('if its process id was given to another process', { skip: !existsSync('/proc/self/stat') }, async () => {
    const folder = scratchFolder();
    await leaveLock(folder, { pid: process.ppid, startedAt: '1' });
    await (await FolderLock.take(folder)).release();
  });

  test('if it is a zombie', { skip: !existsSync('/proc/self/stat') }, async () => {
    // The shell starts a child and becomes a program that never fetches the child's exit status. Then the child ends.
    const parent = spawn('sh', ['-c', 'cat <&3 & echo $!; exec sleep 60'], { stdio: ['ignore', 'pipe', 'ignore', 'pipe'] });
    children.add(parent);
    const [line] = (await once(parent.stdout as Readable, 'data')) as [Buffer];
    const zombie = Number(line.toString());
    const stat = (pid: number | undefined) => readFileSync(`/proc/${pid}/stat`, 'latin1');
    const startedAt = stat(zombie).split(') ').at(-1)?.split(' ')[19];
    while (!stat(parent.pid).includes('(sleep)')) await nextTurn();
    parent.stdio[3]?.destroy();
    while (!/\) [ZX] /.test(stat(zombie))) await nextTurn();
    const folder = scratchFolder();
    await leaveLock(folder, { pid: zombie, startedAt });
    await (await FolderLock.take(folder)).release();
  });

  test('in another container, if it has not shown that it lives for a while', async () => {
    const folder = scratchFolder();
    await leaveLock(folder, { pid: 1, host: 'container', space: 'another boot pid:[1]' });
    utimesSync(lockFile(folder), new Date(0), new Date(0));
    await (await FolderLock.take(folder)).release();
  });

  test('if it died before it wrote its name', async () => {
    const folder = scratchFolder();
    await mkdir(join(folder, 'lock'));
    writeFileSync(join(folder, 'lock', '7'), '');
    utimesSync(lockFile(folder), new Date(0), new Date(0));
    const lock = await FolderLock.take(folder);
    assert.deepEqual(readdirSync(join(folder, 'lock')), ['8']);
    await lock.release();
  });
});

describe('of simultaneous starts, exactly one wins', () => {
  test('in one process', async () => {
    const folder = scratchFolder();
    for (let round = 0; round < 20; round++) {
      const starts = await Promise.allSettled(Array.from({ length: 4 }, () => FolderLock.take(folder)));
      const locks = starts.flatMap((start) => (start.status === 'fulfilled' ? [start.value] : []));
      assert.equal(locks.length, 1);
      await locks[0]?.release();
    }
  });

  test('in four processes that find a dead owner', async () => {
    const folder = scratchFolder();
    for (let round = 0; round < 3; round++) {
      await leaveLock(folder, { pid: 2 ** 22 + 1, startedAt: '1' });
      const starts = await Promise.all(Array.from({ length: 4 }, () => startProcess(folder)));
      assert.deepEqual(starts.map(({ said }) => said.split(' (')[0]).sort(), [
        'in use by another emulator',
        'in use by another emulator',
        'in use by another emulator',
        'taken',
      ]);
      await Promise.all(starts.map(({ child }) => kill(child)));
    }
  });
});

test('an owner that was suspended notices that its lock was taken', async () => {
  const folder = scratchFolder();
  const lock = await FolderLock.take(folder);
  assert.ok(!lock.isLost);
  writeFileSync(join(folder, 'lock', '99'), '');
  while (!lock.isLost) await nextTurn();
  await lock.release();
});
