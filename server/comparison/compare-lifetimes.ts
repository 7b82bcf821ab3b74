import { formatDuration } from '../clock/duration.js';
import type { Answers } from './answers.js';
import type { Finding } from './finding.js';
import { readGiven } from './read-given.js';

const second = 1000;
const minute = 60 * second;
const hour = 60 * minute;
const day = 24 * hour;

/** A time in whole seconds, of the same clock as the expiry, can be off by this. */
const ownClockMs = 3 * second;
/** The clocks of the platform and of the recorder can differ by this. */
const otherClockMs = 15 * second;

/** Compares how long codes and tokens live: the time from the answer to the expiry. */
export function compareLifetimes({ call, operation, platform, emulator, answer, profile }: Answers): Finding[] {
  if (answer.outcome !== 'done') return [];
  const tolerance = call.isPlatformTime ? ownClockMs : otherClockMs;
  const [sent, own] = [platform, emulator].map((body) => readGiven({ answer: body }, operation, profile));
  const names = [
    ['accessToken', 'accessExpiresAt'],
    ['refreshToken', 'refreshExpiresAt'],
  ] as const;
  return names.flatMap(([place, name]): Finding[] => {
    const [sentAt, ownAt] = [sent?.[name], own?.[name]];
    if (sentAt === undefined || ownAt === undefined) return [];
    const [there, here] = [sentAt - call.answeredAt, ownAt - call.answeredAt];
    if (there <= 0 || Math.abs(there - here) <= tolerance) return [];
    const [sentText, ownText] = [there, here].map((lifetime) => formatDuration(rounded(lifetime, tolerance)));
    return [{ code: 'lifetime', operation: operation.name, place, platform: sentText ?? '', emulator: ownText ?? '' }];
  });
}

/** A duration in the largest unit that is close enough: 7,199 seconds are two hours. */
function rounded(lifetime: number, tolerance: number): number {
  for (const unit of [day, hour, minute, 10 * second]) {
    const whole = Math.round(lifetime / unit) * unit;
    if (whole > 0 && Math.abs(whole - lifetime) <= tolerance) return whole;
  }
  return lifetime;
}
