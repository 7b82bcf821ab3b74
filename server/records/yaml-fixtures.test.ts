import assert from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, test } from 'node:test';
import { readConfig, readOptions } from '../emulator/config.js';
import { checkFiles } from '../emulator/emulator.js';
import { FilesInvalidError } from '../files/problem-list.js';
import { aurora, scratchFolder } from '../testing/emulator.js';
import { loadFixtures } from './fixtures.js';

function folderWith(files: Record<string, string>): string {
  const folder = scratchFolder();
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), text);
  }
  return folder;
}

const allKinds = `# Café
$schema: ./any.json
clients:
  - &first { clientId: c1, name: One }
  - { <<: *first, clientId: c2 }
apps: [{ appId: a1, name: One, clientId: c2 }]
users:
  - userId: "1000001119398804001"
    name: Uno
scenarios:
  - id: late
    then: { delay: PT1S }
`;

describe('YAML', () => {
  test('a file of one kind, as a list or an object', () => {
    for (const text of ['- { userId: u1, name: One }\n', 'users:\n  - userId: u1\n    name: One\n'])
      for (const name of ['users.yaml', 'users.yml']) {
        const { users, clients } = loadFixtures(folderWith({ [name]: text }));
        assert.deepEqual([[...users.keys()], clients.has(aurora.clientId)], [['u1'], true]);
      }
  });

  test('all kinds in one file, beside files of one kind', () => {
    const { clients, apps, users, scenarios } = loadFixtures(folderWith({ 'fixtures.yaml': allKinds }));
    assert.deepEqual([[...clients.keys()], clients.get('c2')?.name], [['c1', 'c2'], 'One']);
    assert.equal(apps.get('a1')?.clientId, 'c2');
    assert.deepEqual([[...users.keys()], scenarios.map(({ id }) => id)], [['1000001119398804001'], ['late']]);
    const other = {
      'fixtures.json': '{ "clients": [{ "clientId": "c1", "name": "One" }] }',
      'users.yml': '[{ userId: u1, name: A }]',
    };
    const mixed = loadFixtures(folderWith(other));
    assert.deepEqual([[...mixed.clients.keys()], [...mixed.users.keys()]], [['c1'], ['u1']]);
  });

  test('a wallet', async () => {
    const fixtures = folderWith({ 'wallets/own.yaml': 'extends: gcash\ntitle: Own\nfirstUser: null\n' });
    const { profiles, problems } = await checkFiles(readOptions({ fixtures, wallet: 'own' }));
    assert.deepEqual(problems.all, []);
    assert.equal(profiles.get('own').source.title, 'Own');
    assert.equal((await checkFiles(readOptions({ wallet: join(fixtures, 'wallets', 'own.yaml') }))).wallet, 'own');
    writeFileSync(join(fixtures, 'wallets', 'own.yaml'), 'extends: gcash\nlifetimes:\n  accessToken: 5 days\n');
    const wrong = await checkFiles(readOptions({ fixtures }));
    assert.equal(wrong.problems.all.length, 1);
    assert.match(wrong.problems.all[0] ?? '', /own\.yaml: line 3, column 16: lifetimes\.accessToken: expected /);
  });
});

/** A mistake in a file, and the whole error after the folder. */
const mistakes: [name: string, files: Record<string, string>, error: string][] = [
  [
    'not YAML',
    { 'users.yaml': '- userId: u1\n  name: "One\n' },
    'users.yaml: expected YAML: line 3, column 1: a string has no closing quotation mark (MISSING_CHAR)',
  ],
  ['an empty file', { 'users.yaml': '\n' }, 'users.yaml: expected YAML: the file is empty'],
  [
    'an alias without an anchor',
    { 'users.yaml': '- userId: u1\n  name: *a\n' },
    'users.yaml: expected YAML with the values of JSON: the alias a has no anchor before it',
  ],
  ['no list', { 'users.yaml': 'people: []\n' }, 'users.yaml: expected a list of users, or { "users": [ … ] }'],
  [
    'another field beside the list',
    { 'users.yaml': 'users: []\nuser: 1\n' },
    'users.yaml: line 1, column 1: unknown field "user"; allowed: $schema, users',
  ],
  [
    'an id that is a number',
    { 'users.yaml': '- userId: 1\n  name: A\n' },
    'users.yaml: line 1, column 11: users[0].userId: expected a string: the user',
  ],
  [
    'a missing field',
    { 'users.yaml': 'users:\n  - userId: u1\n' },
    'users.yaml: line 2, column 5: users[0].name: missing; expected a string: how testers see them',
  ],
  [
    'a nested field',
    { 'fixtures.yaml': 'users:\n  - userId: u1\n    name: A\n    behaviour:\n      consent: maybe\n' },
    'fixtures.yaml: line 5, column 16: users[0].behaviour.consent: expected one of ask, grant, deny',
  ],
  [
    'a key that is no key',
    { 'clients.yaml': '- clientId: c1\n  name: A\n  publicKey: nonsense\n' },
    'clients.yaml: line 3, column 14: clients[0].publicKey: expected an RSA public key',
  ],
  [
    'an unknown client',
    { 'apps.yaml': '- { appId: a, name: A, clientId: c9 }\n' },
    'apps.yaml: line 1, column 34: apps[0].clientId: expected one of the clients, got c9',
  ],
  [
    'an unknown kind',
    { 'fixtures.yaml': 'user: []\n' },
    'fixtures.yaml: line 1, column 1: unknown field "user"; allowed: $schema, clients, apps, users, scenarios',
  ],
  [
    'endless aliases',
    { 'users.yaml': '- &a { userId: u1, name: A, extra: { b: *a } }\n' },
    'users.yaml: expected YAML with the values of JSON: ',
  ],
  [
    'two files of a kind',
    { 'users.yaml': '[]', 'users.json': '[]' },
    'users.yaml: expected one file of users, but there is also users.json',
  ],
];
for (const [name, files, error] of mistakes) {
  test(`${name} is an error with file, line and column`, () => {
    const folder = folderWith(files);
    assert.throws(
      () => loadFixtures(folder),
      (thrown) => {
        assert.ok(thrown instanceof FilesInvalidError);
        assert.equal(thrown.problems.length, 1, thrown.problems.join('\n'));
        assert.equal(thrown.problems[0]?.slice(0, folder.length + 1 + error.length), join(folder, error));
        return true;
      },
    );
  });
}

test('a kind in its own file and in fixtures.yaml is an error', () => {
  const folder = folderWith({ 'users.json': '[]', 'fixtures.yaml': 'users: []\n' });
  assert.throws(() => loadFixtures(folder), /fixtures\.yaml: users: expected users in one file, but .*users\.json has them too/);
});

test('the folder ./billetera is found by itself, unless another one is named', (t) => {
  const project = folderWith({ 'billetera/fixtures.yaml': allKinds, 'others/users.json': '[]' });
  const before = process.cwd();
  t.after(() => process.chdir(before));
  process.chdir(project);
  assert.equal(readConfig({}, {}).fixtures, './billetera');
  assert.equal(readConfig({ fixtures: 'others' }, {}).fixtures, 'others');
  process.chdir(join(project, 'billetera'));
  assert.equal(readConfig({}, {}).fixtures, undefined);
});

test('all mistakes of a record are told, and a number in place of a text says how to write it', () => {
  const folder = scratchFolder();
  writeFileSync(join(folder, 'users.yaml'), 'users:\n  - userId: 12345\n    name: One\n    nickname: Two\n    gender: 5\n');
  assert.throws(
    () => loadFixtures(folder),
    (error: FilesInvalidError) => {
      const problems = error.problems.map((line) => line.slice(line.indexOf('users[0]')));
      assert.deepEqual(problems.slice(0, 2), [
        'users[0].userId: expected a string: the user; got the number 12345; write it in quotes',
        'users[0].gender: expected a string: such as MALE or FEMALE; got the number 5; write it in quotes',
      ]);
      assert.match(problems[2] ?? '', /^users\[0\]: unknown field "nickname"; allowed: userId, /);
      assert.equal(problems.length, 3);
      return true;
    },
  );
});
