import assert from 'node:assert/strict';
import { statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { scratchFolder } from '../testing/emulator.js';
import { createFolder } from './create-folder.js';

test('creates a folder and those above it, also twice', async () => {
  const path = join(scratchFolder(), 'a', 'b', 'c');
  await createFolder(path);
  await createFolder(path);
  assert.ok(statSync(path).isDirectory());
});

test('fails if a file is in the way, or if a file system takes no folders', async () => {
  const file = join(scratchFolder(), 'file');
  writeFileSync(file, '');
  await assert.rejects(createFolder(file), { code: 'EEXIST' });
  await assert.rejects(createFolder(join(file, 'below')), { code: 'ENOTDIR' });
  if (process.platform === 'linux')
    for (const path of ['/proc/x', '/proc/x/y/z']) await assert.rejects(createFolder(path), { code: 'ENOENT' });
});
