import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';

/** The running servers. They are stopped if the benchmark ends early. */
const running = new Set();
process.on('exit', () => {
  for (const child of running) child.kill('SIGKILL');
});

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.once(signal, () => process.exit(1));

/**
 * Starts a server in its own process and waits for its first response.
 *
 * @param args the arguments of node; the server prints `… ready at <address>`
 * @param path the path of the first request
 * @returns the server's address, the milliseconds from process start to the first response, and a function that stops it
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
    /** Resident memory in MB, or undefined if the system has no /proc. */
    memory: () => residentMemory(child.pid),
    /** CPU time of all threads so far in milliseconds, or NaN if the system has no /proc. */
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
