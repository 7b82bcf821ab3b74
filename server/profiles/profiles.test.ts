import assert from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { builtInFixtures } from '../records/fixtures.js';
import { scratchFolder } from '../testing/emulator.js';
import { profileSource, writeProfile } from '../testing/profile.js';
import { Profiles } from './profiles.js';
import type { ProfileSource } from './schema.js';

const folder = scratchFolder();
const baseUrl = () => 'http://127.0.0.1:4010';
const profilesOf = (...folders: string[]) => new Profiles(folders, baseUrl);

describe('profiles', () => {
  test('are found by name, the first folder ahead, and by path', () => {
    const own = scratchFolder();
    const path = writeProfile(own, 'platform-v2', (source) => Object.assign(source, { title: 'Mine' }));
    const builtIn = join(builtInFixtures, 'wallets');
    assert.equal(profilesOf(own, builtIn).get('platform-v2').source.title, 'Mine');
    assert.equal(profilesOf(builtIn).get(path).source.title, 'Mine');
    assert.ok(profilesOf(builtIn).has('platform-v2') && !profilesOf(builtIn).has('nowhere'));
  });

  test('have the name of their file where they say none, and not that of what they extend', () => {
    const own = scratchFolder();
    writeFileSync(join(own, 'mine.json'), JSON.stringify({ extends: 'platform-v2', title: 'Mine' }));
    const profiles = profilesOf(own, join(builtInFixtures, 'wallets'));
    assert.equal(profiles.get('mine').name, 'mine');
    assert.equal(profiles.get(join(own, 'mine.json')).name, 'mine');
  });

  test('are compiled once', () => {
    const profiles = profilesOf(join(builtInFixtures, 'wallets'));
    assert.equal(profiles.get('platform-v2'), profiles.get('platform-v2'));
  });

  test('a name never leads out of the folders', () => {
    mkdirSync(join(folder, 'wallets'), { recursive: true });
    writeProfile(folder, 'outside', () => {});
    for (const name of ['../outside', '..', '', 'a/b', 'PLATFORM-V2'])
      assert.ok(!profilesOf(join(folder, 'wallets')).has(name), name);
  });

  test('a prefix stands before every path, and lifetimes are read', () => {
    const path = writeProfile(folder, 'prefixed', (source) => {
      source.prefixes = ['/api/open'];
      source.lifetimes = { authCode: 'PT5M', accessToken: 60, refreshToken: 'P1D' };
    });
    const profile = profilesOf(folder).get(path);
    assert.ok(
      profile.operations.has('/api/open/v2/authorizations/applyToken') &&
        !profile.operations.has('/v2/authorizations/applyToken'),
    );
    assert.deepEqual(profile.lifetimes, { authCode: 300_000, accessToken: 60_000, refreshToken: 86_400_000 });
  });
});

type Loose = Record<string, unknown>;
/** The object at a place in a profile, to be changed into what no profile may be. */
const at = (source: Loose, ...place: string[]) => place.reduce((found, step) => found[step] as Loose, source);
/** What may be wrong with a profile, and how its one line begins behind the file's name. */
const mistakes: Record<string, [change: (source: Loose) => void, line: string]> = {
  'a field that is missing': [(source) => Reflect.deleteProperty(source, 'timeOffset'), 'timeOffset: missing; expected a string'],
  'a field too many': [(source) => Object.assign(source, { colour: 'red' }), 'unknown field "colour"; allowed: '],
  'a wrong type': [(source) => Object.assign(source, { strict: 'yes' }), 'strict: expected true or false'],
  'a wrong offset': [(source) => Object.assign(source, { timeOffset: '5h' }), 'timeOffset: expected a string'],
  'a result code that is missing': [
    (source) => Reflect.deleteProperty(at(source, 'codes'), 'auth-code-used'),
    'codes.auth-code-used: missing; expected ',
  ],
  'a result code that no outcome has': [
    (source) => Object.assign(at(source, 'codes'), { tired: { code: 'TIRED', status: 'F' } }),
    'codes: unknown field "tired"; allowed: ',
  ],
  'a status that is none': [
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
  'a path that another operation has': [
    (source) => Object.assign(at(source, 'operations', 'revoke'), { paths: ['/v2/authorizations/applyToken'] }),
    "operations.revoke.paths: /v2/authorizations/applyToken is applyToken's already",
  ],
  'a scope that an operation needs and nobody has': [
    (source) => Object.assign(at(source, 'operations', 'sendInbox'), { scope: 'constructor' }),
    "operations.sendInbox.scope: expected one of the profile's scopes, got constructor",
  ],
  'a covered scope that nobody has': [
    (source) => Object.assign(at(source, 'scopes', 'auth_user'), { covers: ['toString'] }),
    "scopes.auth_user.covers: expected the profile's scopes, got toString",
  ],
  'a bad path in what a scope reads': [
    (source) => Object.assign(at(source, 'scopes', 'USER_GENDER'), { reads: { gender: '$user gender' } }),
    'scopes.USER_GENDER.reads.gender: expected a path',
  ],
  'a bad converter in an answer': [
    (source) => Object.assign(at(source, 'operations', 'revoke'), { response: { a: ['$grant | nope'] } }),
    'operations.revoke.response.a.0: there is no converter "nope"',
  ],
  'a bad pattern of a field': [
    (source) => Object.assign(at(source, 'operations', 'revoke', 'request'), { appId: { pattern: '(' } }),
    'operations.revoke.request.appId.pattern: expected a regular expression (',
  ],
  'a lifetime that is none': [
    (source) => Object.assign(at(source, 'lifetimes'), { authCode: 'P1Y' }),
    'lifetimes.authCode: expected an ISO 8601 duration',
  ],
  'a signed content without body': [
    (source) => Object.assign(at(source, 'signature'), { request: '{method}' }),
    'signature.request: expected {body} at its end',
  ],
  'a signed content with an unknown part': [
    (source) => Object.assign(at(source, 'signature'), { response: '{host}{body}' }),
    'signature.response: {host} is none of',
  ],
};

describe('a bad profile is one line that names the file, the place and what was expected', () => {
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

  test('not JSON', () => {
    writeFileSync(join(folder, 'bad.json'), '{');
    assert.throws(() => profilesOf(folder).get('bad'), /bad\.json: expected JSON \(/);
  });

  test('not an object', () => {
    writeFileSync(join(folder, 'bad.json'), '[]');
    assert.throws(() => profilesOf(folder).get('bad'), /bad\.json: the profile: expected an object/);
  });

  test('not there', () => {
    assert.throws(
      () => profilesOf(folder).get('nowhere'),
      /^Error: there is no wallet "nowhere": expected one of .*, or a path to a profile$/,
    );
    assert.throws(
      () => profilesOf(folder).get('./nowhere.json'),
      /\/nowhere\.json: expected a profile, and there is no such file$/,
    );
  });
});
