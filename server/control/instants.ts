import { latestInstant, parseTime } from '../clock/time.js';
import { invalid } from './control-error.js';

/** Milliseconds since the epoch as the control API writes them: ISO 8601 in UTC. */
export function writeInstant(at: number): string {
  return new Date(Math.min(at, latestInstant)).toISOString();
}

/**
 * Reads an ISO 8601 time with an offset.
 * @param field what it is called, for the message
 * @returns milliseconds since the epoch
 */
export function readInstant(field: string, text: string): number {
  const time = parseTime(text);
  if (time?.form !== 'iso' || !isDate(text))
    throw invalid(`${field}: expected an ISO 8601 time with an offset, such as 2026-01-31T10:00:00Z, got ${text.slice(0, 60)}`);
  return time.at;
}

/** Date.parse takes the 30th of February for the 2nd of March. */
function isDate(text: string): boolean {
  const [year, month, day] = text.slice(0, 10).split('-').map(Number) as [number, number, number];
  return new Date(Date.UTC(year, month - 1, day)).getUTCDate() === day;
}
