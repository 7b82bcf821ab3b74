import assert from 'node:assert/strict';
import { appendFileSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { scratchFolder } from '../testing/emulator.js';
import { compact, files, load, logOf, openFolder } from '../testing/tenant-files.js';
import { DiskPersistence } from './disk-persistence.js';

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
