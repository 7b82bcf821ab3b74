import assert from 'node:assert/strict';
import { mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { ProblemList } from '../files/problem-list.js';
import { builtInFixtures } from '../records/fixtures.js';
import { scratchFolder } from '../testing/emulator.js';
import { profileSource, writeProfile } from '../testing/profile.js';
import { Profiles } from './profiles.js';
import type { ProfileSource } from './schema.js';

const folder = scratchFolder();
const baseUrl = () => 'http://127.0.0.1:4010';
const profilesOf = (...folders: string[]) => new Profiles(folders, baseUrl);

describe('profiles', () => {
  test('are found by name, in the first folder that has them, and by path', () => {
    const own = scratchFolder();
    const path = writeProfile(own, 'platform-v2', (source) => Object.assign(source, { title: 'Mine' }));
    const builtIn = join(builtInFixtures, 'wallets');
    assert.equal(profilesOf(own, builtIn).get('platform-v2').source.title, 'Mine');
    assert.equal(profilesOf(builtIn).open(path).source.title, 'Mine');
    assert.ok(profilesOf(builtIn).has('platform-v2') && !profilesOf(builtIn).has('nowhere'));
  });

  test('without a name are named after their file, not after the profile that they extend', () => {
    const own = scratchFolder();
    writeFileSync(join(own, 'mine.json'), JSON.stringify({ extends: 'platform-v2', title: 'Mine' }));
    const profiles = profilesOf(own, join(builtInFixtures, 'wallets'));
    assert.equal(profiles.get('mine').name, 'mine');
    assert.equal(profiles.open(join(own, 'mine.json')).name, 'mine');
  });

  test('that were opened by a path are known by their name, and are read again from there', () => {
    const elsewhere = scratchFolder();
    const path = writeProfile(elsewhere, 'mine', (source) => Object.assign(source, { title: 'Mine' }));
    const profiles = profilesOf(join(builtInFixtures, 'wallets'));
    assert.ok(!profiles.has('mine'));
    assert.equal(profiles.open(path), profiles.get('mine'));
    assert.ok(profiles.has('mine') && profiles.names().includes('mine'));
    writeProfile(elsewhere, 'mine', (source) => Object.assign(source, { title: 'Changed' }));
    const problems = new ProblemList();
    profiles.use(profiles.readAgain(problems, path));
    assert.deepEqual(problems.all, []);
    assert.equal(profiles.get('mine').source.title, 'Changed');
    writeProfile(elsewhere, 'other', () => {});
    renameSync(join(elsewhere, 'other.json'), path);
    profiles.readAgain(problems);
    assert.deepEqual(problems.all, [`${path}: name: expected "mine" until a restart, got "other"`]);
  });

  test('are not read by a path while the emulator runs', () => {
    const path = writeProfile(scratchFolder(), 'mine', () => {});
    const profiles = profilesOf(join(builtInFixtures, 'wallets'));
    for (const wallet of [path, '/etc/passwd', './package.json']) {
      assert.ok(!profiles.has(wallet), wallet);
      assert.throws(
        () => profiles.get(wallet),
        /^Error: expected the name of a profile: .*only the start of the emulator accepts a path/,
      );
    }
  });

  test('are compiled once', () => {
    const profiles = profilesOf(join(builtInFixtures, 'wallets'));
    assert.equal(profiles.get('platform-v2'), profiles.get('platform-v2'));
  });

  test('are never read from outside the folders by name', () => {
    mkdirSync(join(folder, 'wallets'), { recursive: true });
    writeProfile(folder, 'outside', () => {});
    for (const name of ['../outside', '..', '', 'a/b', 'PLATFORM-V2'])
      assert.ok(!profilesOf(join(folder, 'wallets')).has(name), name);
  });

  test('have their prefix before every path, and lifetimes in milliseconds', () => {
    const path = writeProfile(folder, 'prefixed', (source) => {
      source.prefixes = ['/api/open'];
      source.lifetimes = { authCode: 'PT5M', accessToken: 60, refreshToken: 'P1D' };
    });
    const profile = profilesOf(folder).open(path);
    assert.ok(
      profile.operations.has('/api/open/v2/authorizations/applyToken') &&
        !profile.operations.has('/v2/authorizations/applyToken'),
    );
    assert.deepEqual(profile.lifetimes, { authCode: 300_000, accessToken: 60_000, refreshToken: 86_400_000 });
  });
});

type Loose = Record<string, unknown>;
/** The object at a path in a profile. */
const at = (source: Loose, ...path: string[]) => path.reduce((found, step) => found[step] as Loose, source);
/** Mistake → how to make it, and the beginning of the message after the file's name. */
const mistakes: Record<string, [change: (source: Loose) => void, line: string]> = {
  'a missing field': [(source) => Reflect.deleteProperty(source, 'timeOffset'), 'timeOffset: missing; expected a string'],
  'an unknown field': [
    (source) => Object.assign(source, { colour: 'red' }),
    'unknown field "colour"; allowed: extends, $schema, ',
  ],
  'a wrong type': [(source) => Object.assign(source, { strict: 'yes' }), 'strict: expected true or false'],
  'a wrong offset': [(source) => Object.assign(source, { timeOffset: '5h' }), 'timeOffset: expected a string'],
  'a missing result code': [
    (source) => Reflect.deleteProperty(at(source, 'codes'), 'auth-code-used'),
    'codes.auth-code-used: missing; expected ',
  ],
  'a result code of an unknown outcome': [
    (source) => Object.assign(at(source, 'codes'), { tired: { code: 'TIRED', status: 'F' } }),
    'codes: unknown field "tired"; allowed: ',
  ],
  'an unknown status': [
    (source) => Object.assign(at(source, 'codes', 'done'), { status: 'X' }),
    'codes.done.status: expected one of S, F, U, A',
  ],
  'an unknown verb': [
    (source) => Object.assign(at(source, 'operations', 'revoke'), { verb: 'undo' }),
    'operations.revoke.verb: expected one of exchange, read-user',
  ],
  'a path without a slash': [
    (source) => Object.assign(at(source, 'operations', 'revoke'), { paths: ['v2/x'] }),
    'operations.revoke.paths.0: expected ',
  ],
  'the path of another operation': [
    (source) => Object.assign(at(source, 'operations', 'revoke'), { paths: ['/v2/authorizations/applyToken'] }),
    'operations.revoke.paths: /v2/authorizations/applyToken belongs to applyToken already',
  ],
  'an operation that needs an unknown scope': [
    (source) => Object.assign(at(source, 'operations', 'sendInbox'), { scope: 'constructor' }),
    "operations.sendInbox.scope: expected one of the profile's scopes, got constructor",
  ],
  'a scope that covers an unknown scope': [
    (source) => Object.assign(at(source, 'scopes', 'auth_user'), { covers: ['toString'] }),
    "scopes.auth_user.covers: expected the profile's scopes, got toString",
  ],
  'an invalid path in `reads`': [
    (source) => Object.assign(at(source, 'scopes', 'USER_GENDER'), { reads: { gender: '$user gender' } }),
    'scopes.USER_GENDER.reads.gender: expected a path',
  ],
  'an unknown converter in a response': [
    (source) => Object.assign(at(source, 'operations', 'revoke'), { response: { a: ['$grant | nope'] } }),
    'operations.revoke.response.a.0: unknown converter "nope"',
  ],
  'an invalid pattern of a field': [
    (source) => Object.assign(at(source, 'operations', 'revoke', 'request'), { appId: { pattern: '(' } }),
    'operations.revoke.request.appId.pattern: expected a regular expression (',
  ],
  'an invalid lifetime': [
    (source) => Object.assign(at(source, 'lifetimes'), { authCode: 'P1Y' }),
    'lifetimes.authCode: expected an ISO 8601 duration',
  ],
  'signed content without a body': [
    (source) => Object.assign(at(source, 'signature'), { request: '{method}' }),
    'signature.request: expected {body} at the end',
  ],
  'signed content with an unknown part': [
    (source) => Object.assign(at(source, 'signature'), { response: '{host}{body}' }),
    'signature.response: unknown name {host}; allowed: {method}',
  ],
};

describe('the message about an invalid profile is one line with the file, the field and what was expected', () => {
  for (const [name, [change, line]] of Object.entries(mistakes)) {
    test(name, () => {
      const source = { ...profileSource(), name: 'bad' } as ProfileSource;
      change(source as unknown as Loose);
      const path = join(folder, 'bad.json');
      writeFileSync(path, JSON.stringify(source));
      assert.throws(
        () => profilesOf(folder).get('bad'),
        (error: Error) => {
          assert.ok(error.message.startsWith(`${path}: ${line}`), error.message);
          return !error.message.includes('\n');
        },
      );
    });
  }

  test('a file that is not JSON', () => {
    writeFileSync(join(folder, 'bad.json'), '{');
    assert.throws(() => profilesOf(folder).get('bad'), /bad\.json: expected JSON: line 1, column 2: /);
  });

  test('a file that holds no object', () => {
    writeFileSync(join(folder, 'bad.json'), '[]');
    assert.throws(() => profilesOf(folder).get('bad'), /bad\.json: the profile: expected an object/);
  });

  test('a profile that does not exist', () => {
    assert.throws(
      () => profilesOf(folder).open('nowhere'),
      /^Error: unknown wallet "nowhere": expected one of .*, or a path to a profile$/,
    );
    assert.throws(
      () => profilesOf(folder).open('./nowhere.json'),
      /\/nowhere\.json: the file does not exist; expected a profile$/,
    );
  });
});
