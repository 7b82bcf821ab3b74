import { saveJson } from '../files/save-json.js';
import { chooseRemoteWallet, type RemoteFlags } from './remote-wallet.js';

/** Saves a report of a running emulator to a file, for a developer. */
export async function saveReport(file: string, flags: RemoteFlags): Promise<void> {
  const { wallet } = chooseRemoteWallet(flags, process.env);
  saveJson(file, await wallet.report());
  process.stdout.write(`saved a report of ${wallet.url} to ${file}: tokens and the data of users are hidden\n`);
}
