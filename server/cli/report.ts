import { saveJson } from '../files/save-json.js';
import { noteNoCalls } from './note-no-calls.js';
import { chooseRemoteWallet, type RemoteFlags } from './remote-wallet.js';

/** Saves a report of a running emulator to a file, for a developer. */
export async function saveReport(file: string, flags: RemoteFlags): Promise<void> {
  const { wallet } = chooseRemoteWallet(flags, process.env);
  const report = await wallet.report();
  saveJson(file, report);
  process.stdout.write(`saved a report of ${wallet.url} to ${file}: tokens and the data of users are hidden\n`);
  noteNoCalls(report.entries as unknown[], wallet.url);
}
