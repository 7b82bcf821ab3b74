import { flagName, variableName } from '../emulator/config.js';
import { EmulatorError } from '../emulator/emulator-error.js';
import { FilesInvalidError } from '../files/problem-list.js';
import { WalletError } from '../sdk/client/call.js';

/**
 * The lines that a terminal shows for an error: one for each problem. They name flags instead of options:
 * `--port 4010: the port is in use: …`.
 */
export function errorLines(error: Error): readonly string[] {
  if (error instanceof FilesInvalidError) return error.problems;
  if (error instanceof WalletError && error.error === 'unauthorized') return [`${tokenProblem(error)}: ${tokenAdvice}`];
  if (!(error instanceof EmulatorError)) return [error.message];
  if (error.cause instanceof FilesInvalidError) return error.cause.problems;
  if (error.option === undefined) return [error.message];
  const { name, value } = error.option;
  return [`${flagName(name)}${value === undefined ? '' : ` ${value}`}: ${error.problem}`];
}

const tokenAdvice = `pass ${flagName('controlToken')} <secret>, or set ${variableName('controlToken')}, to the token that the emulator was started with`;

/** `the control token is missing`, from a message that goes on with advice for programs. */
function tokenProblem({ message }: WalletError): string {
  return message.split(':')[0] ?? message;
}
