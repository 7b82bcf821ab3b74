const isoDuration =
  /^P(?=.)(?:(\d+(?:\.\d+)?)W)?(?:(\d+(?:\.\d+)?)D)?(?:T(?=\d)(?:(\d+(?:\.\d+)?)H)?(?:(\d+(?:\.\d+)?)M)?(?:(\d+(?:\.\d+)?)S)?)?$/;

const second = 1000;
const minute = 60 * second;
const hour = 60 * minute;
const day = 24 * hour;

/** The longest duration: a thousand years, in milliseconds. Longer ones could lead to times that cannot be written as dates. */
const longest = 365_000 * day;

/**
 * Reads a duration.
 *
 * @param duration an ISO 8601 duration in weeks, days, hours, minutes and seconds (`P1D`, `PT2H30M`; years and months have no
 * fixed length and are refused), or a number of seconds
 * @returns milliseconds, or undefined if it is neither, is negative, or is over a thousand years
 */
export function parseDuration(duration: unknown): number | undefined {
  const milliseconds =
    typeof duration === 'number' ? duration * second : typeof duration === 'string' ? parseIso(duration) : Number.NaN;
  return milliseconds >= 0 && milliseconds <= longest ? Math.round(milliseconds) : undefined;
}

function parseIso(text: string): number {
  const parts = isoDuration.exec(text);
  if (parts === null) return Number.NaN;
  const [weeks, days, hours, minutes, seconds] = parts.slice(1).map((part) => Number(part ?? 0)) as [
    number,
    number,
    number,
    number,
    number,
  ];
  return weeks * 7 * day + days * day + hours * hour + minutes * minute + seconds * second;
}

/** Writes a duration as ISO 8601, in days, hours, minutes and seconds: `P1D`, `PT2H30M`. @param milliseconds are rounded to seconds */
export function formatDuration(milliseconds: number): string {
  let rest = Math.round(milliseconds / second) * second;
  const take = (unit: number, letter: string) => {
    const count = Math.floor(rest / unit);
    rest -= count * unit;
    return count === 0 ? '' : `${count}${letter}`;
  };
  const days = take(day, 'D');
  const time = [take(hour, 'H'), take(minute, 'M'), take(second, 'S')].join('');
  if (days === '' && time === '') return 'PT0S';
  return `P${days}${time === '' ? '' : `T${time}`}`;
}

/** Explains how to write a duration, for error messages. */
export const durationHint =
  'an ISO 8601 duration such as PT10M or P1D (in weeks, days, hours, minutes, seconds), or a number of seconds';
