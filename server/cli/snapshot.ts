import { FileError, readJsonFile } from '../files/read-file.js';
import { saveJson } from '../files/save-json.js';
import { WalletError } from '../sdk/client/call.js';
import type { Snapshot } from '../sdk/client/wallet.js';
import { text } from '../texts/text.js';
import { inEnglish } from '../texts/write-text.js';
import { chooseRemoteWallet, type RemoteFlags } from './remote-wallet.js';

/** Saves the state of a running emulator to a file. */
export async function saveSnapshot(file: string, flags: RemoteFlags): Promise<void> {
  const { wallet } = chooseRemoteWallet(flags, process.env);
  saveJson(file, await wallet.snapshot.take());
  process.stdout.write(`saved the state of ${wallet.url} to ${file}: it has whole tokens, and not the journal\n`);
}

/** To load a large state takes longer than other calls, in milliseconds of the machine's clock. */
const loadWithinMs = 60_000;

/** Replaces the state of a running emulator with the one in a file. @throws Error that names the file if it has no snapshot */
export async function loadSnapshot(file: string, flags: RemoteFlags): Promise<void> {
  const { wallet } = chooseRemoteWallet(flags, process.env, { answerWithinMs: loadWithinMs });
  const snapshot = readJsonFile(file) as Snapshot;
  if (typeof snapshot === 'object' && snapshot !== null && 'report' in snapshot)
    throw new FileError(file, inEnglish(text('snapshot-is-report')));
  await wallet.snapshot.restore(snapshot).catch((error: Error) => {
    throw error instanceof WalletError && error.status === 400 ? new Error(`${file}: ${error.message}`) : error;
  });
  process.stdout.write(`loaded the state in ${file} into ${wallet.url}\n`);
}
