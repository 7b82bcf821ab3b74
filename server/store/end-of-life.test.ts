import assert from 'node:assert/strict';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { scratchFolder } from '../testing/emulator.js';
import { openFolder, stored } from '../testing/tenant-files.js';
import { DiskPersistence } from './disk-persistence.js';
import { TenantFolder } from './tenant-folder.js';

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
