import assert from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import { builtInFixtures } from '../records/fixtures.js';
import { scratchFolder } from '../testing/emulator.js';
import { unreadFileWarnings } from './unread-files.js';

function folderWith(...files: string[]): string {
  const folder = scratchFolder();
  for (const file of files) {
    mkdirSync(dirname(join(folder, file)), { recursive: true });
    writeFileSync(join(folder, file), '');
  }
  return folder;
}

const advice: [file: string, unread: string, advice: string][] = [
  ['client.json', 'client.json', 'did you mean clients.json?'],
  ['Users.json', 'Users.json', 'did you mean users.json?'],
  ['user.yaml', 'user.yaml', 'did you mean users.json?'],
  ['scenario.jsonc', 'scenario.jsonc', 'did you mean scenarios.json?'],
  ['apps', 'apps', 'did you mean apps.json?'],
  [
    'merchants.json',
    'merchants.json',
    'expected one of clients.json, apps.json, users.json, scenarios.json, fixtures.json, wallets/',
  ],
  ['wallet/mine.json', 'wallet', 'did you mean wallets/?'],
  ['profiles/mine.json', 'profiles', 'profiles are in wallets/'],
  ['wallets/mine.toml', 'wallets/mine.toml', 'did you mean mine.json?'],
  ['wallets/My Wallet.json', 'wallets/My Wallet.json', 'expected a name such as my-wallet.json'],
];
for (const [file, unread, expected] of advice) {
  test(`${file}: ${expected}`, () => {
    const folder = folderWith(file);
    assert.deepEqual(unreadFileWarnings(folder), [`${join(folder, unread)}: nothing reads this; ${expected}`]);
  });
}

test('nothing is said about files that are read, of other programs, or no data', () => {
  const read = [
    'clients.json',
    'apps.json',
    'users.json',
    'scenarios.json',
    'wallets/my-wallet-2.json',
    'wallets/one.yaml',
    'fixtures.yml',
  ];
  const others = ['README.md', 'package.json', 'billetera.config.json', 'wallet.schema.json', '.git/x.json', 'avatars/me.png'];
  assert.deepEqual(unreadFileWarnings(folderWith(...read, ...others)), []);
  assert.deepEqual(unreadFileWarnings(builtInFixtures), []);
  assert.deepEqual(unreadFileWarnings('/nowhere/at/all'), []);
});

test('nothing is said about a file that an option names', () => {
  const folder = folderWith('mine.json');
  assert.deepEqual(unreadFileWarnings(folder, [join(folder, 'mine.json')]), []);
});
