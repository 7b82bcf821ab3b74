import { type Command, Option } from 'commander';
import { type Config, readConfig, variableName } from '../emulator/config.js';
import type { CallerOptions } from '../sdk/client/call.js';
import { walletAt } from '../sdk/client/connect.js';
import type { Wallet } from '../sdk/client/wallet.js';
import { configFlag } from './flags.js';
import { addressLabel, type RunningAddress, runningAddress, startAdvice } from './running-address.js';

/** A running emulator begins to answer a command within this time, in milliseconds of the machine's clock. */
export const answerWithinMs = 5000;

/** Adds the flags of a command that works on a running emulator. */
export function addRemoteFlags(command: Command): Command {
  return command
    .addOption(
      new Option(
        '--url <address>',
        `the running emulator, optionally with /t/<tenant> (default http://127.0.0.1:4010; ${variableName('url')})`,
      ),
    )
    .addOption(configFlag('controlToken'))
    .option('--config <file>', 'a configuration file');
}

/** The flags of `addRemoteFlags`. */
export interface RemoteFlags {
  url?: string;
  controlToken?: string;
  config?: string;
}

/** A running emulator: a client for it, and how the client calls it. */
export interface RemoteWallet {
  wallet: Wallet;
  options: CallerOptions;
}

/** The emulator that the flags or the environment name. @throws Error in one line if the URL is invalid */
export function chooseRemoteWallet(
  { url, controlToken, config: file }: RemoteFlags,
  env: NodeJS.ProcessEnv,
  changes: CallerOptions = {},
): RemoteWallet {
  const flags = { ...(controlToken !== undefined && { controlToken }), ...(file !== undefined && { config: file }) };
  const config = readConfig(flags, env);
  return remoteWallet(runningAddress(url, config, env), config, changes);
}

/** @param changes replace the usual options @throws Error in one line if the URL is invalid */
export function remoteWallet(
  address: RunningAddress,
  { controlToken }: Pick<Config, 'controlToken'>,
  changes: CallerOptions = {},
): RemoteWallet {
  const options = { token: controlToken, answerWithinMs, advice: startAdvice(address), ...changes };
  try {
    return { wallet: walletAt(address.url, options), options };
  } catch (error) {
    throw new Error(`${addressLabel(address)}: ${(error as Error).message}`);
  }
}
