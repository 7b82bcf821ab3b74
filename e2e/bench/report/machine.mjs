import { existsSync, readFileSync } from 'node:fs';
import { availableParallelism, cpus, loadavg, release, totalmem, type } from 'node:os';

/**
 * @typedef {object} Machine
 * @property {string} processor
 * @property {number} cores
 * @property {number} memoryGb
 * @property {string} system
 * @property {string} node
 */

/** @returns {Machine} */
export function thisMachine() {
  return {
    processor: cpus()[0]?.model.trim() ?? 'unknown processor',
    cores: availableParallelism(),
    memoryGb: Math.round(totalmem() / 2 ** 30),
    system: `${distribution()}${type()} ${release()}`,
    node: process.version,
  };
}

/** @returns {number | undefined} the processes that wanted to run in the last minute, on average; undefined if they were few */
export function loadOfOthers() {
  const [load] = loadavg();
  return load > availableParallelism() / 4 ? load : undefined;
}

/** @param {Machine} machine */
export function describeMachine({ processor, cores, memoryGb, system, node }) {
  return `${processor}, ${cores} cores, ${memoryGb} GB, ${system}, Node ${node}`;
}

/** os-release(5) */
function distribution() {
  const file = '/etc/os-release';
  const name = existsSync(file) ? /^PRETTY_NAME="?(.+?)"?$/m.exec(readFileSync(file, 'utf8'))?.[1] : undefined;
  return name === undefined ? '' : `${name}, `;
}
