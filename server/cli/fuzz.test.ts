import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import test from 'node:test';
import fc from 'fast-check';
import { packageRoot } from '../package-root.js';
import { scratchFolder } from '../testing/emulator.js';
import { fuzz } from '../testing/fuzz.js';

const main = join(packageRoot, 'dist', 'bin', 'main.js');
const cwd = scratchFolder();
/** Each needs a start of Node. */
const maxRuns = 500;

const command = fc.constantFrom(
  ...[
    'flow',
    'sign',
    'verify',
    'health',
    'keys',
    'check',
    'wallets',
    'scenarios',
    'journal',
    'snapshot',
    'report',
    'compare',
    'completion',
  ],
);
const word = fc.oneof(
  fc.constantFrom(
    ...[
      'save',
      'load',
      'open',
      'bash',
      'list',
      '--json',
      '--url',
      'http://127.0.0.1:1',
      'http://[',
      '--wallet',
      'tng',
      '--fixtures',
      '.',
    ],
    ...[
      '--key',
      '--limit',
      '-1',
      '--port',
      '99999',
      '--config',
      '--data',
      '--',
      '-',
      '',
      '--follow',
      '/dev/null',
      '--help',
      '--tenant',
    ],
  ),
  // A shell cannot pass a null character.
  fc.string({ maxLength: 20 }).map((text) => text.replaceAll('\0', '')),
);

test('any arguments of a command end it with a status, and an error is told in plain lines', {
  timeout: 86_400_000,
}, async (context) => {
  let runs = 0;
  await fuzz(context, {
    arbitrary: fc.tuple(command, fc.array(word, { maxLength: 4 })),
    runs: 2,
    call: async ([name, words]) => {
      if (++runs > maxRuns) return;
      const args = [main, name, ...words];
      const child = spawn(process.execPath, args, { cwd, stdio: ['ignore', 'pipe', 'pipe'], timeout: 15_000 });
      const [stdout, stderr, [status, signal]] = await Promise.all([
        text(child.stdout),
        text(child.stderr),
        once(child, 'close'),
      ]);
      const said = `${JSON.stringify(args)} ended with ${status ?? signal}: ${stdout}${stderr}`;
      assert.ok(status === 0 || status === 1 || status === 2, said);
      assert.doesNotMatch(stderr, /^ {4}at /m, said);
    },
  });
});
