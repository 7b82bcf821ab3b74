import assert from 'node:assert/strict';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { scratchFolder } from '../testing/emulator.js';
import { DiskPersistence } from './disk-persistence.js';

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

describe('a disk persistence', () => {
  test('has every change on disk when settled() resolves', async () => {
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

  test('stores many concurrent changes', async () => {
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

  test('settled() waits for changes made while a write was running', async () => {
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

  test('writes only changed files', async () => {
    const folder = scratchFolder();
    const persistence = new DiskPersistence(folder);
    await persistence.settled();
    assert.deepEqual(files(folder), []);
    persistence.changed('auth-codes', 'one', { a: 1 });
    await persistence.settled();
    assert.equal(files(folder).length, 1, 'one file, and no temporary file');
  });

  test('stores any key', async () => {
    const folder = scratchFolder();
    const persistence = new DiskPersistence(folder);
    const keys = ['__proto__', 'constructor', '', '../..', 'ñ/"\\\n', 'x'.repeat(5000)];
    for (const key of keys) persistence.changed('auth-codes', key, { key });
    await persistence.settled();
    const entries: [string, object][] = [];
    for await (const { key, entry } of new DiskPersistence(folder).load()) entries.push([key, entry]);
    assert.deepEqual(new Map(entries), new Map(keys.map((key) => [key, { key }])));
  });

  test('a damaged file is an error in one line with its name', async () => {
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

  test('a failed write rejects settled(), and the next write stores its changes too', async () => {
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

  test('drop deletes everything, and the folder can be used again at once', async () => {
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

  test('drop during a write deletes everything', async () => {
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

  test('an entry that is not an object is an error with the file and the key', async () => {
    const folder = scratchFolder();
    const persistence = new DiskPersistence(folder);
    persistence.changed('auth-codes', 'a', { some: 'code' });
    await persistence.settled();
    const [name = ''] = readdirSync(join(folder, 'auth-codes'));
    writeFileSync(join(folder, 'auth-codes', name), '{"a":null}');
    await assert.rejects(stored(folder), new RegExp(`${name}: a: expected an object; restore the file or delete it$`));
  });
});
