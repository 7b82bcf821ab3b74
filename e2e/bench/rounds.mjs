import { median } from './statistics.mjs';

/**
 * Runs rounds. The first one always runs; no other starts after the time limit, so a busy machine runs fewer.
 *
 * @template T
 * @param {{ rounds: number, longestMs: number }} limits
 * @param {(turn: number) => Promise<T>} run
 * @returns {Promise<T[]>} the result of each round
 */
export async function runRounds({ rounds, longestMs }, run) {
  const began = performance.now();
  const results = [];
  while (results.length < rounds && (results.length === 0 || performance.now() - began < longestMs))
    results.push(await run(results.length));
  return results;
}

/**
 * Runs each entry once, one after the other. Another one is first in each turn, so that no server always runs after the same one.
 *
 * @template T
 * @param {number} turn
 * @param {Record<string, () => Promise<T>>} runs
 * @returns {Promise<Record<string, T>>}
 */
export async function inTurn(turn, runs) {
  const entries = Object.entries(runs);
  const results = {};
  for (let index = 0; index < entries.length; index++) {
    const [name, run] = entries[(index + turn) % entries.length];
    results[name] = await run();
  }
  return results;
}

/**
 * Compares two lists of values, round by round. What slows down a round of one slows down the same round of the other.
 *
 * @param {number[]} values
 * @param {number[]} others
 * @returns the median of the ratios
 */
export function medianRatio(values, others) {
  return median(values.map((value, round) => value / others[round]));
}
