import type { Config } from '../emulator/config.js';
import { openEmulator } from '../emulator/emulator.js';
import { connect } from '../sdk/client/connect.js';
import type { Wallet } from '../sdk/client/wallet.js';
import { remoteWallet } from './remote-wallet.js';

/**
 * Gives a command the wallet that it works with.
 * @param url a running emulator; absent: one is started, and stopped at the end
 * @returns the result of `use`
 */
export async function withWallet<Result>(
  url: string | undefined,
  config: Config,
  use: (wallet: Wallet) => Promise<Result>,
): Promise<Result> {
  if (url !== undefined) return use(remoteWallet(url, config));
  // Its state after the command is nothing to keep.
  const { exportOnExit: _, ...withoutExport } = config;
  const own = await openEmulator(withoutExport);
  try {
    return await use(connect(own.url, { token: config.controlToken }));
  } finally {
    await own.close();
  }
}
