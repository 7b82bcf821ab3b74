import type { Config } from '../emulator/config.js';
import { openEmulator } from '../emulator/emulator.js';
import { connect } from '../sdk/client/connect.js';
import type { Wallet } from '../sdk/client/wallet.js';
import { remoteWallet } from './remote-wallet.js';
import type { RunningAddress } from './running-address.js';

/**
 * Gives a command the wallet that it works with.
 * @param address a running emulator; absent: one is started, and stopped at the end
 * @returns the result of `use`
 */
export async function withWallet<Result>(
  address: RunningAddress | undefined,
  config: Config,
  use: (wallet: Wallet) => Promise<Result>,
): Promise<Result> {
  if (address !== undefined) return use(remoteWallet(address, config).wallet);
  // Its state after the command is nothing to keep.
  const { exportOnExit: _, ...withoutExport } = config;
  const own = await openEmulator(withoutExport);
  try {
    return await use(connect(own.url, { token: config.controlToken }));
  } finally {
    await own.close();
  }
}
