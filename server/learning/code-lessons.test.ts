import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { type GivenDifference, learns, lessonsOf, stays } from '../testing/learned-differences.js';

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
    const code: GivenDifference = { code: 'result-code-unknown', operation: 'applyToken', platform, emulator };
    const refused: GivenDifference = {
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
    const often: GivenDifference = {
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
