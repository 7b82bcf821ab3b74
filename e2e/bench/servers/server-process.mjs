import { readFileSync } from 'node:fs';
import { startProgram } from './program.mjs';

/**
 * @typedef {object} Server
 * @property {string} url
 * @property {number} readyIn milliseconds from the start of the process to its first answer
 * @property {() => number} memory resident memory in MB; NaN if the system has no /proc
 * @property {() => number} processorTime processor time of all threads so far in milliseconds; NaN if the system has no /proc
 * @property {() => Promise<void>} stop
 */

/**
 * Starts a server in a process of its own and waits for its first answer.
 *
 * @param {string[]} args of node; the server prints `… ready at <address>`
 * @param {string} path of the first request
 * @returns {Promise<Server>}
 * @throws Error if the server does not start, or does not answer the first request
 */
export async function startServer(args, path) {
  const began = performance.now();
  const program = await startProgram(process.execPath, args, /ready at (http:\S+)\n/);
  const [, url] = program.match;
  const answer = await fetch(url + path);
  const readyIn = performance.now() - began;
  if (!answer.ok) throw new Error(`${url}${path} answered ${answer.status}`);
  await answer.arrayBuffer();
  return {
    url,
    readyIn,
    memory: () => residentMemory(program.pid),
    processorTime: () => processorTime(program.pid),
    stop: program.stop,
  };
}

function residentMemory(pid) {
  try {
    return Number(/^VmRSS:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]) / 1024;
  } catch {
    return Number.NaN;
  }
}

/** User and system time are fields 14 and 15 of proc_pid_stat(5), in hundredths of a second. */
function processorTime(pid) {
  try {
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8')
      .replace(/^.*\) /s, '')
      .split(' ');
    return (Number(fields[11]) + Number(fields[12])) * 10;
  } catch {
    return Number.NaN;
  }
}
