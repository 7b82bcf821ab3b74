import assert from 'node:assert/strict';
import { type FileHandle, open } from 'node:fs/promises';
import { describe, mock, test } from 'node:test';
import { scratchFolder } from '../testing/emulator.js';
import { openFolder, stored } from '../testing/tenant-files.js';
import { DiskPersistence } from './disk-persistence.js';
import type { StorageError } from './storage-error.js';

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
