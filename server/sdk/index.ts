import { walletAt } from './client/connect.js';
import type { EmulatorOptions } from './client/options.js';
import type { Wallet } from './client/wallet.js';

export type { ControlErrorCode } from '../http/control-error-code.js';
export { WalletError } from './client/call.js';
export { connect } from './client/connect.js';
export type * from './client/journal.js';
export type { EmulatorOptions } from './client/options.js';
export type * from './client/records.js';
export type * from './client/scenario-types.js';
export type * from './client/tokens.js';
export type { Clock, ClockState, Merge, Records, Snapshot, Wallet } from './client/wallet.js';

/**
 * Starts an emulator in this process. Neither the environment nor a configuration file is read: a test says what it wants.
 *
 * @param options as the flags of the command line, in camel case; `port: 0` takes a free one
 * @throws Error in one line for a bad option, fixture, profile or key, and for a port in use
 */
export async function startEmulator(options: EmulatorOptions = {}): Promise<Wallet> {
  // Whoever only connects to one that runs elsewhere does not wait for all of this to be read.
  const [{ readConfig }, { openEmulator }] = await Promise.all([
    import('../emulator/config.js'),
    import('../emulator/emulator.js'),
  ]);
  const config = readConfig({ ...options }, {}, { file: false });
  const log = options.logLevel === undefined ? undefined : await (await import('../emulator/log.js')).createLog(config.logLevel);
  const emulator = await openEmulator(config, log);
  let closed: Promise<void> | undefined;
  const close = () => {
    closed ??= emulator.close();
    return closed;
  };
  return walletAt(emulator.url, { tlsUrl: emulator.tlsUrl, close });
}
