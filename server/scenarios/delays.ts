import { parseDuration } from '../clock/duration.js';
import type { Then } from './schema.js';

/** The longest that a timer can wait (milliseconds): what is over it would fire at once. */
const longest = 2 ** 31 - 1;

/**
 * How long a scenario holds a call back, in milliseconds of the machine's time.
 * @param hit which of its hits this is: a range with a seed gives the same row of delays every time
 */
export function delayOf({ delay }: Then, hit: number): number {
  if (delay === undefined) return 0;
  if (typeof delay !== 'object') return Math.min(parseDuration(delay) ?? 0, longest);
  const min = parseDuration(delay.min) ?? 0;
  const max = Math.max(parseDuration(delay.max) ?? min, min);
  return Math.min(Math.round(min + (max - min) * fraction((delay.seed ?? 0) * 65_537 + hit)), longest);
}

/** A number from 0 to 1 that looks random, and is the same for the same seed (mulberry32, one step). */
function fraction(seed: number): number {
  let state = (seed + 0x6d2b79f5) | 0;
  state = Math.imul(state ^ (state >>> 15), state | 1);
  state ^= state + Math.imul(state ^ (state >>> 7), state | 61);
  return ((state ^ (state >>> 14)) >>> 0) / 4_294_967_296;
}
