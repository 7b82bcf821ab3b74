import { constants } from 'node:os';
import spawn from 'cross-spawn';
import { type Config, variableName } from '../emulator/config.js';
import { type Emulator, openEmulator } from '../emulator/emulator.js';
import { createLog } from '../emulator/log.js';
import { valuesFor } from './env.js';

/** The signals that `exec` forwards to the command. */
const forwardedSignals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/**
 * Starts an emulator, runs a command, and exits with the command's status. The command gets what `billetera env` prints, such as the
 * address in BILLETERA_URL, and a control token in BILLETERA_CONTROL_TOKEN. The client, mini program and key that it has already stay.
 * @param logs whether the emulator logs to standard error
 */
export async function exec([program = '', ...args]: readonly string[], config: Config, logs: boolean): Promise<void> {
  if (program === '') throw new Error('exec: expected a command behind --, got an empty text; perhaps a variable is not set');
  const emulator = await openEmulator(config, logs ? await createLog(config.logLevel) : undefined);
  try {
    const { controlToken } = config;
    process.exitCode = await run(program, args, {
      ...(await variablesOf(emulator, config)),
      ...(controlToken !== undefined && { [variableName('controlToken')]: controlToken }),
    });
  } finally {
    await emulator.close();
  }
}

/** Variables that are always those of the emulator. A client, a mini program or a key that the environment names already stays. */
const ofEmulator = ['url', 'platformPublicKey'].map(variableName);

async function variablesOf(emulator: Emulator, config: Config): Promise<Record<string, string>> {
  const values = Object.entries(await valuesFor(emulator, config));
  return Object.fromEntries(values.filter(([name]) => ofEmulator.includes(name) || process.env[name] === undefined));
}

/**
 * Without `--`, nobody can tell the options of the command from those of `exec`.
 * @param argv all arguments of the process, which end with the command
 * @throws Error in one line that shows how to write it
 */
export function checkSeparator(command: readonly string[], argv: readonly string[]): void {
  const isSeparated = argv[argv.length - command.length - 1] === '--';
  if (!isSeparated && command.some((argument) => argument.startsWith('-')))
    throw new Error(`exec: put the command behind --, because it has options: billetera exec -- ${command.join(' ')}`);
}

/**
 * @param variables further environment variables of the command
 * @returns the status that a shell gives: 127 for an unknown command, 126 if it cannot run, 128 + n if signal n ended it
 */
function run(program: string, args: readonly string[], variables: Record<string, string>): Promise<number> {
  // On Windows, npm and similar commands are scripts that only a shell can run. cross-spawn quotes their arguments for it.
  const child = spawn(program, args, { stdio: 'inherit', env: { ...process.env, ...variables } });
  const forward = (signal: NodeJS.Signals) => {
    // A terminal sends SIGINT to the command too.
    if (signal !== 'SIGINT' || !process.stdin.isTTY) child.kill(signal);
  };
  for (const signal of forwardedSignals) process.on(signal, forward);
  return new Promise<number>((resolve) => {
    child.once('error', (error: NodeJS.ErrnoException) => {
      const isUnknown = error.code === 'ENOENT';
      process.stderr.write(`billetera: exec: ${startProblem(program, error)}\n`);
      resolve(isUnknown ? 127 : 126);
    });
    child.once('exit', (status, signal) => resolve(status ?? 128 + constants.signals[signal as NodeJS.Signals]));
  }).finally(() => {
    for (const signal of forwardedSignals) process.off(signal, forward);
  });
}

function startProblem(program: string, { code, message }: NodeJS.ErrnoException): string {
  if (code === 'ENOENT') return `the command ${program} does not exist; expected a program in PATH, or the path to one`;
  if (code === 'EACCES') return `the command ${program} cannot be run; expected a program that this user may execute`;
  return `the command ${program} cannot be run: ${message}`;
}
