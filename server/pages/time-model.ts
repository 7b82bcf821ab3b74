import { latestInstant } from '../clock/time.js';

/**
 * A time for a page, in UTC: its ISO 8601 form, and the text to show. The text has the date only if it is another day than today.
 * @param at milliseconds since the epoch
 * @param now the tenant's time
 */
export function timeModel(at: number, now: number): { iso: string; time: string } {
  return textOf(at, now, 'HH:MM:SS'.length);
}

/** The time of a call for a page: as `timeModel`, with milliseconds. */
export function callTime(at: number, now: number): { iso: string; time: string } {
  return textOf(at, now, 'HH:MM:SS.mmm'.length);
}

function textOf(at: number, now: number, length: number): { iso: string; time: string } {
  const iso = new Date(Math.min(at, latestInstant)).toISOString();
  const today = new Date(now).toISOString().slice(0, 10);
  const clock = iso.slice(11, 11 + length);
  return { iso, time: iso.startsWith(today) ? clock : `${iso.slice(0, 10)} ${clock}` };
}
