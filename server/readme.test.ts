import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { promisify } from 'node:util';
import { packageRoot } from './package-root.js';
import { emulatorForFile, users } from './testing/emulator.js';

const run = promisify(execFile);
const emulator = await emulatorForFile();
const readme = readFileSync(join(packageRoot, 'README.md'), 'utf8');

test('the call by hand of the README', { skip: process.platform === 'win32' && 'needs a Unix shell' }, async () => {
  const section = readme.split('\n## The server\n')[1] ?? '';
  const [, pasted = ''] = /^```sh\n(.*?)^```$/ms.exec(section) ?? [];
  const { stdout } = await run('bash', ['-c', pasted.replaceAll('http://127.0.0.1:4010', emulator.url)]);
  assert.deepEqual([JSON.parse(stdout).result.resultCode, JSON.parse(stdout).customerId], ['SUCCESS', users.tomas]);
});
