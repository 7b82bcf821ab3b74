import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { aurora, scratchFolder } from '../testing/emulator.js';

const main = join(import.meta.dirname, 'main.js');

function run(...args: string[]): Promise<{ status: number; out: string; err: string }> {
  return new Promise((resolve) => {
    const child = execFile(process.execPath, [main, ...args], (_error, out, err) =>
      resolve({ status: child.exitCode ?? -1, out, err }),
    );
  });
}

function folderWith(files: Record<string, unknown>): string {
  const folder = scratchFolder();
  mkdirSync(join(folder, 'wallets'));
  for (const [name, content] of Object.entries(files)) writeFileSync(join(folder, `${name}.json`), JSON.stringify(content));
  return folder;
}

const client = { clientId: 'c1', name: 'One' };
const own = { extends: 'platform-v2', name: 'own', title: 'Own' };

describe('check', () => {
  test('counts in words, and names the built-in mini programs that are left out', async () => {
    const folder = folderWith({ clients: [client], apps: [{ appId: 'a1', name: 'One', clientId: 'c1' }] });
    const { status, out } = await run('check', folder);
    assert.equal(status, 0);
    assert.match(out, /is fine: 1 client, 1 mini program, \d+ users, 12 wallets, 0 scenarios\n$/);
    const left = await run('check', folderWith({ clients: [client] }));
    assert.equal(left.status, 0);
    assert.match(
      left.out,
      /: 1 client, 0 mini programs, .*\nLeft out are the built-in .*, since their clients are not in clients/,
    );
    assert.match(left.out, new RegExp(aurora.appId));
  });

  test('a wallet’s first user is one of the users; an inherited one may be missing', async () => {
    const users = [{ userId: 'u1', name: 'One' }];
    const wrong = await run('check', folderWith({ users, 'wallets/own': { ...own, firstUser: 'u2' } }));
    assert.equal(wrong.status, 1);
    assert.match(wrong.err, /^billetera: .*own\.json: firstUser: expected one of users\.json, got u2\n$/);
    for (const more of [{}, { firstUser: 'u1' }])
      assert.equal((await run('check', folderWith({ users, 'wallets/own': { ...own, ...more } }))).status, 0);
  });
});

test('a folder of fixtures that is not there is one line for each command', async () => {
  for (const args of [
    ['wallets', '--fixtures', './nope'],
    ['check', './nope'],
    ['start', '--fixtures', './nope'],
  ]) {
    const { status, out, err } = await run(...args);
    assert.deepEqual([status, out, err], [1, '', 'billetera: ./nope: expected a folder of fixtures\n'], args.join(' '));
  }
});

test('a wallet that there is not is one line, with those that there are', async () => {
  const unknown = await run('start', '--wallet', 'gcsh', '--port', '0');
  assert.equal(unknown.status, 1);
  assert.match(unknown.err, /^billetera: unknown wallet "gcsh": expected gcash, or another of .*, or a path to a profile\n$/);
  const missing = await run('start', '--wallet', './nope.json', '--port', '0');
  assert.equal(missing.status, 1);
  assert.match(missing.err, /^billetera: .*nope\.json: the file does not exist; expected a profile\n$/);
});

test('keys prints the platform’s, but for one that is new at each start', async () => {
  assert.match((await run('keys')).out, /BEGIN PUBLIC KEY/);
  const { status, out } = await run('keys', '--platform-key', 'generate');
  assert.equal(status, 0);
  assert.doesNotMatch(out, /BEGIN PUBLIC KEY/);
  assert.match(out, /^The platform’s key is a new one at each start/);
});
