import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';

/** The servers that run, so that none outlives the bench. */
const running = new Set();
process.on('exit', () => {
  for (const child of running) child.kill('SIGKILL');
});

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.once(signal, () => process.exit(1));

/**
 * Starts a server as a process of its own and waits for its first answer.
 *
 * @param args what node is started with; the server says `… ready at <address>` on its standard output
 * @param path where it is first asked
 * @returns its address, how long it took from the start of the process to that answer (milliseconds), and how to end it
 */
export async function startServer(args, path) {
  const began = performance.now();
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'ignore'] });
  running.add(child);
  const exited = once(child, 'exit').then(([code, signal]) => {
    running.delete(child);
    return code ?? signal;
  });
  const url = await Promise.race([
    readAddress(child),
    exited.then((end) => {
      throw new Error(`node ${args.join(' ')} ended with ${end} before it was ready`);
    }),
  ]);
  const answer = await fetch(url + path);
  const readyIn = performance.now() - began;
  if (!answer.ok) throw new Error(`${url}${path} answered ${answer.status}`);
  await answer.arrayBuffer();
  return {
    url,
    readyIn,
    /** Resident memory in MB; undefined where the system does not say. */
    memory: () => residentMemory(child.pid),
    /** Processor time so far, in milliseconds, all threads together; NaN where the system does not say. */
    processorTime: () => processorTime(child.pid),
    async stop() {
      child.kill('SIGKILL');
      await exited;
    },
  };
}

function readAddress(child) {
  return new Promise((resolve) => {
    let output = '';
    child.stdout.on('data', (chunk) => {
      output += chunk;
      const address = /ready at (http:\S+)\n/.exec(output)?.[1];
      if (address !== undefined) resolve(address);
    });
  });
}

function residentMemory(pid) {
  try {
    return Number(/^VmRSS:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]) / 1024;
  } catch {
    return undefined;
  }
}

/** Linux counts it in hundredths of a second, user and system apart: fields 14 and 15 of proc_pid_stat(5). */
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
