import { parseDuration } from '../clock/duration.js';
import type { Then } from './schema.js';

/** The longest delay of a timer, in milliseconds. A timer with a longer one would fire at once. */
const maxDelayMs = 2 ** 31 - 1;

/**
 * Returns the delay of a call by a scenario, in milliseconds of the machine's time.
 * @param hit how often the scenario has acted: a range with a seed gives the same sequence of delays every time
 */
export function delayOf({ delay }: Then, hit: number): number {
  if (delay === undefined) return 0;
  if (typeof delay !== 'object') return Math.min(parseDuration(delay) ?? 0, maxDelayMs);
  const min = parseDuration(delay.min) ?? 0;
  const max = Math.max(parseDuration(delay.max) ?? min, min);
  return Math.min(Math.round(min + (max - min) * fraction((delay.seed ?? 0) * 65_537 + hit)), maxDelayMs);
}

/** A pseudo-random number from 0 to 1 (one step of mulberry32). The same seed gives the same number. */
function fraction(seed: number): number {
  let state = (seed + 0x6d2b79f5) | 0;
  state = Math.imul(state ^ (state >>> 15), state | 1);
  state ^= state + Math.imul(state ^ (state >>> 7), state | 61);
  return ((state ^ (state >>> 14)) >>> 0) / 4_294_967_296;
}
