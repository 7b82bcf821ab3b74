import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { closeSync, ftruncateSync, openSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { scratchFolder } from '../testing/emulator.js';
import { maxFileBytes, readJsonFile, readTextFile } from './read-file.js';

const folder = scratchFolder();
let files = 0;

function file(content: string | Buffer): string {
  const path = join(folder, `file-${++files}.json`);
  writeFileSync(path, content);
  return path;
}

const windows = process.platform === 'win32';

describe('a text file', () => {
  test('may begin with a byte-order mark, which is skipped', () => {
    assert.equal(readTextFile(file('\ufeffäb')), 'äb');
    assert.deepEqual(readJsonFile(file('\ufeff{"a": 1}')), { a: 1 });
  });

  const refused: [name: string, path: string, problem: string][] = [
    [
      'Latin-1',
      file(Buffer.from('{\n"name": "Caf\xe9"\n}', 'latin1')),
      'expected UTF-8, but line 2 has other bytes; save the file as UTF-8',
    ],
    ['UTF-16', file(Buffer.from('\ufeff[]', 'utf16le')), 'expected UTF-8, but this file is UTF-16; save the file as UTF-8'],
    ['a missing file', join(folder, 'none.json'), 'the file does not exist'],
    ['a folder', folder, 'this is a folder, not a file'],
  ];
  for (const [name, path, problem] of refused) {
    test(`${name} is refused with the file's name`, () =>
      assert.throws(() => readTextFile(path), { message: `${path}: ${problem}` }));
  }

  test('a device and a pipe are refused without reading', { skip: windows }, () => {
    assert.throws(() => readTextFile('/dev/zero'), { message: '/dev/zero: this is a device, not a file' });
    const pipe = join(folder, 'pipe');
    execFileSync('mkfifo', [pipe]);
    assert.throws(() => readTextFile(pipe), { message: `${pipe}: this is a pipe, not a file` });
  });

  test('a symbolic link that leads nowhere is named as one', { skip: windows }, () => {
    const [broken, circle] = [join(folder, 'broken.json'), join(folder, 'circle.json')];
    symlinkSync('nothing.json', broken);
    symlinkSync('circle.json', circle);
    const advice = 'correct the link, or delete it';
    assert.throws(() => readTextFile(broken), { message: `${broken}: this symbolic link leads to nothing; ${advice}` });
    assert.throws(() => readTextFile(circle), {
      message: `${circle}: this symbolic link leads back to itself (ELOOP); ${advice}`,
    });
  });

  test('a file over the limit is refused without reading', () => {
    const path = file('');
    const handle = openSync(path, 'r+');
    // A sparse file: it takes no space on the disk.
    ftruncateSync(handle, maxFileBytes + 1);
    closeSync(handle);
    assert.throws(() => readTextFile(path), { message: `${path}: expected a file of at most 64 MB, but it has 65 MB` });
  });
});

describe('a JSON file', () => {
  test('that has a field twice is refused at the second one, also if it is written with an escape', () => {
    const twice = 'this name of a field is used twice; remove one of the two fields';
    for (const [written, place] of [
      ['{\n  "userId": "a",\n  "userId": "b"\n}', 'line 3, column 3'],
      ['[{ "a": { "b": 1 }, "b": 2, "\\u0061": [] }]', 'line 1, column 29'],
    ] as const) {
      const path = file(written);
      assert.throws(() => readJsonFile(path), { message: `${path}: expected JSON: ${place}: ${twice}` });
    }
    const same = '[{ "a": "a", "b": { "a": ["a", "a"] } }, { "a": 1, "__proto__": 2 }]';
    assert.deepEqual(readJsonFile(file(same)), JSON.parse(same));
  });

  test('with a mistake is refused with line and column, and its content is not quoted', () => {
    const path = file('[\n  { "password": secret }\n]');
    assert.throws(() => readJsonFile(path), { message: `${path}: expected JSON: line 2, column 17: expected a value` });
  });

  test('that is empty is refused', () => {
    for (const content of ['', ' \n']) {
      const path = file(content);
      assert.throws(() => readJsonFile(path), { message: `${path}: expected JSON: the file is empty` });
    }
  });

  test('with deep nesting is refused', () => {
    assert.throws(
      () => readJsonFile(file(`${'['.repeat(101)}${']'.repeat(101)}`)),
      /expected JSON with at most 100 levels of nesting/,
    );
    assert.ok(readJsonFile(file(`${'['.repeat(100)}${']'.repeat(100)}`)));
  });
});
