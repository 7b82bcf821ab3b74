const day = 24 * 60 * 60 * 1000;
const year = 366 * day;

const isoTime = /^(\d{4}-\d\d-\d\d)([T ])(\d\d:\d\d(?::\d\d)?)([.,]\d+)?( ?(?:Z|[+-]\d\d:?\d\d))?$/;
/** Dates, and their form. */
const dates: readonly (readonly [RegExp, string])[] = [
  [/^\d{4}-\d\d-\d\d$/, 'YYYY-MM-DD'],
  [/^\d{4}\/\d\d\/\d\d$/, 'YYYY/MM/DD'],
  [/^\d\d\/\d\d\/\d{4}$/, 'DD/MM/YYYY'],
  [/^\d\d-\d\d-\d{4}$/, 'DD-MM-YYYY'],
  [/^\d\d\.\d\d\.\d{4}$/, 'DD.MM.YYYY'],
  [/^(?:19|20)\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])$/, 'YYYYMMDD'],
];

/** The form of a time or a date, such as `YYYY-MM-DDThh:mm:ss+08:00`. Undefined if it is none. */
export function dateForm(value: string): string | undefined {
  const [, , separator, clock = '', fraction = '', offset = ''] = isoTime.exec(value) ?? [];
  if (separator === undefined) return dates.find(([pattern]) => pattern.test(value))?.[1];
  const seconds = clock.length > 5 ? ':ss' : '';
  return `YYYY-MM-DD${separator}hh:mm${seconds}${fraction.replace(/\d/g, 'f')}${offset}`;
}

/**
 * Returns true for a time of the call: from a day before it on. Lifetimes are computed from these, and they tell nothing about a person.
 * A date without a time of day is none.
 * @param at the time of the call, in milliseconds since the epoch
 * @param isTimeField true if the name of the field says that it is a time; digits alone can be any number
 */
export function isTimeOfCall(value: string, at: number, isTimeField: boolean): boolean {
  if (isoTime.test(value)) {
    const instant = Date.parse(
      value
        .replace(/ (?=\d)/, 'T')
        .replace(',', '.')
        .replace(' ', ''),
    );
    return instant >= at - day;
  }
  const isNear = (instant: number) => instant >= at - day && instant < at + 30 * year;
  if (!isTimeField) return false;
  if (/^\d{13}$/.test(value)) return isNear(Number(value));
  return /^\d{10}$/.test(value) && isNear(Number(value) * 1000);
}
