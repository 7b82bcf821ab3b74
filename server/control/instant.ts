import { latestInstant, parseTime } from '../clock/time.js';
import { text } from '../texts/text.js';
import { invalid } from './control-error.js';

/** Formats milliseconds since the epoch as ISO 8601 in UTC. A time after `latestInstant` is written as `latestInstant`. */
export function formatInstant(at: number): string {
  return new Date(Math.min(at, latestInstant)).toISOString();
}

/**
 * Parses an ISO 8601 time with an offset.
 * @param field the field's name, for the message
 * @returns milliseconds since the epoch
 * @throws ControlError 400
 */
export function parseInstant(field: string, sent: string): number {
  const time = parseTime(sent);
  if (time?.form !== 'iso' || !isDate(sent)) throw invalid(text('time-wrong', { field, value: sent.slice(0, 60) }));
  return time.at;
}

/** Date.parse reads 30 February as 2 March. */
function isDate(text: string): boolean {
  const [year, month, day] = text.slice(0, 10).split('-').map(Number) as [number, number, number];
  return new Date(Date.UTC(year, month - 1, day)).getUTCDate() === day;
}
