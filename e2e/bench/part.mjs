/**
 * A part of the benchmark: `npm run bench -- <name>` measures it alone.
 *
 * @template Measured what the part measures: an object that JSON can hold
 * @typedef {object} Part
 * @property {string} name
 * @property {(options: { quick: boolean }) => Promise<Measured>} measure `quick` makes one short round, to see that all works. An error
 *   ends the benchmark: a run with a wrong answer has no figures.
 * @property {(measured: Measured) => import('./report/table.mjs').Table[]} tables
 * @property {(measured: Measured) => Figure[]} figures the figures that have an aim, or that are compared with the last release
 * @property {(measured: Measured) => [title: string, value: string, comparison: string][]} summary rows for the README
 *
 * @typedef {object} Figure
 * @property {string} name the same in each release
 * @property {number} value
 * @property {'higher' | 'lower'} better
 * @property {number} [aim] the least value, or the most if lower is better
 * @property {string} [unit] the value depends on the machine, so it is compared only with values of the same machine. A ratio or a
 *   count has no unit.
 */
export {};
