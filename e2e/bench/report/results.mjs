import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/**
 * @typedef {object} Results one run of the benchmark
 * @property {string} version of billetera
 * @property {string} peer the peer and its version
 * @property {string} date when the run began, as ISO 8601 in UTC
 * @property {import('./machine.mjs').Machine} machine
 * @property {number} [loadOfOthers] if other programs used the machine: the processes that wanted to run before the benchmark, on average
 * @property {Record<string, any>} parts the measurements, by part
 * @property {import('../part.mjs').Figure[]} figures
 */

const resultsFolder = fileURLToPath(new URL('../results', import.meta.url));

/** @returns {Results | undefined} the results that were measured last */
export function readNewestResults(folder = resultsFolder) {
  if (!existsSync(folder)) return undefined;
  return readdirSync(folder)
    .filter((name) => name.endsWith('.json'))
    .map((name) => JSON.parse(readFileSync(join(folder, name), 'utf8')))
    .sort((a, b) => a.date.localeCompare(b.date))
    .at(-1);
}

/** @param {Results} results @returns {string} JSON, with five digits of each number: more of them say nothing */
export function resultsJson(results) {
  const rounded = (_key, value) => (Number.isFinite(value) ? Number(value.toPrecision(5)) : value);
  return `${JSON.stringify(results, rounded, 2)}\n`;
}

/** Writes `<version>.json`. @param {Results} results */
export function writeResults(results, folder = resultsFolder) {
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, `${results.version}.json`), resultsJson(results));
}
