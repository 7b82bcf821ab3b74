import { spawn } from 'node:child_process';
import { constants } from 'node:os';
import type { Config } from '../emulator/config.js';
import { openEmulator } from '../emulator/emulator.js';
import { createLog } from '../emulator/log.js';

/** The signals that `exec` forwards to the command. */
const forwardedSignals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/**
 * Starts an emulator, runs a command with its address in BILLETERA_URL, and exits with the command's status.
 * @param logs whether the emulator logs to standard error
 */
export async function exec([program = '', ...args]: string[], config: Config, logs: boolean): Promise<void> {
  const emulator = await openEmulator(config, logs ? await createLog(config.logLevel) : undefined);
  try {
    process.exitCode = await run(program, args, emulator.url);
  } finally {
    await emulator.close();
  }
}

/** @returns the status that a shell gives: 127 for an unknown command, 126 if it cannot run, 128 + n if signal n ended it */
function run(program: string, args: string[], url: string): Promise<number> {
  const child = spawn(program, args, {
    stdio: 'inherit',
    env: { ...process.env, BILLETERA_URL: url },
    // On Windows, npm and similar commands are scripts that only a shell can run.
    shell: process.platform === 'win32',
  });
  const forward = (signal: NodeJS.Signals) => {
    // A terminal sends SIGINT to the command too.
    if (signal !== 'SIGINT' || !process.stdin.isTTY) child.kill(signal);
  };
  for (const signal of forwardedSignals) process.on(signal, forward);
  return new Promise<number>((resolve) => {
    child.once('error', (error: NodeJS.ErrnoException) => {
      const isUnknown = error.code === 'ENOENT';
      process.stderr.write(`billetera: exec: ${isUnknown ? `unknown command ${program}` : error.message}\n`);
      resolve(isUnknown ? 127 : 126);
    });
    child.once('exit', (status, signal) => resolve(status ?? 128 + constants.signals[signal as NodeJS.Signals]));
  }).finally(() => {
    for (const signal of forwardedSignals) process.off(signal, forward);
  });
}
