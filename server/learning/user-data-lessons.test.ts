import { describe, test } from 'node:test';
import { learns } from '../testing/learned-differences.js';

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
