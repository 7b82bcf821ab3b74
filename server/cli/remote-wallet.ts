import { type Command, Option } from 'commander';
import { type Config, readConfig, variableName } from '../emulator/config.js';
import { connect } from '../sdk/client/connect.js';
import type { Wallet } from '../sdk/client/wallet.js';
import { configFlag } from './flags.js';

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

/** A running emulator: the address, its control token if it has one, and a client for it. */
export interface RemoteWallet {
  wallet: Wallet;
  token: string | undefined;
}

/** The emulator that the flags or the environment name. @throws Error in one line if the URL is invalid */
export function chooseRemoteWallet({ url, controlToken, config: file }: RemoteFlags, env: NodeJS.ProcessEnv): RemoteWallet {
  const flags = { ...(controlToken !== undefined && { controlToken }), ...(file !== undefined && { config: file }) };
  const config = readConfig(flags, env);
  const address = url ?? (env[variableName('url')] || `http://127.0.0.1:${config.port}`);
  return { wallet: remoteWallet(address, config), token: config.controlToken };
}

/** @throws Error in one line if the URL is invalid */
export function remoteWallet(url: string, { controlToken: token }: Pick<Config, 'controlToken'>): Wallet {
  try {
    return connect(url, { token });
  } catch (error) {
    throw new Error(`--url ${url}: ${(error as Error).message}`);
  }
}
