import assert from 'node:assert/strict';
import { symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { FilesInvalidError } from '../files/problem-list.js';
import { aurora, faro, scratchFolder, users } from '../testing/emulator.js';
import { loadFixtures } from './fixtures.js';

function folderWith(files: Record<string, unknown>): string {
  const folder = scratchFolder();
  for (const [name, content] of Object.entries(files))
    writeFileSync(join(folder, `${name}.json`), typeof content === 'string' ? content : JSON.stringify(content));
  return folder;
}

describe('the built-in fixtures', () => {
  const { clients, apps, users: people } = loadFixtures(undefined);

  test('have the entries that the documentation lists', () => {
    assert.equal(clients.get(aurora.clientId)?.signature, 'optional');
    assert.equal(apps.get(aurora.appId)?.clientId, aurora.clientId);
    assert.equal(apps.get(faro.appId)?.clientId, faro.clientId);
    for (const { scopes, publicKey } of clients.values()) assert.ok(scopes === '*' && publicKey);
    assert.deepEqual([...people.keys()].slice(0, 5), Object.values(users));
    assert.equal(people.get(users.lucia)?.consent, undefined);
    assert.equal(people.get(users.tomas)?.consent, 'grant');
    assert.equal(people.get(users.harriet)?.consent, 'deny');
    assert.deepEqual(people.get(users.marisol)?.record.behaviour?.denyScopes, ['USER_NAME', 'USER_CONTACTINFO']);
    assert.equal(people.get(users.owen)?.lifetimes.accessToken, 5000);
  });
});

describe('a folder of fixtures', () => {
  test('replaces the built-in files that it has, and no others', () => {
    const { clients, users: people } = loadFixtures(folderWith({ users: [{ userId: 'u1', name: 'One' }] }));
    assert.deepEqual([...people.keys()], ['u1']);
    assert.ok(clients.has(aurora.clientId));
  });

  test('a symbolic link that leads nowhere is a problem, and not replaced by the built-in file', {
    skip: process.platform === 'win32',
  }, () => {
    const folder = folderWith({});
    symlinkSync('nothing.json', join(folder, 'users.json'));
    symlinkSync('apps.yaml', join(folder, 'apps.yaml'));
    assert.throws(
      () => loadFixtures(folder),
      ({ problems: [apps = '', users = ''] }: FilesInvalidError) => {
        assert.match(apps, /apps\.yaml: this symbolic link leads back to itself/);
        assert.match(users, /users\.json: this symbolic link leads to nothing/);
        return true;
      },
    );
    const withoutWallets = folderWith({});
    symlinkSync('nothing', join(withoutWallets, 'wallets'));
    assert.throws(() => loadFixtures(withoutWallets), /wallets: this symbolic link leads to nothing/);
  });

  test('built-in mini programs are skipped if their client is missing', () => {
    const { apps, appsWithoutClient } = loadFixtures(folderWith({ clients: [{ clientId: 'c1', name: 'One' }] }));
    assert.equal(apps.size, 0);
    assert.equal(appsWithoutClient.length, loadFixtures(undefined).apps.size);
    assert.match(appsWithoutClient[0] ?? '', new RegExp(`\\(${aurora.appId}\\)$`));
    assert.deepEqual(loadFixtures(undefined).appsWithoutClient, []);
  });

  test('a file is a list, or an object with the list', () => {
    for (const users of [[{ userId: 'u1', name: 'One' }], { users: [{ userId: 'u1', name: 'One' }] }])
      assert.equal(loadFixtures(folderWith({ users })).users.size, 1);
  });

  test('a picture is an address, or a file of the folder or of the built-in fixtures', () => {
    const pictures = ['own.PNG', '/own.PNG', 'avatars/ines.png', 'https://shop.example/a', 'data:image/png;base64,AA=='];
    const users = pictures.map((avatar, index) => ({ userId: `u${index}`, name: 'One', avatar }));
    const folder = folderWith({ users });
    writeFileSync(join(folder, 'own.PNG'), 'picture');
    assert.equal(loadFixtures(folder).users.size, pictures.length);
  });

  test('a byte-order mark is skipped', () => {
    const { users: people } = loadFixtures(folderWith({ users: '\ufeff[{ "userId": "u1", "name": "One" }]' }));
    assert.deepEqual([...people.keys()], ['u1']);
  });

  test('missing fields have their defaults', () => {
    const client = loadFixtures(folderWith({ clients: [{ clientId: 'c1', name: 'One' }] })).clients.get('c1');
    assert.deepEqual(
      [client?.status, client?.signature, client?.scopes, client?.grantTypes, client?.lifetimes],
      ['ACTIVE', 'optional', '*', ['AUTHORIZATION_CODE', 'REFRESH_TOKEN'], {}],
    );
  });

  test('a client with a key must sign, unless its record says otherwise', () => {
    const publicKey = loadFixtures(undefined).clients.get(faro.clientId)?.record.publicKey;
    const client = { clientId: 'c1', name: 'One', publicKey };
    const modeOf = (record: object) => loadFixtures(folderWith({ clients: [record] })).clients.get('c1')?.signature;
    assert.equal(modeOf(client), 'required');
    for (const signature of ['required', 'optional', 'off']) assert.equal(modeOf({ ...client, signature }), signature);
  });
});

const client = { clientId: 'c1', name: 'One' };
const user = { userId: 'u1', name: 'One' };

/** A mistake in a file, and how the error continues after the folder. */
const mistakes: [name: string, files: Record<string, unknown>, line: string][] = [
  ['not JSON', { users: '{' }, 'users.json: expected JSON: line 1, column 2: the text ends here; expected the name'],
  ['not a list', { users: { people: [] } }, 'users.json: expected a list of users, or { "users": [ … ] }'],
  ['text', { users: '"users"' }, 'users.json: expected a list of users'],
  ['an entry that is not an object', { users: [user, 5] }, 'users.json: users[1]: expected an object'],
  ['a missing field', { users: [{ name: 'One' }] }, 'users.json: users[0].userId: missing; expected a string: the user'],
  [
    'an unknown field',
    { users: [{ ...user, nickname: 'x' }] },
    'users.json: users[0]: unknown field "nickname"; allowed: userId, name',
  ],
  ...['9999-99-99', '1990-13-01', '1990-00-10', '1990-04-31', '1990-02-30', '1990-01-00'].map(
    (birthday): (typeof mistakes)[number] => [
      `the birthday ${birthday}`,
      { users: [{ ...user, birthday }] },
      'users.json: users[0].birthday: expected a string: YYYY-MM-DD, a date of the calendar',
    ],
  ),
  [
    'an unknown nested field',
    { users: [{ ...user, userName: { full: 'x' } }] },
    'users.json: users[0].userName: unknown field "full"; allowed: fullName',
  ],
  [
    'a wrong date',
    { users: [{ ...user, birthday: '23.4.1991' }] },
    'users.json: users[0].birthday: expected a string: YYYY-MM-DD',
  ],
  [
    'an entry of a list',
    { users: [{ ...user, contactInfos: [{ contactType: 'EMAIL' }] }] },
    'users.json: users[0].contactInfos.0.contactNo: missing; expected a string',
  ],
  [
    'an id with a forbidden character',
    { users: [{ ...user, userId: 'a@b' }] },
    'users.json: users[0].userId: expected a string: the user',
  ],
  [
    'an id that is used twice',
    { users: [user, user] },
    'users.json: users[1].userId: expected a unique id, but u1 is used twice',
  ],
  [
    'a wrong behaviour',
    { users: [{ ...user, behaviour: { consent: 'maybe' } }] },
    'users.json: users[0].behaviour.consent: expected one of ask, grant, deny',
  ],
  ...['nofile.png', '../../etc/passwd', 'javascript:alert(1)', 'avatars/../avatars/ines.png', 'users.json', 'avatars'].map(
    (avatar): (typeof mistakes)[number] => [
      `the picture ${avatar}`,
      { users: [{ ...user, avatar }] },
      `users.json: users[0].avatar: expected an http or https address, or a picture in the folder of fixtures (.png, .jpg, .webp, .gif, .svg or .avif), got ${avatar}`,
    ],
  ),
  [
    'a wrong lifetime',
    { users: [{ ...user, behaviour: { lifetimes: { accessToken: 'P1Y' } } }] },
    'users.json: users[0].behaviour.lifetimes.accessToken: expected an ISO 8601 duration',
  ],
  [
    'a wrong status',
    { clients: [{ ...client, status: 'active' }] },
    'clients.json: clients[0].status: expected one of ACTIVE, SUSPENDED',
  ],
  [
    'a wrong key',
    { clients: [{ ...client, publicKey: 'nonsense' }] },
    'clients.json: clients[0].publicKey: expected an RSA public key',
  ],
  ...['https://*.shop.example/', 'javascript:alert(1)', 'https://shop.example/*/back'].map((entry): (typeof mistakes)[number] => [
    `the redirect address ${entry}`,
    { clients: [{ ...client, redirectUrls: [entry] }] },
    'clients.json: clients[0].redirectUrls: expected addresses such as https',
  ]),
  [
    'a redirect address without a scheme',
    { clients: [{ ...client, redirectUrls: ['shop.example/callback'] }] },
    'clients.json: clients[0].redirectUrls.0: expected a string',
  ],
  [
    'wrong scopes',
    { clients: [{ ...client, scopes: 'USER_ID' }] },
    'clients.json: clients[0].scopes: expected a list of scopes, or "*"',
  ],
  [
    'a rate limit without its period',
    { clients: [{ ...client, rateLimit: { max: 5 } }] },
    'clients.json: clients[0].rateLimit.per: missing; expected an ISO 8601 duration',
  ],
  [
    'a wrong expiry of an agent token',
    { clients: [{ ...client, agentTokens: [{ token: 'x', expiryTime: '2026-99-99T00:00:00Z' }] }] },
    'clients.json: clients[0].agentTokens: expected an ISO 8601 time',
  ],
  [
    'a mini program whose client is missing',
    { apps: [{ appId: 'a1', name: 'One', clientId: 'nobody' }] },
    'apps.json: apps[0].clientId: expected one of the clients, got nobody',
  ],
  [
    'an origin with a path',
    { apps: [{ appId: 'a1', name: 'One', clientId: aurora.clientId, callbackOrigins: ['https://a.example/b'] }] },
    'apps.json: apps[0].callbackOrigins.0: expected a string',
  ],
];

describe('a mistake is an error in one line with the file, the field and what was expected', () => {
  for (const [name, files, line] of mistakes) {
    test(name, () => {
      const folder = folderWith(files);
      assert.throws(
        () => loadFixtures(folder),
        (error: Error) => {
          assert.ok(error.message.startsWith(`${join(folder, '/')}${line}`), error.message);
          return !error.message.includes('\n');
        },
      );
    });
  }

  test('all problems of all files are listed, and one problem is listed once', () => {
    const folder = folderWith({
      clients: [{ ...client, status: 'active' }, { name: 'Two' }],
      apps: [
        { appId: 'a1', name: 'One', clientId: 'c1' },
        { appId: 'a2', name: 'Two', clientId: 'nobody' },
      ],
      users: '[{',
      scenarios: [{ id: 's1' }],
    });
    assert.throws(
      () => loadFixtures(folder),
      (error) => {
        assert.ok(error instanceof FilesInvalidError);
        const lines = error.problems.map((problem) => problem.slice(folder.length + 1));
        assert.deepEqual(
          lines.map((line) => line.split(': ', 2).join(': ')),
          [
            'clients.json: clients[0].status',
            'clients.json: clients[1].clientId',
            'users.json: expected JSON',
            'apps.json: apps[1].clientId',
            'scenarios.json: scenarios[0].then',
          ],
        );
        assert.equal(error.message, `${error.problems[0]} (and 4 more problems)`);
        return true;
      },
    );
  });

  test('a file that is not UTF-8', () => {
    const folder = folderWith({});
    writeFileSync(join(folder, 'users.json'), Buffer.from('[{"userId":"u1","name":"Jos\xe9"}]', 'latin1'));
    assert.throws(() => loadFixtures(folder), {
      message: /users\.json: expected UTF-8, but line 1 has other bytes; save the file as UTF-8$/,
    });
  });

  test('a folder that does not exist', () => {
    assert.throws(
      () => loadFixtures('/nowhere/at/all'),
      /^Error: \/nowhere\/at\/all: it does not exist; expected a folder of fixtures$/,
    );
    const file = join(folderWith({ users: [] }), 'users.json');
    assert.throws(() => loadFixtures(file), /expected a folder of fixtures/);
  });
});
