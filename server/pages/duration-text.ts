const units = [
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
  ['second', 1000],
] as const;

/** A duration by its two largest units, such as "2 hr 5 min". Below a second, in milliseconds. @param ms not negative */
export function durationInWords(ms: number, lang: string): string {
  if (ms < 1000) return inUnit(Math.round(ms), 'millisecond', lang);
  const largest = units.findIndex(([, length]) => ms >= length);
  const parts: string[] = [];
  let rest = ms;
  for (const [unit, length] of units.slice(largest, largest + 2)) {
    const count = Math.floor(rest / length);
    if (count > 0) parts.push(inUnit(count, unit, lang));
    rest -= count * length;
  }
  return parts.join(' ');
}

/** The time that a call took, for a list. A tenth of a second and more has no decimals. @param ms not negative */
export function shortMilliseconds(ms: number): number {
  return ms < 100 ? ms : Math.round(ms);
}

function inUnit(count: number, unit: string, lang: string): string {
  return new Intl.NumberFormat(lang, { style: 'unit', unit, unitDisplay: 'short' }).format(count);
}
