import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { builtInFixtures } from '../records/fixtures.js';
import { scratchFolder } from '../testing/emulator.js';
import { Profiles } from './profiles.js';

const builtIn = join(builtInFixtures, 'wallets');

/** A folder with a profile, and what its loading says. */
function load(heir: object, others: Record<string, object> = {}) {
  const folder = scratchFolder();
  const files = { mine: { extends: 'platform-v2', name: 'mine', title: 'Mine', ...heir }, ...others };
  for (const [name, file] of Object.entries(files)) writeFileSync(join(folder, `${name}.json`), JSON.stringify(file));
  return { folder, get: (name = 'mine') => new Profiles([folder, builtIn], () => '').get(name) };
}

const request = (operation: string, fields: object) => ({ operations: { [operation]: { request: fields } } });
const response = (operation: string, answer: object) => ({ operations: { [operation]: { response: answer } } });
const operation = (own: object) => ({
  operations: { own: { verb: 'read-user', paths: ['/own'], request: { accessToken: { required: true } }, response: {}, ...own } },
});
const jsapi = (own: object) => ({ jsapis: { getAuthCode: own } });

/** What would be compiled, and fail or be silent later. */
const refused: Record<string, [heir: object, line: string]> = {
  'read-user without accessToken': [
    request('inquiryUserInfo', { accessToken: null }),
    'operations.inquiryUserInfo.request.accessToken: expected a field of this name, or one with "as": "accessToken", since the verb read-user needs it',
  ],
  'revoke without accessToken': [
    request('revoke', { accessToken: null }),
    'operations.revoke.request.accessToken: expected a field',
  ],
  'read-declared whose accessToken may be left out': [
    request('sendInbox', { accessToken: { required: false } }),
    'operations.sendInbox.request.accessToken.required: expected true, since the verb read-declared needs it',
  ],
  'any token, and none to look at': [
    operation({ verb: 'read-declared', tokens: 'any', request: {} }),
    'operations.own.request.accessToken: expected a field of this name',
  ],
  'an accessToken that is no string': [
    request('revoke', { accessToken: { type: 'list' } }),
    'operations.revoke.request.accessToken.type: expected string, got list',
  ],
  'start without scopes': [request('prepare', { scopes: null }), 'operations.prepare.request.scopes: expected a field'],
  'start without a default for scopes': [
    request('prepare', { scopes: { default: null } }),
    'operations.prepare.request.scopes.required: expected true, since the verb start needs it',
  ],
  'issue-code without userId': [
    operation({ verb: 'issue-code', request: { scopes: { type: 'list', required: true } } }),
    'operations.own.request.userId: expected a field of this name',
  ],
  'exchange without authCode': [
    request('applyToken', { authCode: null }),
    'operations.applyToken.request.authCode: expected a field of this name, or one with "as": "authCode", since the grantType AUTHORIZATION_CODE',
  ],
  'exchange whose refreshToken may be left out': [
    request('applyToken', { refreshToken: { required: false } }),
    'operations.applyToken.request.refreshToken.required: expected true, or { "grantType": "REFRESH_TOKEN" }, since the grantType REFRESH_TOKEN',
  ],
  'exchange of nothing': [
    operation({ verb: 'exchange', request: {} }),
    'operations.own.request.authCode: expected a field of this name, or refreshToken',
  ],
  'a default that the field refuses': [
    request('prepare', { scopes: { default: 'x'.repeat(65) } }),
    'operations.prepare.request.scopes.default: expected a value that the field takes: scopes has an entry that is too long',
  ],
  'a scope for a verb that asks for none': [
    operation({ scope: 'USER_ID' }),
    'operations.own.scope: expected with the verb read-declared alone, and this one is read-user',
  ],
  'an engine’s name that no verb knows': [
    request('revoke', { token: { as: 'accesToken' } }),
    'operations.revoke.request.token.as: expected one of appId, authClient, ',
  ],
  'required with a field that there is not': [
    request('applyToken', { region: { required: { grant: 'X' } } }),
    'operations.applyToken.request.region.required: expected the fields that stand before it (appId, authClient, grantType, ',
  ],
  'a misspelt name in an answer': [
    response('applyToken', { token: '$accesToken' }),
    'operations.applyToken.response.token: there is no $accesToken here: expected one of $accessToken, ',
  ],
  'what revoke does not know': [
    response('revoke', { userId: '$user.userId' }),
    'operations.revoke.response.userId: there is no $user here: expected one of $grant, $request',
  ],
  'a misspelt name in what a scope reads': [
    { scopes: { USER_GENDER: { reads: { gender: '$usr.gender' } } } },
    'scopes.USER_GENDER.reads.gender: there is no $usr here: expected one of $user',
  ],
  'a misspelt name in a JSAPI’s answer': [
    jsapi({ answer: { code: '$code' } }),
    'jsapis.getAuthCode.answer.code: there is no $code here: expected one of $authCode, ',
  ],
  'a misspelt name in a JSAPI’s failure': [
    jsapi({ failure: { why: '$message' } }),
    'jsapis.getAuthCode.failure.why: there is no $message here: expected one of $code, $error, $errorMessage',
  ],
  'a name that this notification does not have': [
    { notifications: { 'auth-code-created': { reason: '$reason' } } },
    'notifications.auth-code-created.reason: there is no $reason here: expected one of $client, $authCode, $state',
  ],
  'a prefix of the emulator’s': [
    { prefixes: ['/api', '/wallet/api'] },
    "prefixes.1: expected a path that the emulator does not answer at itself, got /wallet/api: /wallet is the emulator's own",
  ],
  'a prefix that names a tenant': [{ prefixes: ['/t/x'] }, 'prefixes.0: expected a path that the emulator does not answer at'],
  'a prefix with a slash at its end': [
    { prefixes: ['/api/'] },
    'prefixes.0: expected a string: empty, or a path such as /api/open',
  ],
  'a prefix without a slash': [{ prefixes: ['api'] }, 'prefixes.0: expected a string: empty, or a path such as /api/open'],
  'a path with a slash at its end': [
    operation({ paths: ['/v2/own/'] }),
    'operations.own.paths.0: expected a string: a path such as /v2/users/inquiryUserInfo, which begins with / and does not end with it',
  ],
  'an ending with a slash at its end': [{ endings: ['/'] }, 'endings.0: expected a string: such as .htm'],
  ...Object.fromEntries(
    ['/my.js', '/playground', '/assets/x', '/.well-known/x', '/_emulator/x', '/v2/_emulator', '/t/x', '/wallet/jsapi'].map(
      (path) => [
        `the path ${path}`,
        [
          operation({ paths: [path] }),
          `operations.own.paths: expected a path that the emulator does not answer at itself, got ${path}`,
        ],
      ],
    ),
  ),
  ...Object.fromEntries(
    ['+14:01', '-15:00', '+25:00', '+03:60', '3'].map((timeOffset) => [
      `the offset ${timeOffset}`,
      [{ timeOffset }, 'timeOffset: expected a string: the offset from UTC, from -14:00 to +14:00, such as -05:00'],
    ]),
  ),
  'an algorithm without a name': [
    { signature: { algorithm: '' } },
    'signature.algorithm: expected a string: how an answer names it, such as RSA256',
  ],
  'a header that is none': [
    { headers: { required: ['Request Id'] } },
    'headers.required.0: expected a string: the name of a header, such as Request-Id',
  ],
  'a heading that the screen does not have': [
    { scopes: { USER_GENDER: { group: 'people' } } },
    'scopes.USER_GENDER.group: expected one of identity, contact, personal, messages, payment, other',
  ],
  'a picture that is not there': [{ brand: { mark: 'mark-mine.svg' } }, 'brand.mark: expected one of mark-alipay-connect.svg, '],
  'a picture elsewhere': [{ brand: { mark: '../assets/mark-billetera.svg' } }, 'brand.mark: expected one of '],
  'scopes that cover each other': [
    { scopes: { USER_NAME: { covers: ['USER_GENDER'] }, USER_GENDER: { covers: ['auth_user'] } } },
    'scopes.auth_user.covers: expected scopes that do not cover it in turn, got USER_NAME',
  ],
  'another’s name': [{ name: 'yours' }, 'name: expected "mine", as the file is called, got "yours"'],
};

describe('a profile that would fail later is refused, with the place and what was expected', () => {
  for (const [name, [heir, line]] of Object.entries(refused)) {
    test(name, () => {
      const { folder, get } = load(heir);
      assert.throws(get, (error: Error) => {
        assert.ok(error.message.startsWith(`${join(folder, 'mine.json')}: ${line}`), error.message);
        return !error.message.includes('\n');
      });
    });
  }

  test('+14:00, -14:00 and what lies between is taken', () => {
    for (const timeOffset of ['+14:00', '-14:00', '+05:45', '+00:00']) assert.ok(load({ timeOffset }).get());
  });

  test('exchange of codes alone is taken, where the grantType says so', () => {
    const codes = { grantType: { enum: ['AUTHORIZATION_CODE'] }, refreshToken: null };
    assert.ok(load({ operations: { applyToken: { request: codes }, applyTokenAndInquiryUserInfo: null } }).get());
  });

  test('a profile given by path may have any name', () => {
    const { folder, get } = load({ name: 'yours' });
    assert.equal(get(join(folder, 'mine.json')).name, 'yours');
  });
});

describe('the file to blame', () => {
  const parent = { extends: 'platform-v2', name: 'parent', title: 'Parent' };

  test('is the one that is wrong by itself', () => {
    const { folder, get } = load({ extends: 'parent' }, { parent: { ...parent, timeOffset: '+99:00' } });
    assert.throws(get, (error: Error) => error.message.startsWith(`${join(folder, 'parent.json')}: timeOffset: expected `));
  });

  test('is the heir, where only the heir makes it wrong', () => {
    const { folder, get } = load({ extends: 'parent', scopes: { NOTIFICATION_INBOX: null } }, { parent });
    assert.throws(get, (error: Error) =>
      error.message.startsWith(`${join(folder, 'mine.json')}: operations.sendInbox.scope: expected one of the profile's scopes`),
    );
  });
});

describe('a wallet that there is not', () => {
  test('the nearest name is told, and all that there are', () => {
    const { get } = load({});
    assert.throws(
      () => get('gcsh'),
      /^Error: there is no wallet "gcsh": expected gcash, or another of alipay-connect, .*, mine, .*, vodapay, or a path to a profile$/,
    );
    assert.throws(() => get('paypal'), /expected one of alipay-connect, /);
    assert.throws(
      () => load({ extends: 'platform-v3' }).get(),
      /mine\.json: extends: expected platform-v\d, or another of .*, got "platform-v3"/,
    );
  });

  test('no profile is told to extend itself', () => {
    assert.throws(() => load({ extends: 'mine2' }).get(), /mine\.json: extends: expected one of alipay-connect, (?!.*\bmine\b)/);
  });

  test('a file name with capitals is told so', () => {
    const { folder, get } = load({}, { 'My Wallet': {} });
    assert.throws(
      () => get('My Wallet'),
      (error: Error) =>
        error.message ===
        `${join(folder, 'My Wallet.json')}: expected a file name of lower-case letters, digits and hyphens, such as my-wallet.json`,
    );
  });
});

describe('JWTs are longer than other tokens', () => {
  const max = (name: string, profile: ReturnType<Profiles['get']>) =>
    Object.values(profile.source.operations).flatMap(({ request }) => request[name]?.max ?? []);

  test('the limits of who extends a wallet without them make room', () => {
    const profile = load({ tokens: { form: 'jwt' } }).get();
    for (const name of ['accessToken', 'refreshToken']) assert.ok(max(name, profile).every((limit) => limit === 2048));
    assert.deepEqual(new Set(max('authCode', profile)), new Set([64]));
  });

  test('but for those that the file itself sets', () => {
    const profile = load({ tokens: { form: 'jwt' }, ...request('revoke', { accessToken: { max: 900 } }) }).get();
    assert.equal(profile.source.operations.revoke?.request.accessToken?.max, 900);
  });
});
