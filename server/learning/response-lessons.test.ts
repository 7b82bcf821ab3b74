import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { type GivenDifference, learns, lessonsOf, stays } from '../testing/learned-differences.js';

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
    const extra = (place: string, platform: unknown): GivenDifference => ({
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
    const extra: GivenDifference = {
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
    const form = (place: string, platform: string, emulator: string): GivenDifference => ({
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
    const type = (operation: string, place: string, platform: unknown, emulator: unknown): GivenDifference => ({
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
    const form = (platform: string, emulator: string): GivenDifference => ({
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
    const length = (characters: number): GivenDifference => ({
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
