import { walletAt } from './client/connect.js';
import type { EmulatorOptions } from './client/options.js';
import type { Wallet } from './client/wallet.js';

export type { EmulatorErrorCode } from '../emulator/emulator-error.js';
export type { FindingCode, SignatureMistakeCode } from '../engine/finding-codes.js';
export type { ControlErrorCode } from '../http/control-error-code.js';
export type * from './client/authorizations.js';
export { WalletError } from './client/call.js';
export { type ConnectOptions, connect } from './client/connect.js';
export type * from './client/journal.js';
export type { EmulatorOptions } from './client/options.js';
export type * from './client/records.js';
export type * from './client/scenario-types.js';
export type * from './client/tokens.js';
export type { Clock, ClockState, Merge, Records, Snapshot, Wallet } from './client/wallet.js';

/**
 * Starts an emulator in this process. It reads neither the environment nor a configuration file: tests pass all options.
 *
 * @param options the flags of the command line, in camel case; `port: 0` takes a free port
 * @throws Error with a message of one line. Its `code` (an `EmulatorErrorCode`) says what is wrong: an option, a fixture, a
 * profile, a key, a certificate, the data folder, the host, or a port (`PORT_IN_USE`). If another error caused it, that error
 * is its `cause`.
 */
export async function startEmulator(options: EmulatorOptions = {}): Promise<Wallet> {
  // Imported here, so that a program that only connects does not load the whole emulator.
  const [{ readOptions }, { openEmulator }] = await Promise.all([
    import('../emulator/config.js'),
    import('../emulator/emulator.js'),
  ]);
  const config = readOptions(options);
  const log = options.logLevel === undefined ? undefined : await (await import('../emulator/log.js')).createLog(config.logLevel);
  const emulator = await openEmulator(config, log);
  let closed: Promise<void> | undefined;
  const close = () => {
    closed ??= emulator.close();
    return closed;
  };
  return walletAt(emulator.url, { token: config.controlToken }, { tlsUrl: emulator.tlsUrl, close });
}
