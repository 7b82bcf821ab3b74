import { spawn } from 'node:child_process';
import { constants } from 'node:os';
import type { Config } from '../emulator/config.js';
import { openEmulator } from '../emulator/emulator.js';
import { createLog } from '../emulator/log.js';

/** What `exec` passes on; of the others, Windows knows none. */
const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/**
 * Runs a command beside an emulator of its own, whose address it finds in BILLETERA_URL, and ends with its exit status.
 * @param logs whether the emulator's log goes to standard error
 */
export async function exec([program = '', ...args]: string[], config: Config, logs: boolean): Promise<void> {
  const emulator = await openEmulator(config, logs ? await createLog(config.logLevel) : undefined);
  try {
    process.exitCode = await run(program, args, emulator.url);
  } finally {
    await emulator.close();
  }
}

/** @returns as a shell has it: 127 for a command that there is not, 126 for one that cannot be run, 128 and the number for a signal */
function run(program: string, args: string[], url: string): Promise<number> {
  // npm and its like are no programs on Windows, but scripts of its shell.
  const child = spawn(program, args, {
    stdio: 'inherit',
    env: { ...process.env, BILLETERA_URL: url },
    shell: process.platform === 'win32',
  });
  const passOn = (signal: NodeJS.Signals) => {
    // A terminal has sent it to all that runs in it.
    if (signal !== 'SIGINT' || !process.stdin.isTTY) child.kill(signal);
  };
  for (const signal of signals) process.on(signal, passOn);
  return new Promise<number>((resolve) => {
    child.once('error', ({ code, message }: NodeJS.ErrnoException) => {
      const isMissing = code === 'ENOENT';
      process.stderr.write(`billetera: exec: ${isMissing ? `expected a command, and there is no ${program}` : message}\n`);
      resolve(isMissing ? 127 : 126);
    });
    child.once('exit', (status, signal) => resolve(status ?? 128 + constants.signals[signal as NodeJS.Signals]));
  }).finally(() => {
    for (const signal of signals) process.off(signal, passOn);
  });
}
