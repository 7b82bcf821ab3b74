import assert from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import Fastify from 'fastify';
import { emulatorForFile, openTestEmulator, scratchFolder } from '../testing/emulator.js';
import { readConfig } from './config.js';
import { checkFiles } from './emulator.js';
import { collectReservedPaths } from './reserved-paths.js';

const fixtures = scratchFolder();
mkdirSync(join(fixtures, 'wallets'));

/** Writes the wallet "own" with one additional path. @returns the file of the profile */
function walletWith(path: string): string {
  const file = join(fixtures, 'wallets', 'own.json');
  const operation = { verb: 'read-user', paths: [path], request: { accessToken: { required: true } }, response: {} };
  writeFileSync(file, JSON.stringify({ extends: 'platform-v2', title: 'Own', operations: { own: operation } }));
  return file;
}

const reserved = [
  ...['/my.js', '/playground', '/assets/x', '/.well-known/x', '/favicon.ico', '/wallet/jsapi', '/scenarios', '/profile'],
  ...['/_emulator/x', '/v2/_emulator', '/v2/_emulator/x', '/t/x'],
];

describe('a wallet cannot have a path that the emulator answers itself', async () => {
  const emulator = await emulatorForFile({ fixtures });

  for (const path of reserved) {
    test(path, async () => {
      const wallet = walletWith(path);
      const message = `${wallet}: operations.own.paths: ${path} is not free, because the emulator itself answers /`;
      const isRefused = (error: Error) => error.message.startsWith(message);
      await assert.rejects(openTestEmulator({ wallet }), isRefused, 'at the start');
      const { problems } = await checkFiles({ ...readConfig({}, {}), wallet });
      assert.ok(
        problems.all.some((problem) => problem.startsWith(message)),
        'without listening',
      );
      const answer = await fetch(`${emulator.url}/_emulator/settings`, {
        method: 'PUT',
        headers: { 'Content-Type': 'application/json' },
        body: JSON.stringify({ wallet: 'own' }),
      });
      assert.equal(answer.status, 400, 'while it runs');
      assert.ok(((await answer.json()) as { message: string }).message.includes(message));
    });
  }

  test('other paths are free', async () => {
    const { problems } = await checkFiles({ ...readConfig({}, {}), wallet: walletWith('/v3/me') });
    assert.deepEqual(problems.all, []);
  });
});

test('a new route reserves its first segment, in nested plugins too', async () => {
  const app = Fastify();
  const findReserved = collectReservedPaths(app);
  app.register(async (room) => {
    room.get('/new-page/:id', async () => '');
    room.get('/', async () => '');
  });
  app.all('/*', async () => '');
  await app.ready();
  assert.equal(findReserved('/new-page/anything'), '/new-page');
  assert.equal(findReserved('/new-page'), '/new-page');
  assert.equal(findReserved('/new-pages'), undefined);
  assert.equal(findReserved('/v2/new-page'), undefined);
});

test('a route cannot begin with a parameter, because it would take the paths of every wallet', async () => {
  const app = Fastify();
  collectReservedPaths(app);
  assert.throws(() => app.get('/:page', async () => ''), /the route \/:page would answer the paths of every wallet/);
});
