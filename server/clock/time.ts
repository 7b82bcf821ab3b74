const isoTime = /^(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d):(\d\d)(?:\.(\d{1,9}))?(Z|[+-]\d\d:?\d\d)$/;

/** The form in which a caller wrote a time. The answer uses the same form. */
export type TimeForm = 'iso' | 'epoch-ms';

/** The last instant that has a four-digit year; later ones cannot be written as RFC 3339. */
export const latestInstant = Date.parse('9999-12-31T00:00:00Z');

/**
 * Reads a time: ISO 8601 with an offset or `Z` and up to nine digits of a fraction, or milliseconds since the epoch.
 *
 * @returns milliseconds since the epoch and the form, or undefined if it is neither
 */
export function parseTime(text: string): { at: number; form: TimeForm } | undefined {
  if (/^\d{10,15}$/.test(text)) return { at: Number(text), form: 'epoch-ms' };
  const parts = isoTime.exec(text);
  if (parts === null) return undefined;
  const [, year, month, dayOfMonth, hour, minute, second, fraction = '', offset = 'Z'] = parts;
  const zone = offset === 'Z' || offset.includes(':') ? offset : `${offset.slice(0, 3)}:${offset.slice(3)}`;
  const at = Date.parse(
    `${year}-${month}-${dayOfMonth}T${hour}:${minute}:${second}.${fraction.slice(0, 3).padEnd(3, '0')}${zone}`,
  );
  return Number.isNaN(at) ? undefined : { at, form: 'iso' };
}

/**
 * Writes a time as RFC 3339 with a colon in the offset, to the second (`2019-05-28T12:12:12+08:00`).
 *
 * @param at milliseconds since the epoch; a time after `latestInstant` is written as `latestInstant`
 * @param offset the wallet's offset from UTC, `+08:00` or `Z`
 * @param options milliseconds: with three digits of a fraction
 */
export function formatTime(at: number, offset: string, { milliseconds = false } = {}): string {
  const local = new Date(Math.min(at, latestInstant) + offsetMinutes(offset) * 60_000).toISOString();
  return `${local.slice(0, milliseconds ? 23 : 19)}${offset}`;
}

/**
 * Writes a time for a header.
 *
 * @param at milliseconds since the epoch
 * @param form absent: iso
 * @param offset from UTC, as in `formatTime`
 */
export function formatHeaderTime(at: number, form: TimeForm | undefined, offset: string): string {
  return form === 'epoch-ms' ? String(at) : formatTime(at, offset);
}

function offsetMinutes(offset: string): number {
  if (offset === 'Z') return 0;
  const sign = offset.startsWith('-') ? -1 : 1;
  return sign * (Number(offset.slice(1, 3)) * 60 + Number(offset.slice(4, 6)));
}
