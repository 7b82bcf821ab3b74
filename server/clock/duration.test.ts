import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { parseDuration } from './duration.js';

const second = 1000;
const units = { W: 604_800 * second, D: 86_400 * second, H: 3600 * second, M: 60 * second, S: second };

describe('parseDuration', () => {
  test('reads ISO 8601 durations and seconds', () => {
    for (const [text, milliseconds] of [
      ['PT10M', 600 * second],
      ['P1D', units.D],
      ['P1DT12H', 1.5 * units.D],
      ['PT2H30M', 2.5 * units.H],
      ['PT0.5S', 500],
      ['PT0S', 0],
      ['P2W', 2 * units.W],
      [5, 5 * second],
      [0.25, 250],
      [0, 0],
    ] as const) {
      assert.equal(parseDuration(text), milliseconds, String(text));
    }
  });

  test('refuses everything else', () => {
    const wrong = [
      '',
      'P',
      'PT',
      'P1DT',
      '10',
      'PT10',
      'P1Y',
      'P1M',
      'pt10m',
      'PT-5M',
      '-PT5M',
      'PT5M3H',
      'PT5 M',
      ' PT5M',
      'PT1e3S',
      'P366000D',
      'PT1H\n',
    ];
    for (const value of [...wrong, -1, Number.NaN, Number.POSITIVE_INFINITY, 1e30, null, undefined, true, {}, ['PT1H']]) {
      assert.equal(parseDuration(value), undefined, JSON.stringify(value));
    }
  });

  test('adds up the parts', () => {
    const part = fc.option(fc.nat(50), { nil: undefined });
    fc.assert(
      fc.property(part, part, part, part, part, (weeks, days, hours, minutes, seconds) => {
        const write = (count: number | undefined, unit: string) => (count === undefined ? '' : `${count}${unit}`);
        const time = write(hours, 'H') + write(minutes, 'M') + write(seconds, 'S');
        const text = `P${write(weeks, 'W')}${write(days, 'D')}${time && `T${time}`}`;
        fc.pre(text !== 'P');
        const sum =
          (weeks ?? 0) * units.W +
          (days ?? 0) * units.D +
          (hours ?? 0) * units.H +
          (minutes ?? 0) * units.M +
          (seconds ?? 0) * units.S;
        assert.equal(parseDuration(text), sum);
      }),
    );
  });

  test('reads a number of seconds like the same duration in ISO 8601', () => {
    fc.assert(fc.property(fc.nat(1_000_000), (seconds) => assert.equal(parseDuration(seconds), parseDuration(`PT${seconds}S`))));
  });

  test('returns whole milliseconds up to a thousand years, or undefined, for any input', () => {
    fc.assert(
      fc.property(fc.oneof(fc.anything(), fc.double(), fc.stringMatching(/^P[0-9WDTHMS.]{0,12}$/)), (value) => {
        const read = parseDuration(value);
        assert.ok(read === undefined || (Number.isInteger(read) && read >= 0 && read <= 365_000 * units.D));
      }),
    );
  });
});
