import { test } from 'node:test';
import { learns, stays } from '../testing/learned-differences.js';

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
