import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as wait } from 'node:timers/promises';

const longestStartMs = 30_000;

/** The running programs. They are stopped if the benchmark ends early. */
const running = new Set();
process.on('exit', () => {
  for (const child of running) child.kill('SIGKILL');
});
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.once(signal, () => process.exit(1));

/**
 * Starts a program and waits until it prints that it is ready. Its standard error goes to /dev/null.
 *
 * @param {string} command
 * @param {string[]} args
 * @param {RegExp} ready matches the output as soon as the program is ready
 * @returns {Promise<{ pid: number, match: RegExpExecArray, stop: () => Promise<void> }>}
 * @throws Error if the program ends before it is ready, or is not ready after 30 s
 */
export async function startProgram(command, args, ready) {
  const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'ignore'] });
  running.add(child);
  const exited = once(child, 'exit').then(([code, signal]) => {
    running.delete(child);
    return code ?? signal;
  });
  const failed = (reason) => {
    throw new Error(`${command} ${args.join(' ').slice(0, 300)} ${reason}`);
  };
  const match = await Promise.race([
    matchOutput(child.stdout, ready),
    exited.then((end) => failed(`ended with ${end} before it was ready`)),
    wait(longestStartMs, undefined, { ref: false }).then(() => failed(`was not ready after ${longestStartMs / 1000} s`)),
  ]);
  return {
    pid: child.pid,
    match,
    async stop() {
      child.kill('SIGKILL');
      await exited;
    },
  };
}

function matchOutput(stream, expression) {
  return new Promise((resolve) => {
    let output = '';
    const read = (chunk) => {
      output += chunk;
      const match = expression.exec(output);
      if (match === null) return;
      stream.off('data', read).resume();
      resolve(match);
    };
    stream.on('data', read);
  });
}
