import assert from 'node:assert/strict';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { loadProfile } from '../testing/profile.js';
import type { Profiles } from './profiles.js';

const request = (operation: string, fields: object) => ({ operations: { [operation]: { request: fields } } });
const response = (operation: string, answer: object) => ({ operations: { [operation]: { response: answer } } });
const operation = (own: object) => ({
  operations: { own: { verb: 'read-user', paths: ['/own'], request: { accessToken: { required: true } }, response: {}, ...own } },
});
const jsapi = (own: object) => ({ jsapis: { getAuthCode: own } });

/** Mistakes that would make calls fail later → the beginning of the message after the file's name. */
const refused: Record<string, [changes: object, line: string]> = {
  'read-user without accessToken': [
    request('inquiryUserInfo', { accessToken: null }),
    'operations.inquiryUserInfo.request.accessToken: missing; the verb read-user needs it, or a field with "as": "accessToken"',
  ],
  'revoke without accessToken': [
    request('revoke', { accessToken: null }),
    'operations.revoke.request.accessToken: missing; the verb revoke needs it',
  ],
  'read-declared with an optional accessToken': [
    request('sendInbox', { accessToken: { required: false } }),
    'operations.sendInbox.request.accessToken.required: expected true, because the verb read-declared needs the field',
  ],
  'tokens: any, without accessToken': [
    operation({ verb: 'read-declared', tokens: 'any', request: {} }),
    'operations.own.request.accessToken: missing; ',
  ],
  'an accessToken of another type': [
    request('revoke', { accessToken: { type: 'list' } }),
    'operations.revoke.request.accessToken.type: expected string, got list',
  ],
  'start without scopes': [request('prepare', { scopes: null }), 'operations.prepare.request.scopes: missing; '],
  'start without a default for scopes': [
    request('prepare', { scopes: { default: null } }),
    'operations.prepare.request.scopes.required: expected true, because the verb start needs the field',
  ],
  'issue-code without userId': [
    operation({ verb: 'issue-code', request: { scopes: { type: 'list', required: true } } }),
    'operations.own.request.userId: missing; ',
  ],
  'exchange without authCode': [
    request('applyToken', { authCode: null }),
    'operations.applyToken.request.authCode: missing; the grantType AUTHORIZATION_CODE needs it, or a field with "as": "authCode"',
  ],
  'exchange with an optional refreshToken': [
    request('applyToken', { refreshToken: { required: false } }),
    'operations.applyToken.request.refreshToken.required: expected true, or { "grantType": "REFRESH_TOKEN" }, because the grantType REFRESH_TOKEN',
  ],
  'exchange without authCode and refreshToken': [
    operation({ verb: 'exchange', request: {} }),
    'operations.own.request.authCode: missing; the verb exchange needs authCode or refreshToken',
  ],
  'a default that the field does not accept': [
    request('prepare', { scopes: { default: 'x'.repeat(65) } }),
    'operations.prepare.request.scopes.default: expected a value that the field accepts: scopes has an entry that is too long',
  ],
  'a scope with a verb that needs none': [
    operation({ scope: 'USER_ID' }),
    'operations.own.scope: allowed only with the verb read-declared, and this verb is read-user',
  ],
  'an alias of a value that the field does not accept': [
    request('applyToken', { grantType: { aliases: { authorization_code: 'AUTHORISATION_CODE' } } }),
    'operations.applyToken.request.grantType.aliases.authorization_code: expected a value that the field accepts: grantType is "AUTHORISATION_CODE"',
  ],
  'aliases of an object': [
    request('applyToken', { extendInfo: { aliases: { a: 'b' } } }),
    'operations.applyToken.request.extendInfo.aliases: expected none, because the type is text',
  ],
  'an answer with the data of a user': [
    operation({ verb: 'answer', response: { name: '$user.name' } }),
    'operations.own.response.name: unknown variable $user; allowed: $client, $now, $request',
  ],
  'a scenario code that is a usual code': [
    { scenarioCodes: { USED_AUTHCODE: { status: 'F' } } },
    'scenarioCodes.USED_AUTHCODE: expected a code that is not among codes, but it means auth-code-used there',
  ],
  'a scenario code with the name of an outcome': [
    { scenarioCodes: { done: { status: 'S' } } },
    'scenarioCodes.done: expected a code that is not among codes, but it means done there',
  ],
  'a scenario code without a status': [{ scenarioCodes: { LATE: {} } }, 'scenarioCodes.LATE.status: missing'],
  'a customerId that is no reference': [
    { scopes: { USER_ID: { customerId: 'user.userId' } } },
    'scopes.USER_ID.customerId: expected a path such as "$user.nickName", got "user.userId"',
  ],
  'a customerId with an unknown variable': [
    { scopes: { USER_ID: { customerId: '$merchant.id' } } },
    'scopes.USER_ID.customerId: unknown variable $merchant; allowed: $user',
  ],
  'a purpose of a JSAPI that asks for nothing': [
    { jsapis: { getInfo: { verb: 'answer', purpose: 'usage' } } },
    'jsapis.getInfo.purpose: allowed only with the verb authorize, and this verb is answer',
  ],
  'a refusal of a JSAPI that asks for nothing': [
    { jsapis: { getInfo: { verb: 'answer', refusal: 'all' } } },
    'jsapis.getInfo.refusal: allowed only with the verb authorize, and this verb is answer',
  ],
  'an unknown engine name': [
    request('revoke', { token: { as: 'accesToken' } }),
    'operations.revoke.request.token.as: expected one of appId, authClient, ',
  ],
  '`required` with an unknown field': [
    request('applyToken', { region: { required: { grant: 'X' } } }),
    'operations.applyToken.request.region.required: expected another field, whose own required has no condition (appId, authClient, ',
  ],
  'a misspelled variable in a response': [
    response('applyToken', { token: '$accesToken' }),
    'operations.applyToken.response.token: unknown variable $accesToken; allowed: $accessToken, ',
  ],
  'a variable that revoke does not have': [
    response('revoke', { userId: '$user.userId' }),
    'operations.revoke.response.userId: unknown variable $user; allowed: $grant, $request',
  ],
  'a misspelled variable in `reads`': [
    { scopes: { USER_GENDER: { reads: { gender: '$usr.gender' } } } },
    'scopes.USER_GENDER.reads.gender: unknown variable $usr; allowed: $user',
  ],
  'a misspelled variable in the answer of a JSAPI': [
    jsapi({ answer: { code: '$code' } }),
    'jsapis.getAuthCode.answer.code: unknown variable $code; allowed: $authCode, ',
  ],
  'a misspelled variable in the failure of a JSAPI': [
    jsapi({ failure: { why: '$message' } }),
    'jsapis.getAuthCode.failure.why: unknown variable $message; allowed: $code, $error, $errorMessage',
  ],
  'a variable that the notification does not have': [
    { notifications: { 'auth-code-created': { reason: '$reason' } } },
    'notifications.auth-code-created.reason: unknown variable $reason; allowed: $client, $secondaryMerchantId, $authCode, $state',
  ],
  'a prefix that is reserved': [
    { prefixes: ['/api', '/reserved/api'] },
    'prefixes.1: /reserved/api is not free, because the emulator itself answers /reserved; choose another path',
  ],
  'a path that is reserved': [
    operation({ paths: ['/reserved'] }),
    'operations.own.paths: /reserved is not free, because the emulator itself answers /reserved; choose another path',
  ],
  'a prefix with a slash at its end': [
    { prefixes: ['/api/'] },
    'prefixes.0: expected a string: empty, or a path such as /api/open',
  ],
  'a prefix without a slash': [{ prefixes: ['api'] }, 'prefixes.0: expected a string: empty, or a path such as /api/open'],
  'a path with a slash at its end': [
    operation({ paths: ['/v2/own/'] }),
    'operations.own.paths.0: expected a string: a path such as /v2/users/inquiryUserInfo, which begins with / and does not end with /',
  ],
  'an ending with a slash at its end': [{ endings: ['/'] }, 'endings.0: expected a string: such as .htm'],
  ...Object.fromEntries(
    ['+14:01', '-15:00', '+25:00', '+03:60', '3'].map((timeOffset) => [
      `the offset ${timeOffset}`,
      [{ timeOffset }, 'timeOffset: expected a string: the offset from UTC, from -14:00 to +14:00, such as -05:00'],
    ]),
  ),
  'an algorithm without a name': [
    { signature: { algorithm: '' } },
    'signature.algorithm: expected a string: its name in a response, such as RSA256',
  ],
  'an invalid header name': [
    { headers: { required: ['Request Id'] } },
    'headers.required.0: expected a string: the name of a header, such as Request-Id',
  ],
  'an unknown group': [
    { scopes: { USER_GENDER: { group: 'people' } } },
    'scopes.USER_GENDER.group: expected one of identity, contact, personal, messages, payment, other',
  ],
  'an unknown picture': [{ brand: { mark: 'mark-mine.svg' } }, 'brand.mark: expected one of mark-alipay-connect.svg, '],
  'a picture in another folder': [{ brand: { mark: '../assets/mark-billetera.svg' } }, 'brand.mark: expected one of '],
  'scopes that cover each other': [
    { scopes: { USER_NAME: { covers: ['USER_GENDER'] }, USER_GENDER: { covers: ['auth_user'] } } },
    'scopes.auth_user.covers: expected scopes that do not cover it in turn, got USER_NAME',
  ],
  'a name that differs from the file': [{ name: 'yours' }, 'name: expected "mine" like the file, got "yours"'],
};

describe('an invalid profile is rejected with the field and what was expected', () => {
  for (const [name, [changes, line]] of Object.entries(refused)) {
    test(name, () => {
      const { folder, get } = loadProfile(changes);
      assert.throws(get, (error: Error) => {
        assert.ok(error.message.startsWith(`${join(folder, 'mine.json')}: ${line}`), error.message);
        return !error.message.includes('\n');
      });
    });
  }

  test('offsets from -14:00 to +14:00 are valid', () => {
    for (const timeOffset of ['+14:00', '-14:00', '+05:45', '+00:00']) assert.ok(loadProfile({ timeOffset }).get());
  });

  test('exchange needs no refreshToken if the grantType allows only AUTHORIZATION_CODE', () => {
    const codes = { grantType: { enum: ['AUTHORIZATION_CODE'] }, refreshToken: null };
    assert.ok(loadProfile({ operations: { applyToken: { request: codes }, applyTokenAndInquiryUserInfo: null } }).get());
  });

  test('a profile that is chosen by path may have any name', () => {
    const { folder, get } = loadProfile({ name: 'yours' });
    assert.equal(get(join(folder, 'mine.json')).name, 'yours');
  });
});

describe('the message names the file', () => {
  const parent = { extends: 'platform-v2', name: 'parent', title: 'Parent' };

  test('that is extended, if it is invalid on its own', () => {
    const { folder, get } = loadProfile({ extends: 'parent' }, { parent: { ...parent, timeOffset: '+99:00' } });
    assert.throws(get, (error: Error) => error.message.startsWith(`${join(folder, 'parent.json')}: timeOffset: expected `));
  });

  test('that extends, if it alone makes the profile invalid', () => {
    const { folder, get } = loadProfile({ extends: 'parent', scopes: { NOTIFICATION_INBOX: null } }, { parent });
    assert.throws(get, (error: Error) =>
      error.message.startsWith(`${join(folder, 'mine.json')}: operations.sendInbox.scope: expected one of the profile's scopes`),
    );
  });
});

describe('the message about an unknown wallet', () => {
  test('names the closest wallet first, then all others', () => {
    const { get } = loadProfile({});
    assert.throws(
      () => get('gcsh'),
      /^Error: unknown wallet "gcsh": expected gcash, or another of alipay-connect, .*, mine, .*vodapay.*, or a path to a profile$/,
    );
    assert.throws(() => get('paypal'), /expected one of alipay-connect, /);
    assert.throws(
      () => loadProfile({ extends: 'platform-v3' }).get(),
      /mine\.json: extends: expected platform-v\d, or another of .*, got "platform-v3"/,
    );
  });

  test('does not suggest that a profile extends itself', () => {
    assert.throws(
      () => loadProfile({ extends: 'mine2' }).get(),
      /mine\.json: extends: expected one of alipay-connect, (?!.*\bmine\b)/,
    );
  });

  test('suggests a valid file name for a name with capitals', () => {
    const { folder, get } = loadProfile({}, { 'My Wallet': {} });
    assert.throws(
      () => get('My Wallet'),
      (error: Error) =>
        error.message ===
        `${join(folder, 'My Wallet.json')}: expected a file name of lower-case letters, digits and hyphens, such as my-wallet.json`,
    );
  });
});

describe('a profile that switches to JWTs', () => {
  const max = (name: string, profile: ReturnType<Profiles['get']>) =>
    Object.values(profile.source.operations).flatMap(({ request }) => request[name]?.max ?? []);

  test('gets larger limits for its token fields', () => {
    const profile = loadProfile({ tokens: { form: 'jwt' } }).get();
    for (const name of ['accessToken', 'refreshToken']) assert.ok(max(name, profile).every((limit) => limit === 2048));
    assert.deepEqual(new Set(max('authCode', profile)), new Set([64]));
  });

  test('keeps the limits that its own file sets', () => {
    const profile = loadProfile({ tokens: { form: 'jwt' }, ...request('revoke', { accessToken: { max: 900 } }) }).get();
    assert.equal(profile.source.operations.revoke?.request.accessToken?.max, 900);
  });
});
