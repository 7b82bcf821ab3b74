import { flagName } from '../emulator/config.js';
import { EmulatorError } from '../emulator/emulator-error.js';
import { FilesInvalidError } from '../files/problem-list.js';
import { WalletError } from '../sdk/client/call.js';

/**
 * The lines that a terminal shows for an error: one for each problem. They name flags instead of options:
 * `--port 4010: the port is in use: …`.
 */
export function errorLines(error: Error): readonly string[] {
  if (error instanceof FilesInvalidError) return error.problems;
  if (error instanceof WalletError && error.error === 'unauthorized') return [unauthorizedProblem(error)];
  if (!(error instanceof EmulatorError)) return [error.message];
  if (error.cause instanceof FilesInvalidError) return error.cause.problems;
  if (error.option === undefined) return [error.message];
  const { name, value } = error.option;
  return [`${flagName(name)}${value === undefined ? '' : ` ${value}`}: ${error.problem}`];
}

/** The message of the emulator goes on with advice for programs. Here, the flag and the variable are the advice. */
function unauthorizedProblem({ message }: WalletError): string {
  const [problem = message] = message.split(':');
  return `${problem}: pass --control-token <secret>, or set BILLETERA_CONTROL_TOKEN, to the token that the emulator was started with`;
}
