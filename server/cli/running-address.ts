import { type Config, variableName } from '../emulator/config.js';
import { ownUrl } from './own-url.js';

/** The address of a running emulator. */
export interface RunningAddress {
  url: string;
  /** The source of the address: the flag, the variable, or nothing, if it is the address of the configuration. */
  source: 'flag' | 'variable' | 'configuration';
}

const urlVariable = variableName('url');

/** The address that the flag, else the variable names. @returns undefined if none does */
export function namedAddress(flag: string | undefined, env: NodeJS.ProcessEnv): RunningAddress | undefined {
  if (flag !== undefined) return { url: flag, source: 'flag' };
  const variable = env[urlVariable];
  return variable ? { url: variable, source: 'variable' } : undefined;
}

/** The address that is named, else the one of the emulator with this configuration on this machine. */
export function runningAddress(flag: string | undefined, config: Config, env: NodeJS.ProcessEnv): RunningAddress {
  return namedAddress(flag, env) ?? { url: ownUrl(config), source: 'configuration' };
}

/** The beginning of a message about an address that is not one: `--url nowhere`. */
export function addressLabel({ url, source }: RunningAddress): string {
  return source === 'variable' ? `${urlVariable}=${url}` : `--url ${url}`;
}

/** The advice if no emulator is running there, for the end of a message. */
export function startAdvice({ source }: RunningAddress): string {
  const start = 'start one with "billetera"';
  if (source === 'variable') return `; the address is that of ${urlVariable}: ${start}, or change the variable`;
  return source === 'flag' ? `; ${start}` : `; ${start}, or name another address with --url`;
}
