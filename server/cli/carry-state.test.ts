import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { text } from 'node:stream/consumers';
import { describe, test } from 'node:test';
import { packageRoot } from '../package-root.js';
import { connect } from '../sdk/index.js';
import { aurora, scratchFolder, users } from '../testing/emulator.js';

const main = join(packageRoot, 'dist', 'bin', 'main.js');

function start(...flags: string[]) {
  const child = spawn(process.execPath, [main, 'start', '--port', '0', ...flags], { stdio: ['ignore', 'pipe', 'pipe'] });
  return { child, ended: once(child, 'close'), err: text(child.stderr) };
}

async function startReady(...flags: string[]) {
  const started = start(...flags);
  const [line] = (await once(createInterface(started.child.stdout), 'line')) as [string];
  const wallet = connect(line.replace('billetera ready at ', ''));
  const stop = async (signal: NodeJS.Signals) => {
    started.child.kill(signal);
    await started.ended;
  };
  return { ...started, wallet, stop };
}

const skip = process.platform === 'win32' && 'Windows has no signals';

for (const signal of ['SIGTERM', 'SIGINT'] as const) {
  test(`the state of one run is that of the next, after ${signal}`, { skip }, async () => {
    const folder = scratchFolder();
    const file = join(folder, 'state.json');
    const flags = ['--import', file, '--export-on-exit', file];
    const first = await startReady(...flags);
    await first.wallet.tokens.issue({ clientId: aurora.clientId, userId: users.tomas, scopes: ['USER_ID'] });
    const { accessToken } = (await first.wallet.tokens.list())[0] ?? {};
    await first.stop(signal);
    assert.equal(statSync(file).mode & 0o077, 0, 'only the owner can read tokens');
    assert.deepEqual(readdirSync(folder), ['state.json']);
    const second = await startReady(...flags);
    assert.deepEqual(
      (await second.wallet.tokens.list()).map((token) => token.accessToken),
      [accessToken],
    );
    await second.stop(signal);
  });
}

describe('a start that fails', () => {
  for (const [name, content, problem] of [
    ['a file that does not exist', undefined, 'the file does not exist'],
    ['a file that is not JSON', '{', 'this is not JSON, or its end is missing; '],
    ['another JSON file', '{}', 'this is not a snapshot; '],
  ] as const)
    test(`${name} is one line of error`, async () => {
      const file = join(scratchFolder(), 'state.json');
      if (content !== undefined) writeFileSync(file, content);
      const { ended, err } = start('--import', file);
      assert.deepEqual(await ended, [1, null]);
      assert.ok((await err).startsWith(`billetera: --import ${file}: ${problem}`), await err);
      assert.equal((await err).split('\n').length, 2, 'one line');
    });

  test('a snapshot that does not fit names the field', { skip }, async () => {
    const file = join(scratchFolder(), 'state.json');
    const exporting = await startReady('--export-on-exit', file);
    exporting.child.kill('SIGTERM');
    await exporting.ended;
    writeFileSync(file, readFileSync(file, 'utf8').replace('"frozen": false', '"frozen": 0'));
    const { ended, err } = start('--import', file);
    assert.deepEqual(await ended, [1, null]);
    assert.equal(await err, `billetera: --import ${file}: clock.frozen: expected true or false\n`);
  });

  test('replaces no file', async () => {
    const file = join(scratchFolder(), 'state.json');
    writeFileSync(file, 'mine');
    const blocker = createServer().listen(0, '127.0.0.1');
    await once(blocker, 'listening');
    const { port } = blocker.address() as { port: number };
    const { ended } = start('--port', `${port}`, '--export-on-exit', file);
    assert.deepEqual(await ended, [1, null]);
    assert.equal(readFileSync(file, 'utf8'), 'mine');
    blocker.close();
  });

  test('a file in a folder that does not exist is an error at the start', async () => {
    const file = join(scratchFolder(), 'none', 'state.json');
    const { ended, err } = start('--export-on-exit', file);
    assert.deepEqual(await ended, [1, null]);
    assert.match(await err, /^billetera: --export-on-exit .*state\.json: expected a file in a folder that exists; create .*\n$/);
    assert.ok(!existsSync(file));
  });

  test('a folder in which nobody can create files is an error at the start', { skip: process.platform !== 'linux' }, async () => {
    const { ended, err } = start('--export-on-exit', '/proc/state.json');
    assert.deepEqual(await ended, [1, null]);
    assert.match(await err, /^billetera: --export-on-exit \/proc\/state\.json: the file cannot be written[^\n]*\n$/);
  });
});

test('a folder that is gone at the end is one line of error', { skip }, async () => {
  const folder = join(scratchFolder(), 'folder');
  mkdirSync(folder);
  const { child, ended, err } = await startReady('--export-on-exit', join(folder, 'state.json'), '--log-level', 'silent');
  rmSync(folder, { recursive: true });
  child.kill('SIGTERM');
  assert.deepEqual(await ended, [1, null]);
  assert.equal(
    await err,
    `billetera: ${join(folder, 'state.json')}: expected a file in a folder that exists; create ${folder}\n`,
  );
});
