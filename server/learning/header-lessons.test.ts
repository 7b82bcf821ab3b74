import { test } from 'node:test';
import { type GivenDifference, learns, stays } from '../testing/learned-differences.js';

test('the transport', () => {
  const header = (code: 'header-value', place: string, platform: string): GivenDifference => ({
    code,
    place,
    platform,
    emulator: 'x',
  });
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
