import assert from 'node:assert/strict';
import { readFileSync, statSync } from 'node:fs';
import { describe, test } from 'node:test';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { scratchFolder } from '../testing/emulator.js';
import { baseOf, compact, logOf, openFolder, stored } from '../testing/tenant-files.js';
import { DiskPersistence } from './disk-persistence.js';

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
