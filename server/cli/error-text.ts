import { flagName } from '../emulator/config.js';
import { EmulatorError } from '../emulator/emulator-error.js';

/** The message of an error for a terminal. It names flags instead of options: `--port 4010: the port is in use: …`. */
export function errorText(error: Error): string {
  if (!(error instanceof EmulatorError) || error.option === undefined) return error.message;
  const { name, value } = error.option;
  return `${flagName(name)}${value === undefined ? '' : ` ${value}`}: ${error.problem}`;
}
