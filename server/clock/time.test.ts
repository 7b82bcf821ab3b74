import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { formatTime, latestInstant, parseTime } from './time.js';

const instant = fc.integer({ min: 0, max: latestInstant });
const offset = fc
  .tuple(fc.constantFrom('+', '-'), fc.integer({ min: 0, max: 14 }), fc.constantFrom(0, 15, 30, 45))
  .map(([sign, hours, minutes]) => `${sign}${String(hours).padStart(2, '0')}:${String(minutes).padStart(2, '0')}`);

describe('parseTime', () => {
  test('reads ISO 8601 with an offset, and milliseconds', () => {
    const noon = Date.parse('2019-05-28T12:12:12Z');
    for (const [text, at] of [
      ['2019-05-28T12:12:12Z', noon],
      ['2019-05-28T20:12:12+08:00', noon],
      ['2019-05-28T20:12:12+0800', noon],
      ['2019-05-28T07:12:12-05:00', noon],
      ['2019-05-28T12:12:12.5Z', noon + 500],
      ['2019-05-28T12:12:12.123456789Z', noon + 123],
    ] as const) {
      assert.deepEqual(parseTime(text), { at, form: 'iso' }, text);
    }
    assert.deepEqual(parseTime(String(noon)), { at: noon, form: 'epoch-ms' });
  });

  test('refuses everything else', () => {
    for (const text of [
      '',
      '2019-05-28',
      '2019-05-28T12:12Z',
      '2019-05-28T12:12:12',
      '2019-05-28T25:12:12Z',
      '2019-00-10T12:12:12Z',
      '2019-05-28t12:12:12z',
      '12',
      '-1559045532000',
      '1559045532000.5',
      '2019-05-28T12:12:12.Z',
      '2019-05-28T12:12:12+99:99',
    ]) {
      assert.equal(parseTime(text), undefined, text);
    }
  });

  test('returns a valid date or undefined for any input', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,9})?(Z|[+-]\d\d:?\d\d)$/),
          fc.stringMatching(/^\d{1,20}$/),
        ),
        (text) => {
          const read = parseTime(text);
          if (read !== undefined) assert.ok(!Number.isNaN(new Date(read.at).getTime()));
        },
      ),
    );
  });
});

describe('formatTime', () => {
  test('writes RFC 3339 with a colon, to the second', () => {
    assert.equal(formatTime(Date.parse('2019-05-28T04:12:12.999Z'), '+08:00'), '2019-05-28T12:12:12+08:00');
    assert.equal(formatTime(0, '-05:30'), '1969-12-31T18:30:00-05:30');
  });

  test('parseTime reads what formatTime writes, for any offset', () => {
    fc.assert(
      fc.property(instant, offset, (at, where) => {
        const text = formatTime(at, where);
        assert.match(text, /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d[+-]\d\d:\d\d$/);
        assert.equal(parseTime(text)?.at, Math.floor(at / 1000) * 1000);
      }),
    );
  });

  test('writes times after the year 9999 as the last instant', () => {
    assert.equal(formatTime(latestInstant + 1e12, '+00:00'), '9999-12-31T00:00:00+00:00');
  });
});
