import assert from 'node:assert/strict';
import {
  appendFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, mock, test } from 'node:test';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { scratchFolder } from '../testing/emulator.js';
import { DiskPersistence } from './disk-persistence.js';
import type { StorageError } from './storage-error.js';
import { TenantFolder } from './tenant-folder.js';

const heldLock = { isLost: false };
const openFolder = (path: string) => new TenantFolder(path, false, heldLock);

/** Reads the folder as a start does. It also deletes leftovers. */
async function load(path: string): Promise<Record<string, object>> {
  const folder = openFolder(path);
  const current = existsSync(path) ? await folder.open() : undefined;
  const entries = current === undefined ? [] : await new DiskPersistence(folder, { current }).load(current.base);
  return Object.fromEntries(entries.map(({ kind, key, entry }) => [`${kind} ${key}`, entry]));
}

/** Reads a copy of the folder as a start would now, while the emulator runs. */
async function stored(folder: string): Promise<Record<string, object>> {
  for (;;) {
    const copy = join(scratchFolder(), 'copy');
    try {
      if (existsSync(folder)) cpSync(folder, copy, { recursive: true });
      return await load(copy);
    } catch (error) {
      // The emulator deleted a file during the copy.
      if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    }
  }
}

function files(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
}

const logOf = (folder: string) => files(folder).find((file) => file.endsWith('.jsonl')) as string;

/** The number of the stored base. */
function baseOf(folder: string): number {
  const file = join(folder, 'current.json');
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')).base : 0;
}

/** Adds changes until a new base was written. */
async function compact(folder: string, persistence: DiskPersistence): Promise<void> {
  for (let index = 0; baseOf(folder) === 0; index++) {
    persistence.changed('consents', `filler-${index % 10}`, { text: 'x'.repeat(100_000) });
    await persistence.settled();
  }
  await persistence.close();
}

describe('a disk persistence', () => {
  test('has every change on disk when settled() resolves', async () => {
    const folder = scratchFolder();
    const persistence = new DiskPersistence(openFolder(folder));
    persistence.changed('auth-codes', 'one', { a: 1 });
    persistence.changed('consents', 'two', { b: 2 });
    await persistence.settled();
    assert.deepEqual(await stored(folder), { 'auth-codes one': { a: 1 }, 'consents two': { b: 2 } });
    persistence.changed('auth-codes', 'one', undefined);
    persistence.changed('consents', 'two', { b: 3 });
    await persistence.settled();
    assert.deepEqual(await stored(folder), { 'consents two': { b: 3 } });
  });

  test('writes a change that nobody waits for', async () => {
    const folder = scratchFolder();
    const persistence = new DiskPersistence(openFolder(folder));
    persistence.changed('auth-codes', 'one', { a: 1 });
    while ((await stored(folder))['auth-codes one'] === undefined) await nextTurn();
  });

  test('stores many concurrent changes in few writes', async () => {
    const folder = scratchFolder();
    const persistence = new DiskPersistence(openFolder(folder));
    await Promise.all(
      Array.from({ length: 500 }, async (_, index) => {
        persistence.changed('access-tokens', `token-${index}`, { index });
        await persistence.settled();
      }),
    );
    assert.equal(Object.keys(await stored(folder)).length, 500);
    assert.ok(readFileSync(logOf(folder), 'utf8').split('\n').length < 10);
  });

  test('settled() waits for changes made while a write was running', async () => {
    const folder = scratchFolder();
    const persistence = new DiskPersistence(openFolder(folder));
    for (let index = 0; index < 20; index++) {
      persistence.changed('auth-codes', 'busy', { index });
      const first = persistence.settled();
      await nextTurn();
      persistence.changed('auth-codes', 'late', { index });
      await persistence.settled();
      assert.deepEqual((await stored(folder))['auth-codes late'], { index });
      await first;
    }
  });

  test('settled() without a change of its own waits for the write that is running', async () => {
    const folder = scratchFolder();
    const persistence = new DiskPersistence(openFolder(folder));
    persistence.changed('auth-codes', 'one', { a: 1 });
    await nextTurn();
    await persistence.settled();
    assert.deepEqual(await stored(folder), { 'auth-codes one': { a: 1 } });
  });

  test('a write takes only what changed, however much is stored', async () => {
    const folder = scratchFolder();
    const persistence = new DiskPersistence(openFolder(folder));
    for (let index = 0; index < 5000; index++) persistence.changed('access-tokens', `token-${index}`, { index });
    await persistence.settled();
    const before = statSync(logOf(folder)).size;
    persistence.changed('access-tokens', 'token-7', { index: 8 });
    await persistence.settled();
    assert.ok(statSync(logOf(folder)).size - before < 100);
  });

  test('stores any key, and keeps the order of entries', async () => {
    const folder = scratchFolder();
    const persistence = new DiskPersistence(openFolder(folder));
    const keys = ['__proto__', 'constructor', '', '../..', '9', '1', 'ñ/"\\\n\u2028', 'x'.repeat(5000)];
    for (const key of keys) persistence.changed('auth-codes', key, { key });
    await compact(folder, persistence);
    const reader = openFolder(folder);
    const current = await reader.open();
    assert.ok(current && current.base > 0);
    const entries = await new DiskPersistence(reader, { current }).load(current.base);
    assert.deepEqual(
      entries.filter(({ kind }) => kind === 'auth-codes').map(({ key, entry }) => [key, entry]),
      keys.map((key) => [key, { key }]),
    );
  });

  test('a large log becomes a base, and changes meanwhile are stored', async () => {
    const folder = scratchFolder();
    const persistence = new DiskPersistence(openFolder(folder));
    for (let index = 0; index < 3000; index++) persistence.changed('grants', `grant-${index}`, { index });
    await compact(folder, persistence);
    const before = await stored(folder);
    assert.equal(Object.keys(before).filter((key) => key.startsWith('grants')).length, 3000);

    const next = openFolder(folder);
    const current = await next.open();
    assert.ok(current);
    const reopened = new DiskPersistence(next, { current });
    await reopened.load(current.base);
    reopened.changed('grants', 'grant-0', undefined);
    reopened.changed('grants', 'grant-1', { index: -1 });
    await reopened.settled();
    const { 'grants grant-0': _, ...others } = before;
    assert.deepEqual(await stored(folder), { ...others, 'grants grant-1': { index: -1 } });
  });

  test('a compaction that a close interrupts keeps the log', async () => {
    const folder = scratchFolder();
    const persistence = new DiskPersistence(openFolder(folder));
    const text = 'x'.repeat(1000);
    for (let index = 0; index < 5000; index++) persistence.changed('grants', `grant-${index}`, { index, text });
    await persistence.settled();
    await persistence.close();
    assert.equal(Object.keys(await stored(folder)).length, 5000);
  });

  test('during compaction, a change is in the base or in the log', async () => {
    const folder = scratchFolder();
    const persistence = new DiskPersistence(openFolder(folder));
    const expected: Record<string, object> = {};
    let index = 0;
    while (baseOf(folder) < 3) {
      for (let count = 0; count < 200; count++, index++) {
        const key = `grant-${index % 4000}`;
        const entry = { index, text: 'x'.repeat(500) };
        persistence.changed('grants', key, entry);
        expected[`grants ${key}`] = entry;
      }
      await persistence.settled();
      if (index % 20_000 === 0) assert.deepEqual(await stored(folder), expected);
    }
    await persistence.close();
    assert.deepEqual(await stored(folder), expected);
  });
});

describe('a kill during a write', () => {
  async function writeTwice(): Promise<string> {
    const folder = scratchFolder();
    const persistence = new DiskPersistence(openFolder(folder));
    persistence.changed('auth-codes', 'one', { a: 1 });
    await persistence.settled();
    return folder;
  }

  test('leaves part of a line, which is ignored and overwritten', async () => {
    const folder = await writeTwice();
    appendFileSync(logOf(folder), '[["auth-codes","two",{"text":"a long text that was not written comple');
    assert.deepEqual(await load(folder), { 'auth-codes one': { a: 1 } });
    const next = openFolder(folder);
    const current = await next.open();
    assert.ok(current);
    const persistence = new DiskPersistence(next, { current });
    await persistence.load(current.base);
    persistence.changed('auth-codes', 'three', {});
    await persistence.settled();
    assert.deepEqual(await load(folder), { 'auth-codes one': { a: 1 }, 'auth-codes three': {} });
  });

  test('together with a power loss leaves a part that was never written, which is ignored', async () => {
    const folder = await writeTwice();
    appendFileSync(logOf(folder), '[["auth-codes","two",{"te\0\0\0\0\0\0\0\0\0\0\0\0"}]]\n');
    assert.deepEqual(await load(folder), { 'auth-codes one': { a: 1 } });
  });

  test('before the first write was complete leaves nothing', async () => {
    const folder = await writeTwice();
    rmSync(join(folder, 'current.json'));
    assert.deepEqual(await load(folder), {});
    assert.ok(!existsSync(folder));
  });

  test('during a restore leaves what was there before', async () => {
    const folder = await writeTwice();
    const unfinished = join(folder, '00000000-0000-4000-8000-000000000000');
    mkdirSync(join(unfinished, 'base-1'), { recursive: true });
    writeFileSync(join(unfinished, 'base-1', 'auth-codes-000001.json'), '[["two",{');
    assert.deepEqual(await load(folder), { 'auth-codes one': { a: 1 } });
    assert.ok(!existsSync(unfinished), 'the next start deletes it');
  });
});

describe('a damaged file is an error in one line with its name', () => {
  const line = '[["auth-codes","one",{"a":1}]]\n';

  async function damagedLog(text: string): Promise<string> {
    const folder = scratchFolder();
    const persistence = new DiskPersistence(openFolder(folder));
    persistence.changed('auth-codes', 'one', { a: 1 });
    await persistence.settled();
    writeFileSync(logOf(folder), text);
    return folder;
  }

  for (const [name, text, message] of [
    ['a line that is not JSON', `${line}oops\n${line}`, ':2: expected JSON'],
    ['a line that is not a list', `${line}{}\n`, ':2: expected a list of changes [kind, key, entry]'],
    ['an unknown kind', '[["codes","one",{}]]\n', ':1: expected a list of changes [kind, key, entry]'],
    ['an entry that is no object', '[["auth-codes","one",1]]\n', ':1: expected a list of changes [kind, key, entry]'],
  ] as const) {
    test(name, async () => {
      const folder = await damagedLog(text);
      await assert.rejects(load(folder), { message: logOf(folder) + message });
      assert.equal(readFileSync(logOf(folder), 'utf8'), text);
    });
  }

  for (const [name, text, message] of [
    ['a page that is not JSON', '[["one', 'expected JSON'],
    ['a page that is null', 'null', 'expected a list of entries'],
    ['an entry of a page that is null', '[["one",null]]', 'expected a list of entries [key, entry]'],
  ] as const) {
    test(name, async () => {
      const folder = scratchFolder();
      await compact(folder, new DiskPersistence(openFolder(folder)));
      const page = files(folder).find((file) => file.includes('consents-')) as string;
      writeFileSync(page, text);
      await assert.rejects(load(folder), { message: `${page}: ${message}` });
    });
  }

  test('a wrong current.json', async () => {
    const folder = await damagedLog(line);
    const file = join(folder, 'current.json');
    writeFileSync(file, '{"generation":"../other","base":0}');
    await assert.rejects(load(folder), {
      message: `${file}: generation: expected a string: the name of a folder next to this file`,
    });
    assert.ok(existsSync(logOf(folder)));
  });
});

describe('a disk that is full', () => {
  test('rejects settled(), and the next write stores its changes too', async () => {
    const folder = scratchFolder();
    const persistence = new DiskPersistence(openFolder(folder));
    persistence.changed('auth-codes', 'before', { a: 1 });
    await persistence.settled();
    const restore = await fillDisk();
    persistence.changed('auth-codes', 'one', { text: 'x'.repeat(100) });
    await assert.rejects(
      persistence.settled(),
      (error: StorageError) => error.problem === 'no-space' && /full/.test(error.message),
    );
    await assert.rejects(persistence.settled(), { problem: 'no-space' }, 'a read does not tell what is not stored');
    assert.deepEqual(await stored(folder), { 'auth-codes before': { a: 1 } });
    restore();
    persistence.changed('auth-codes', 'one', undefined);
    persistence.changed('consents', 'two', { b: 2 });
    await persistence.settled();
    assert.deepEqual(await stored(folder), { 'auth-codes before': { a: 1 }, 'consents two': { b: 2 } });
  });

  test('leaves the old state if a restore fails', async () => {
    const folder = scratchFolder();
    const tenant = openFolder(folder);
    const persistence = new DiskPersistence(tenant);
    persistence.changed('auth-codes', 'before', { a: 1 });
    await persistence.settled();
    const successor = new DiskPersistence(tenant, { waitsForReplace: true });
    successor.changed('auth-codes', 'restored', { a: 2 });
    const restore = await fillDisk();
    await assert.rejects(successor.replaceStored(assert.fail), { problem: 'no-space' });
    restore();
    persistence.changed('auth-codes', 'after', { a: 3 });
    await persistence.settled();
    assert.deepEqual(await stored(folder), { 'auth-codes before': { a: 1 }, 'auth-codes after': { a: 3 } });
  });
});

/** Lets every write to a file stop halfway, as on a full disk. @returns a function that makes room */
async function fillDisk(): Promise<() => void> {
  const file = await open('/dev/null', 'w');
  const prototype = Object.getPrototypeOf(file) as FileHandle;
  await file.close();
  const write = prototype.write;
  const noSpace = () => Object.assign(new Error('ENOSPC: no space left on device, write'), { code: 'ENOSPC' });
  const half = mock.method(prototype, 'write', async function (this: FileHandle, ...args: [Buffer, number, number, number]) {
    const [buffer, offset, length, position] = args;
    await (write as (...args: unknown[]) => Promise<unknown>).call(this, buffer, offset, Math.floor(length / 2), position);
    throw noSpace();
  } as never);
  const whole = mock.method(prototype, 'writeFile', async () => {
    throw noSpace();
  });
  return () => {
    half.mock.restore();
    whole.mock.restore();
  };
}

describe('the end of a life', () => {
  test('drop deletes everything, and the tenant can start again at once', async () => {
    const folder = join(scratchFolder(), 'tenant');
    const tenant = openFolder(folder);
    const persistence = new DiskPersistence(tenant);
    persistence.changed('auth-codes', 'one', { a: 1 });
    await persistence.settled();
    const dropped = persistence.drop();
    const next = new DiskPersistence(tenant);
    next.changed('auth-codes', 'two', { b: 2 });
    persistence.changed('auth-codes', 'one', { a: 2 });
    await Promise.all([dropped, next.settled(), persistence.settled()]);
    await persistence.deleteFiles();
    assert.deepEqual(await stored(folder), { 'auth-codes two': { b: 2 } });
    assert.equal(readdirSync(folder).length, 2, 'current.json and one generation');
  });

  test('a read of the new life waits until the old one cannot come back', async () => {
    const folder = join(scratchFolder(), 'tenant');
    const tenant = openFolder(folder);
    const persistence = new DiskPersistence(tenant);
    persistence.changed('auth-codes', 'one', { a: 1 });
    await persistence.settled();
    void persistence.drop();
    await new DiskPersistence(tenant).settled();
    assert.deepEqual(await stored(folder), {});
  });

  test('a call that began before the drop waits for it', async () => {
    const folder = join(scratchFolder(), 'tenant');
    const tenant = openFolder(folder);
    const persistence = new DiskPersistence(tenant);
    persistence.changed('auth-codes', 'one', { a: 1 });
    await persistence.settled();
    persistence.changed('auth-codes', 'one', { a: 2 });
    const settled = persistence.settled();
    void persistence.drop();
    await settled;
    assert.deepEqual(await stored(folder), {});
  });

  test('drop during a write deletes everything', async () => {
    const folder = join(scratchFolder(), 'tenant');
    const persistence = new DiskPersistence(openFolder(folder));
    const waits: Promise<unknown>[] = [];
    for (let index = 0; index < 50; index++) persistence.changed('auth-codes', `code-${index}`, { index });
    waits.push(persistence.settled());
    await nextTurn();
    await Promise.all([persistence.drop(), ...waits]);
    await persistence.deleteFiles();
    assert.ok(!existsSync(folder));
  });

  test('a restore replaces everything in one step, and the old life can no longer write', async () => {
    const folder = join(scratchFolder(), 'tenant');
    const tenant = openFolder(folder);
    const old = new DiskPersistence(tenant);
    old.changed('auth-codes', 'old', { a: 1 });
    await old.settled();
    const successors = Array.from({ length: 4 }, (_, index) => {
      const successor = new DiskPersistence(tenant, { waitsForReplace: true });
      successor.changed('auth-codes', 'restored', { index });
      return successor;
    });
    const order: number[] = [];
    const lives = [old, ...successors];
    await Promise.all(
      successors.map((successor, index) =>
        successor
          .replaceStored(() => {
            for (const life of lives) if (life !== successor) life.discard();
            order.push(index);
          })
          .catch(() => {}),
      ),
    );
    old.changed('auth-codes', 'late', { a: 2 });
    await old.settled();
    assert.deepEqual(await stored(folder), { 'auth-codes restored': { index: order.at(-1) } });
  });

  test('a drop of a life that was replaced changes nothing', async () => {
    const folder = join(scratchFolder(), 'tenant');
    const tenant = openFolder(folder);
    const old = new DiskPersistence(tenant);
    old.changed('auth-codes', 'old', { a: 1 });
    await old.settled();
    const successor = new DiskPersistence(tenant, { waitsForReplace: true });
    successor.changed('auth-codes', 'new', { a: 2 });
    const replaced = successor.replaceStored(() => {});
    const dropped = old.drop();
    await Promise.all([replaced, dropped]);
    assert.deepEqual(await stored(folder), { 'auth-codes new': { a: 2 } });
  });

  test('a process that lost the lock writes nothing', async () => {
    const folder = scratchFolder();
    const lock = { isLost: false };
    const persistence = new DiskPersistence(new TenantFolder(folder, false, lock));
    persistence.changed('auth-codes', 'one', { a: 1 });
    await persistence.settled();
    lock.isLost = true;
    persistence.changed('auth-codes', 'two', { a: 2 });
    await assert.rejects(persistence.settled(), { problem: 'not-stored' });
    assert.deepEqual(await stored(folder), { 'auth-codes one': { a: 1 } });
  });
});
