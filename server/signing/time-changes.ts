/** A client may read its clock twice, once to sign and once to send. Times this close to the sent one are tried. */
const maxSecondsApart = 5;
const maxMillisecondsApart = 25;
const minuteMs = 60_000;
/** A Date holds at most 8.64e15 ms (ECMAScript). One day less, because offsets are added. */
const maxInstant = 8.64e15 - 24 * 60 * minuteMs;

/** The instant of a Request-Time, in milliseconds since the epoch. Undefined if it is not a time that a Date can hold. */
function instantOf(time: string): number | undefined {
  const instant = /^\d+$/.test(time) ? Number(time) : Date.parse(time);
  return Math.abs(instant) < maxInstant ? instant : undefined;
}

/** The same instant in other forms, and no time at all. */
export function otherTimeForms(time: string): string[] {
  const escaped = [time.replace(/[+:]/g, encodeURIComponent), time.replaceAll('+', ' ')];
  const instant = instantOf(time);
  if (instant === undefined) return without(time, ['', ...escaped]);
  const iso = new Date(instant).toISOString();
  const seconds = iso.slice(0, 19);
  const sentSeconds = time.slice(0, 19);
  return without(time, [
    '',
    String(instant),
    String(Math.floor(instant / 1000)),
    iso,
    `${seconds}Z`,
    `${seconds}+00:00`,
    `${seconds}+0000`,
    iso.replace('Z', '+00:00'),
    iso.replace('Z', '000Z'),
    iso.replace('Z', '000+00:00'),
    sentSeconds,
    `${sentSeconds}Z`,
    time.replace(/([+-]\d\d):(\d\d)$/, '$1$2'),
    time.replace(/\.\d+/, ''),
    time.replace(/(:\d\d)\.\d+/, '$1'),
    time.replace(/^(.{19})(Z|[+-])/, `$1${iso.slice(19, 23)}$2`),
    time.replace('T', ' '),
    sentSeconds.replace('T', ' '),
    seconds.replace('T', ' '),
    seconds.replace(/[-:T]/g, ''),
    sentSeconds.replace(/[-:T]/g, ''),
    new Date(instant).toUTCString(),
    ...escaped,
  ]);
}

/** Instants that are close to the sent one, in the same form, and the sent instant in other offsets. */
export function closeTimes(time: string): string[] {
  const instant = instantOf(time);
  return instant === undefined ? [] : without(time, closeBy(time, instant));
}

function without(time: string, others: Iterable<string>): string[] {
  return [...new Set(others)].filter((other) => other !== time);
}

function* closeBy(time: string, instant: number): Generator<string> {
  const form = /^(?:\d+|.{19}(\.\d+)?(Z|[+-]\d\d:?\d\d))$/.exec(time);
  if (form === null) return;
  const [, fraction, offset] = form;
  const write = (at: number, zone: number, written: string) => {
    const text = new Date(at + zone * minuteMs).toISOString();
    return text.slice(0, 19) + (fraction === undefined ? '' : text.slice(19, 23)) + written;
  };
  const own = offset === undefined || offset === 'Z' ? 0 : minutesOf(offset);
  const near = (at: number) => (offset === undefined ? String(at) : write(at, own, offset));
  for (let step = 1; step <= maxSecondsApart; step++) {
    yield near(instant + step * 1000);
    yield near(instant - step * 1000);
  }
  if (offset === undefined || fraction !== undefined) {
    for (let step = 1; step <= maxMillisecondsApart; step++) {
      yield near(instant + step);
      yield near(instant - step);
    }
  }
  if (offset === undefined) return;
  for (let hour = -12; hour <= 14; hour++) {
    for (const half of [0, 30]) {
      const zone = hour * 60 + half;
      const written = `${zone < 0 ? '-' : '+'}${String(Math.floor(Math.abs(zone) / 60)).padStart(2, '0')}`;
      yield write(instant, zone, `${written}:${String(Math.abs(zone) % 60).padStart(2, '0')}`);
    }
  }
}

function minutesOf(offset: string): number {
  const minutes = Number(offset.slice(1, 3)) * 60 + Number(offset.slice(-2));
  return offset.startsWith('-') ? -minutes : minutes;
}
