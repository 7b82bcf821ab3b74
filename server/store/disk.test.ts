import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { after, describe, test } from 'node:test';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { scratchFolder } from '../testing/emulator.js';
import { Archive, DiskPersistence } from './disk.js';

async function stored(folder: string): Promise<Record<string, object>> {
  const all: Record<string, object> = {};
  for await (const { kind, key, entry } of new DiskPersistence(folder).load()) all[`${kind} ${key}`] = entry;
  return all;
}

function files(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => entry.name);
}

describe('a persistence', () => {
  test('has on disk what changed before settled() resolves', async () => {
    const folder = scratchFolder();
    const persistence = new DiskPersistence(folder);
    persistence.changed('auth-codes', 'one', { a: 1 });
    persistence.changed('consents', 'two', { b: 2 });
    await persistence.settled();
    assert.deepEqual(await stored(folder), { 'auth-codes one': { a: 1 }, 'consents two': { b: 2 } });
    persistence.changed('auth-codes', 'one', undefined);
    persistence.changed('consents', 'two', { b: 3 });
    await persistence.settled();
    assert.deepEqual(await stored(folder), { 'consents two': { b: 3 } });
  });

  test('keeps all of many changes at once, whoever waits', async () => {
    const folder = scratchFolder();
    const persistence = new DiskPersistence(folder);
    await Promise.all(
      Array.from({ length: 500 }, async (_, index) => {
        persistence.changed('access-tokens', `token-${index}`, { index });
        await persistence.settled();
      }),
    );
    assert.equal(Object.keys(await stored(folder)).length, 500);
  });

  test('a caller hears only once its own change is on disk', async () => {
    const folder = scratchFolder();
    const persistence = new DiskPersistence(folder);
    for (let index = 0; index < 20; index++) {
      persistence.changed('auth-codes', 'busy', { index });
      const first = persistence.settled();
      persistence.changed('auth-codes', 'late', { index });
      await persistence.settled();
      assert.deepEqual((await stored(folder))['auth-codes late'], { index });
      await first;
    }
  });

  test('writes nothing for what did not change', async () => {
    const folder = scratchFolder();
    const persistence = new DiskPersistence(folder);
    await persistence.settled();
    assert.deepEqual(files(folder), []);
    persistence.changed('auth-codes', 'one', { a: 1 });
    await persistence.settled();
    assert.equal(files(folder).length, 1, 'one file, and no temporary one');
  });

  test('takes any key and any value of JSON', async () => {
    const folder = scratchFolder();
    const persistence = new DiskPersistence(folder);
    const keys = ['__proto__', 'constructor', '', '../..', 'ñ/"\\\n', 'x'.repeat(5000)];
    for (const key of keys) persistence.changed('auth-codes', key, { key });
    await persistence.settled();
    const entries: [string, object][] = [];
    for await (const { key, entry } of new DiskPersistence(folder).load()) entries.push([key, entry]);
    assert.deepEqual(new Map(entries), new Map(keys.map((key) => [key, { key }])));
  });

  test('a file that is not what was written is an error with its name', async () => {
    const folder = scratchFolder();
    const persistence = new DiskPersistence(folder);
    persistence.changed('auth-codes', 'one', { a: 1 });
    await persistence.settled();
    const file = join(folder, 'auth-codes', files(folder)[0] as string);
    writeFileSync(file, readFileSync(file).subarray(0, 5));
    await assert.rejects(
      stored(folder),
      (error: Error) => error.message.startsWith(`${file}: expected JSON`) && !error.message.includes('\n'),
    );
  });

  test('a write that fails is told, and made up for by the next', async () => {
    const folder = scratchFolder();
    const persistence = new DiskPersistence(folder);
    rmSync(join(folder, 'auth-codes'), { recursive: true });
    persistence.changed('auth-codes', 'one', { a: 1 });
    await assert.rejects(persistence.settled(), /ENOENT/);
    mkdirSync(join(folder, 'auth-codes'));
    persistence.changed('consents', 'two', { b: 2 });
    await persistence.settled();
    assert.deepEqual(await stored(folder), { 'auth-codes one': { a: 1 }, 'consents two': { b: 2 } });
  });

  test('drop leaves nothing behind, and the folder free for another', async () => {
    const folder = join(scratchFolder(), 'tenant');
    const persistence = new DiskPersistence(folder);
    persistence.changed('auth-codes', 'one', { a: 1 });
    await persistence.settled();
    const dropped = persistence.drop();
    const next = new DiskPersistence(folder);
    next.changed('auth-codes', 'two', { b: 2 });
    persistence.changed('auth-codes', 'one', { a: 2 });
    await Promise.all([dropped, next.settled(), persistence.settled()]);
    assert.deepEqual(await stored(folder), { 'auth-codes two': { b: 2 } });
    assert.deepEqual(readdirSync(join(folder, '..')), ['tenant']);
  });

  test('drop while a write runs', async () => {
    const folder = join(scratchFolder(), 'tenant');
    const persistence = new DiskPersistence(folder);
    const waits: Promise<unknown>[] = [];
    for (let index = 0; index < 50; index++) persistence.changed('auth-codes', `code-${index}`, { index });
    waits.push(persistence.settled());
    await Promise.resolve();
    await Promise.resolve();
    await Promise.all([persistence.drop(), ...waits]);
    assert.ok(!existsSync(folder));
    assert.deepEqual(readdirSync(join(folder, '..')), []);
  });
});

test('a tenant’s folder stays within the data folder, and apart from every other', async () => {
  const names = ['default', 'Default', '..', '.', 'a', 'A'];
  const data = scratchFolder();
  const archive = new Archive(data);
  for (const name of names) archive.persistence(name);
  assert.deepEqual((await archive.tenants()).sort(), [...names].sort());
  const folders = readdirSync(data).filter((name) => name !== 'billetera.lock');
  assert.equal(new Set(folders.map((folder) => folder.toLowerCase())).size, names.length);
  for (const folder of folders) assert.match(folder, /^[^/]+~[0-9a-f]{8}$/);
});

test('a data folder is one emulator’s: a second is told whose it is, and one that is gone holds nobody up', () => {
  const data = scratchFolder();
  mkdirSync(data, { recursive: true });
  const lock = join(data, 'billetera.lock');
  writeFileSync(lock, String(process.ppid));
  assert.throws(() => new Archive(data), new RegExp(`--data ${data}: expected a folder of its own, .*process ${process.ppid}`));
  writeFileSync(lock, '2147483646');
  const archive = new Archive(data);
  assert.match(readFileSync(lock, 'utf8'), new RegExp(`^${process.pid}( \\d+)?$`));
  archive.release();
  assert.ok(!existsSync(lock));
});

test('a process that has another’s number, or has ended and was not yet fetched, holds nobody up', {
  skip: !existsSync('/proc/self/stat'),
}, async () => {
  const data = scratchFolder();
  const lock = join(data, 'billetera.lock');
  writeFileSync(lock, `${process.ppid} 1`);
  new Archive(data).release();

  // The shell starts a child, and becomes a program that never fetches it; then the child comes to its end.
  const parent = spawn('sh', ['-c', 'cat <&3 & echo $!; exec sleep 60'], { stdio: ['ignore', 'pipe', 'ignore', 'pipe'] });
  after(() => parent.kill('SIGKILL'));
  const [line] = (await once(parent.stdout as Readable, 'data')) as [Buffer];
  const zombie = Number(line.toString());
  const stat = (pid: number | undefined) => readFileSync(`/proc/${pid}/stat`, 'latin1');
  while (!stat(parent.pid).includes('(sleep)')) await nextTurn();
  parent.stdio[3]?.destroy();
  while (!/\) [ZX] /.test(stat(zombie))) await nextTurn();
  writeFileSync(lock, String(zombie));
  new Archive(data).release();
});

test('a file of JSON that is no state is one line with its name', async () => {
  const data = scratchFolder();
  const folder = new Archive(data).persistence('t');
  folder.changed('auth-codes', 'a', { some: 'code' });
  await folder.settled();
  const [tenant = ''] = readdirSync(data).filter((name) => name.startsWith('t~'));
  const [file = ''] = readdirSync(join(data, tenant, 'auth-codes'));
  writeFileSync(join(data, tenant, 'auth-codes', file), '{"a":null}');
  await assert.rejects(
    async () => {
      for await (const _ of new Archive(data).persistence('t').load());
    },
    new RegExp(`${file}: a: expected an object; restore the file or delete it$`),
  );
});

test('a data folder that cannot be written is one line', () => {
  const file = join(scratchFolder(), 'file');
  mkdirSync(join(file, '..'), { recursive: true });
  writeFileSync(file, '');
  assert.throws(() => new Archive(file), /--data .*: expected a folder that can be written/);
});
