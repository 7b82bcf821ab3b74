import { describe, test } from 'node:test';
import { type GivenDifference, learns, stays } from '../testing/learned-differences.js';

describe('a field of a request', () => {
  const refused = (operation: string, field: string, platform: unknown): GivenDifference => ({
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
    const difference: GivenDifference = {
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
    stays('mpesa', { ...difference, emulator: 'x' } as GivenDifference, /^the recording does not show which values/);
  });

  test('is a header that is not needed', () => {
    const difference: GivenDifference = {
      code: 'request-field-refused',
      place: 'header Request-Id',
      platform: undefined,
      emulator: 'why',
    };
    learns('toka', [difference], { headers: { required: ['Request-Time'] } });
  });
});
