import { describe, test } from 'node:test';
import { learns, stays } from '../testing/learned-differences.js';

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
