import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Difference } from '../comparison/difference.js';
import { compileProfile } from '../profiles/compile.js';
import { Profiles } from '../profiles/profiles.js';
import type { ProfileSource } from '../profiles/schema.js';
import { builtInFixtures } from '../records/fixtures.js';
import { mergePatchBetween } from '../schemas/merge-patch.js';
import { inEnglish } from '../texts/write-text.js';
import { learn } from './learn.js';

const profiles = new Profiles([`${builtInFixtures}/wallets`], () => 'http://127.0.0.1:4010');
const check = (source: ProfileSource) => void compileProfile(source, () => 'http://127.0.0.1:4010');

type Lesson = Pick<Difference, 'code' | 'platform' | 'emulator'> &
  Partial<Pick<Difference, 'operation' | 'place' | 'scopes' | 'constancy' | 'exchanges'>>;

function differenceOf(lesson: Lesson): Difference {
  return { operation: undefined, place: undefined, constancy: 'constant', exchanges: [0], ...lesson } as Difference;
}

/** A wallet learns from differences: the profile changes, and the differences that stay have a reason. */
function lessonsOf(wallet: string, ...differences: Lesson[]): { changes: unknown; reasons: string[] } {
  const { source } = profiles.get(wallet);
  const learned = learn(source, differences.map(differenceOf), check);
  return {
    changes: mergePatchBetween(source, learned.source),
    reasons: learned.unlearned.map(({ reason }) => inEnglish(reason)),
  };
}

/** Checks that differences are closed by these changes, and by no others. */
function learns(wallet: string, differences: Lesson[], changes: object): void {
  assert.deepEqual(lessonsOf(wallet, ...differences), { changes, reasons: [] });
}

/** Checks that a difference stays, with a reason, and changes nothing. */
function stays(wallet: string, difference: Lesson, reason: RegExp, changes: object = {}): void {
  const learned = lessonsOf(wallet, difference);
  assert.match(learned.reasons[0] ?? 'learned', reason);
  assert.deepEqual(learned.changes, changes);
}

describe('a path', () => {
  test('becomes one of the operation that the call looks like', () => {
    const platform = '/v3/oauth/exchange';
    learns('mpesa', [{ code: 'path-unknown', operation: 'applyToken', platform, emulator: [] }], {
      operations: { applyToken: { paths: [platform, '/v2/authorizations/applyToken'] } },
    });
  });

  test('that is known but for its prefix gives the prefix, and other paths are divided there', () => {
    learns(
      'mpesa',
      [
        { code: 'path-unknown', operation: 'applyToken', platform: '/gw/v3/exchange', emulator: [] },
        { code: 'path-unknown', operation: 'revoke', platform: '/gw/v2/authorizations/revoke', emulator: [] },
      ],
      { prefixes: ['/gw', ''], operations: { applyToken: { paths: ['/v3/exchange', '/v2/authorizations/applyToken'] } } },
    );
  });

  test('below none of the prefixes is a path without a prefix', () => {
    learns('rebell', [{ code: 'path-unknown', operation: 'revoke', platform: '/v9/cancel', emulator: [] }], {
      prefixes: ['/api/open', ''],
      operations: { revoke: { paths: ['/v9/cancel', '/v1/authorizations/cancelToken'] } },
    });
  });

  test('that looks like no operation stays', () => {
    stays(
      'mpesa',
      { code: 'path-unknown', platform: '/v1/coupons/list', emulator: [] },
      /^the path \/v1\/coupons\/list looks like no/,
    );
  });

  test('of another operation stays', () => {
    const platform = '/v2/authorizations/revoke';
    stays('mpesa', { code: 'path-unknown', operation: 'applyToken', platform, emulator: [] }, /already, for revoke$/);
  });
});

describe('a result code', () => {
  const platform = { resultCode: 'CODE_GONE', resultStatus: 'U' };

  test('becomes that of the outcome, with its status', () => {
    const emulator = { resultCode: 'USED_CODE', resultStatus: 'F', outcome: 'auth-code-used' };
    learns('gcash', [{ code: 'result-code-unknown', operation: 'applyToken', platform, emulator }], {
      codes: { 'auth-code-used': { code: 'CODE_GONE', status: 'U' } },
    });
  });

  test('of the profile can be that of another outcome', () => {
    const emulator = { resultCode: 'USED_AUTHCODE', resultStatus: 'F', outcome: 'auth-code-used' };
    const used = { resultCode: 'USED_CODE', resultStatus: 'F' };
    learns('vodapay', [{ code: 'result-code', operation: 'applyToken', platform: used, emulator }], {
      codes: { 'auth-code-used': { code: 'USED_CODE' } },
      scenarioCodes: { USED_CODE: null },
    });
  });

  test('of a refusal for which the emulator has no reason is one that scenarios can send', () => {
    const emulator = { resultCode: 'SUCCESS', resultStatus: 'S', outcome: 'done' };
    stays('gcash', { code: 'result-code-unknown', platform, emulator }, /only a scenario can send it$/, {
      scenarioCodes: { CODE_GONE: { status: 'U' } },
    });
  });

  test('waits until the profile can read the request', () => {
    const emulator = { resultCode: 'PARAM_ILLEGAL', resultStatus: 'F', outcome: 'parameter-illegal' };
    const code: Lesson = { code: 'result-code-unknown', operation: 'applyToken', platform, emulator };
    const refused: Lesson = {
      code: 'request-field-refused',
      operation: 'applyToken',
      place: 'request.authCode',
      platform: 'a'.repeat(40),
      emulator: 'too long',
    };
    assert.deepEqual(lessonsOf('gcash', code, refused).reasons, [
      'the profile refuses a field of the request, so nothing tells what CODE_GONE is for',
    ]);
    learns('gcash', [code], { codes: { 'parameter-illegal': { code: 'CODE_GONE', status: 'U' } } });
  });

  test('that is the second one of an outcome is one that scenarios can send', () => {
    const emulator = { resultCode: 'INVALID_CODE', resultStatus: 'F', outcome: 'auth-code-unknown' };
    const often: Lesson = {
      code: 'result-code-unknown',
      platform: { resultCode: 'NO_CODE', resultStatus: 'F' },
      emulator,
      exchanges: [1, 2],
    };
    const { changes, reasons } = lessonsOf('gcash', { code: 'result-code-unknown', platform, emulator }, often);
    assert.deepEqual(changes, {
      codes: { 'auth-code-unknown': { code: 'NO_CODE' } },
      scenarioCodes: { CODE_GONE: { status: 'U' } },
    });
    assert.match(reasons[0] ?? '', /^the profile has one code for auth-code-unknown, which is NO_CODE now/);
  });

  test('of the profile stays if it means something else there', () => {
    const emulator = { resultCode: 'INVALID_ACCESS_TOKEN', resultStatus: 'F', outcome: 'access-token-unknown' };
    stays(
      'mpesa',
      { code: 'result-code', platform: { resultCode: 'PARAM_ILLEGAL', resultStatus: 'F' }, emulator },
      /^the profile has PARAM_ILLEGAL for app-unknown, parameter-illegal;/,
    );
    const used = { resultCode: 'INVALID_AUTHCODE', resultStatus: 'F' };
    learns('mpesa', [{ code: 'result-code', platform: used, emulator: { ...emulator, outcome: 'auth-code-used' } }], {
      codes: { 'auth-code-used': { code: 'INVALID_AUTHCODE' } },
    });
  });

  test('has another status, or a message', () => {
    const emulator = { resultCode: 'INVALID_ACCESS_TOKEN', resultStatus: 'F', outcome: 'access-token-unknown' };
    learns('gcash', [{ code: 'result-status', platform: { ...emulator, resultStatus: 'U' }, emulator }], {
      codes: { 'access-token-unknown': { status: 'U' } },
    });
    learns('toka', [{ code: 'result-message', platform: { resultMessage: 'OK' }, emulator: { resultMessage: 'successful' } }], {
      codes: { done: { message: 'OK' } },
    });
  });
});

describe('a field of an answer', () => {
  test('that the platform lacks is removed', () => {
    const [operation, place] = ['applyToken', 'response.customerId'];
    learns('gcash', [{ code: 'response-field-missing', operation, place, platform: undefined, emulator: '1' }], {
      operations: { applyToken: { response: { customerId: null } } },
    });
  });

  test('that has another name is renamed', () => {
    const operation = 'applyToken';
    learns(
      'gcash',
      [
        { code: 'response-field-missing', operation, place: 'response.customerId', platform: undefined, emulator: '1' },
        { code: 'response-field-extra', operation, place: 'response.customer_id', platform: '2', emulator: undefined },
        { code: 'response-field-extra', operation, place: 'response.tier', platform: 'GOLD', emulator: undefined },
      ],
      { operations: { applyToken: { response: { customerId: null, customer_id: '$customerId', tier: 'GOLD' } } } },
    );
  });

  test('that is a time is renamed, although the new one is a number', () => {
    const [operation, iso] = ['applyToken', '2026-03-01T20:00:00+08:00'];
    const place = 'response.accessTokenExpiryTime';
    learns(
      'gcash',
      [
        { code: 'response-field-missing', operation, place, platform: undefined, emulator: iso },
        { code: 'response-field-extra', operation, place: 'response.expires', platform: 1772366400000, emulator: undefined },
      ],
      { operations: { applyToken: { response: { accessTokenExpiryTime: null, expires: '$accessTokenExpiresAt | time' } } } },
    );
  });

  test('that only the platform has gets the value that it sent', () => {
    const extra = (place: string, platform: unknown): Lesson => ({
      code: 'response-field-extra',
      operation: 'prepare',
      place,
      platform,
      emulator: undefined,
    });
    learns('gcash', [extra('response.price', '$5'), extra('response.flags', [true, { level: 2 }])], {
      operations: { prepare: { response: { price: '$$5', flags: [true, { level: 2 }] } } },
    });
    stays('gcash', extra('response.flags', [null]), /^a profile cannot have the value of response\.flags$/);
    stays('gcash', extra('response.$each', 1), /^no field of the profile fills response\.\$each$/);
  });

  test('that is data of a user is no constant', () => {
    const extra: Lesson = {
      code: 'response-field-extra',
      operation: 'applyToken',
      place: 'response.owner',
      platform: 'Ana Ruiz',
      emulator: undefined,
    };
    for (const [constancy, reason] of [
      ['one-user', /^the recording has response\.owner of one user only, .*: record a second user/],
      ['varies', /^the answers have different values of response\.owner/],
      ['of-user', /^response\.owner has data of the user, .*: add the field by hand/],
      ['other-name', /^response\.owner may be data of the user under another name, .* with --scopes/],
    ] as const)
      stays('gcash', { ...extra, constancy }, reason);
  });

  test('of the user’s data is beside what the scopes read', () => {
    const [operation, place] = ['inquiryUserInfo', 'response.userInfo.level'];
    learns('gcash', [{ code: 'response-field-extra', operation, place, platform: 3, emulator: undefined }], {
      operations: { inquiryUserInfo: { response: { userInfo: { $flatten: '$userInfo', level: 3 } } } },
    });
  });

  test('has another form', () => {
    const form = (place: string, platform: string, emulator: string): Lesson => ({
      code: 'response-field-form',
      operation: 'applyToken',
      place: `response.${place}`,
      platform,
      emulator,
    });
    const iso = '2026-03-01T20:00:00+08:00';
    const response = (tree: string) => ({ operations: { applyToken: { response: { accessTokenExpiryTime: tree } } } });
    for (const [sent, tree] of [
      ['2026-03-01T20:00:00.000+08:00', 'time-ms'],
      ['2026-03-01T12:00:00Z', 'time-utc'],
      ['2026-03-01T12:00:00.000Z', 'time-utc-ms'],
      ['1772366400000', 'epoch-ms'],
      ['1772366400', 'epoch-s'],
    ] as const)
      learns('gcash', [form('accessTokenExpiryTime', sent, iso)], response(`$accessTokenExpiresAt | ${tree}`));
    learns('gcash', [form('accessTokenExpiryTime', '2026-03-01T14:00:00+02:00', iso)], { timeOffset: '+02:00' });
    learns('toka', [form('accessTokenExpiryTime', iso, '1772366400000')], {
      timeOffset: '+08:00',
      ...response('$accessTokenExpiresAt | time'),
    });
    stays(
      'gcash',
      form('accessTokenExpiryTime', '01/03/2026', iso),
      /none of them writes response\.accessTokenExpiryTime as the platform does$/,
    );
  });

  test('of the user has another form for the scopes that read it', () => {
    const [operation, place] = ['inquiryUserInfo', 'response.userInfo.contactInfos[].contactNo'];
    const reads = { reads: { contactInfos: { $item: { contactNo: '$item.contactNo | mask' } } } };
    learns('gcash', [{ code: 'response-field-form', operation, place, platform: '+639****1234', emulator: '+639170001234' }], {
      scopes: { USER_CONTACTINFO: reads, PLAINTEXT_MOBILE_PHONE: reads },
    });
  });

  test('has another type', () => {
    const type = (operation: string, place: string, platform: unknown, emulator: unknown): Lesson => ({
      code: 'response-field-type',
      operation,
      place: `response.${place}`,
      platform,
      emulator,
    });
    learns('toka', [type('applyToken', 'accessTokenExpiryTime', 1772366400000, '1772366400000')], {
      operations: { applyToken: { response: { accessTokenExpiryTime: '$accessTokenExpiresAt | epoch-ms | number' } } },
    });
    learns('gcash', [type('applyToken', 'accessTokenExpiryTime', 1772366400, '2026-03-01T20:00:00+08:00')], {
      operations: { applyToken: { response: { accessTokenExpiryTime: '$accessTokenExpiresAt | epoch-s | number' } } },
    });
    learns('gcash', [type('inquiryUserInfo', 'userInfo.addresses', '[]', [])], {
      scopes: { USER_ADDRESS: { reads: { addresses: '$user.addresses | json' } } },
    });
    stays('gcash', type('applyToken', 'customerId', { id: 1 }, '1'), /^a profile changes the form of a value with converters/);
  });

  test('is a token of another form', () => {
    const jwt = 'eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiIxIn0.c2lnbmF0dXJl';
    const form = (platform: string, emulator: string): Lesson => ({
      code: 'response-field-form',
      operation: 'applyToken',
      place: 'response.accessToken',
      platform,
      emulator,
    });
    const { tokens } = lessonsOf('mpesa', form(jwt, 'a')).changes as { tokens: object };
    assert.deepEqual(tokens, { form: 'jwt' });
    learns('toka', [form('a'.repeat(48), jwt)], { tokens: { form: 'opaque' } });
    stays('mpesa', form('1772366400000', 'a'), /^a profile changes the form of a value with converters/);
  });

  test('is a token of another length, which requests may have too', () => {
    const place = 'response.accessToken';
    const length = (characters: number): Lesson => ({
      code: 'response-field-length',
      operation: 'applyToken',
      place,
      platform: 'a'.repeat(characters),
      emulator: 'b',
    });
    learns('mpesa', [length(64)], { tokens: { accessToken: { length: 64 } } });
    stays('mpesa', length(200), /200 characters/);
  });
});

describe('the user’s data', () => {
  const [operation, nickName] = ['inquiryUserInfo', 'response.userInfo.nickName'];

  test('that a scope does not read is removed from it', () => {
    learns(
      'mpesa',
      [{ code: 'scope-reads', operation, place: nickName, scopes: ['auth_user'], platform: undefined, emulator: 'Bea' }],
      {
        scopes: { USER_NICKNAME: { reads: { nickName: null } } },
      },
    );
  });

  test('that has another name is renamed', () => {
    learns(
      'mpesa',
      [
        { code: 'scope-reads', operation, place: nickName, scopes: ['USER_NICKNAME'], platform: undefined, emulator: 'Bea' },
        {
          code: 'scope-reads',
          operation,
          place: 'response.userInfo.nick_name',
          scopes: ['USER_NICKNAME'],
          platform: 'Bo',
          emulator: undefined,
        },
      ],
      { scopes: { USER_NICKNAME: { reads: { nickName: null, nick_name: '$user.nickName' } } } },
    );
  });

  test('has another order', () => {
    const place = 'response.userInfo.contactInfos[].contactType';
    const order = ['EMAIL', 'MOBILE_PHONE'];
    learns('mpesa', [{ code: 'array-order', operation, place, platform: order, emulator: order.toReversed() }], {
      scopes: { USER_CONTACTINFO: { reads: { contactInfos: { $order: { contactType: order } } } } },
    });
  });
});

describe('a field of a request', () => {
  const refused = (operation: string, field: string, platform: unknown): Lesson => ({
    code: 'request-field-refused',
    operation,
    place: `request.${field}`,
    platform,
    emulator: 'why',
  });

  test('that the profile demands, and the platform does not, is optional', () => {
    const required = { required: null };
    learns('alipay-connect', [refused('applyToken', 'customerBelongsTo', undefined)], {
      operations: { applyToken: { request: { customerBelongsTo: required } } },
    });
  });

  test('that the verb needs stays', () => {
    stays(
      'mpesa',
      refused('revoke', 'accessToken', undefined),
      /^the profile would not be valid: .*the verb revoke needs the field$/,
    );
  });

  test('that has another name is renamed, whatever depends on it', () => {
    learns('mpesa', [refused('applyToken', 'grantType', { grant_type: 'AUTHORIZATION_CODE', shop: 'x' })], {
      operations: {
        applyToken: {
          request: {
            grantType: null,
            grant_type: { as: 'grantType', required: true, enum: ['AUTHORIZATION_CODE', 'REFRESH_TOKEN'] },
          },
        },
      },
    });
  });

  test('can have other values', () => {
    const request = (field: string, changes: object) => ({ operations: { applyToken: { request: { [field]: changes } } } });
    learns('gcash', [refused('applyToken', 'authCode', 'a'.repeat(40))], request('authCode', { max: 40 }));
    learns('mpesa', [refused('applyToken', 'appId', 'a@b')], request('appId', { form: null }));
    learns(
      'mpesa',
      [refused('applyToken', 'grantType', 'authorization_code')],
      request('grantType', { aliases: { authorization_code: 'AUTHORIZATION_CODE' } }),
    );
    learns('alipay-plus', [refused('consult', 'terminalType', 'WATCH')], {
      operations: { consult: { request: { terminalType: { enum: ['WEB', 'WAP', 'APP', 'MINI_APP', 'WATCH'] } } } },
    });
    stays('mpesa', refused('applyToken', 'grantType', 'password'), /the emulator knows no password$/);
  });

  test('that the platform demands, and the profile does not, is required', () => {
    const difference: Lesson = {
      code: 'request-field-accepted',
      operation: 'revoke',
      place: 'request.appId',
      platform: 'missing',
      emulator: undefined,
    };
    learns('mpesa', [difference], { operations: { revoke: { request: { appId: { required: true } } } } });
    learns('mpesa', [{ ...difference, emulator: { app_id: '1', shop: 'x' } }], {
      operations: { revoke: { request: { appId: null, app_id: { as: 'appId', max: 32, form: 'id' } } } },
    });
    stays('mpesa', { ...difference, emulator: 'x' } as Lesson, /^the recording does not show which values/);
  });

  test('is a header that is not needed', () => {
    const difference: Lesson = {
      code: 'request-field-refused',
      place: 'header Request-Id',
      platform: undefined,
      emulator: 'why',
    };
    learns('toka', [difference], { headers: { required: ['Request-Time'] } });
  });
});

test('the life of tokens', () => {
  learns('gcash', [{ code: 'lifetime', place: 'accessToken', platform: 'PT12H', emulator: 'PT2H' }], {
    lifetimes: { accessToken: 'PT12H' },
  });
  learns('gcash', [{ code: 'refresh-old-pair', place: 'accessToken', platform: false, emulator: true }], {
    refreshEndsAccessToken: true,
  });
  stays(
    'gcash',
    { code: 'refresh-old-pair', place: 'refreshToken', platform: true, emulator: false },
    /^a refresh token works once/,
  );
});

test('signatures', () => {
  const content = '{clientId}.{time}.{body}';
  learns('gcash', [{ code: 'signature-content', place: 'response', platform: content, emulator: '' }], {
    signature: { response: content },
  });
  learns('gcash', [{ code: 'signature-content', place: 'request', platform: content, emulator: '' }], {
    signature: { request: content },
  });
  learns('gcash', [{ code: 'signature-algorithm', place: 'response', platform: 'SHA256withRSA', emulator: 'RSA256' }], {
    signature: { algorithm: 'SHA256withRSA' },
  });
  learns('gcash', [{ code: 'signature-encoding', place: 'response', platform: 'plain', emulator: 'percent' }], {
    signature: { encoding: 'plain' },
  });
  stays(
    'gcash',
    { code: 'signature-encoding', place: 'response', platform: 'percent', emulator: 'plain' },
    /^the emulator answers in the encoding/,
  );
  stays(
    'gcash',
    { code: 'signature-missing', place: 'response', platform: undefined, emulator: 'RSA256' },
    /^the emulator signs every answer/,
  );
  stays(
    'gcash',
    { code: 'signature-unverified', place: 'response', platform: undefined, emulator: '' },
    /^the content that is signed is unknown/,
  );
});

test('another hash stays', () => {
  const hash: Lesson = { code: 'signature-algorithm', place: 'request', platform: 'SHA512', emulator: 'SHA256' };
  stays('gcash', hash, /^the emulator signs and verifies with SHA-256/);
});

test('the transport', () => {
  const header = (code: 'header-value', place: string, platform: string): Lesson => ({ code, place, platform, emulator: 'x' });
  learns('gcash', [header('header-value', 'response-time', '1772366400000')], { headers: { time: 'epoch-ms' } });
  learns('gcash', [header('header-value', 'response-time', '2026-03-01T12:00:00+02:00')], { timeOffset: '+02:00' });
  learns('toka', [header('header-value', 'response-time', '2026-03-01T12:00:00-06:00')], { headers: { time: 'iso' } });
  stays('gcash', header('header-value', 'content-type', 'text/plain'), /^the header content-type is not in a profile$/);
  stays(
    'gcash',
    { code: 'header-extra', place: 'x-trace-id', platform: 'a', emulator: undefined },
    /^a profile does not have the headers/,
  );
  stays(
    'gcash',
    { code: 'header-case', place: 'client-id', platform: 'Client-Id', emulator: 'client-id' },
    /^a profile does not have the headers/,
  );
  stays('gcash', { code: 'http-status', platform: 400, emulator: 200 }, /^the emulator answers every OpenAPI call with HTTP 200/);
});
