import type { KeyObject } from 'node:crypto';
import { resolve } from 'node:path';
import { divideDifferences, findEntry } from '../comparison/accepted-difference.js';
import { maskedNote } from '../comparison/masked-note.js';
import { compareRecording } from '../emulator/compare-recording.js';
import { namesWallet, readConfig } from '../emulator/config.js';
import { readPlatformKey } from '../emulator/emulator.js';
import { findNearestWallets, learnRecording } from '../emulator/learn-recording.js';
import { loadFiles } from '../emulator/load-files.js';
import { FilesInvalidError } from '../files/problem-list.js';
import { FileError, readTextFile } from '../files/read-file.js';
import type { Profile } from '../profiles/profile.js';
import { isPath } from '../profiles/profile-folders.js';
import { readRecording } from '../recordings/read-recording.js';
import { readPublicKey } from '../signing/keys.js';
import { TextError } from '../texts/text-error.js';
import { readAcceptedFile, writeAcceptedFile } from './accepted-file.js';
import { type CompareRun, comparisonJson, comparisonLines } from './comparison-output.js';
import { ExitError } from './exit-error.js';
import { printJson } from './print-json.js';
import { printLines } from './print-lines.js';
import { checkTarget, writeLearned } from './write-learned.js';
import { checkNew } from './write-new-file.js';

export interface CompareFlags {
  /** The file of the platform's public key. */
  platformPublicKey?: string;
  /** The file of the client's public key. */
  clientPublicKey?: string;
  /** The scopes that the user agreed to, with commas between them. */
  scopes?: string;
  /** The file of the differences that are accepted. */
  accept?: string;
  /** A new file that accepts the differences. */
  writeAccepted?: string;
  /** The file of a profile that is learned. */
  write?: string;
  json?: boolean;
}

/** The exit status of compare if the comparison is not possible. 1 says that there are differences. */
export const impossible = 2;

/**
 * Compares a recording of a platform with a wallet's profile, and prints what differs. The exit status is 1 if something does that is
 * not accepted.
 * @param path a HAR file, a file of raw HTTP (.http), or a folder of such files
 * @param flags of the configuration, by option name. Without a wallet, the nearest one is chosen
 * @throws ExitError with the status 2 if the recording, the profile, a key or the accepted differences are invalid, no call looks like
 * one to a wallet, or a file cannot be written
 */
export async function compare(
  path: string,
  own: CompareFlags,
  flags: Record<string, unknown>,
  env: NodeJS.ProcessEnv,
): Promise<void> {
  const run = await readAndCompare(path, own, flags, env).catch((error: Error) => {
    throw new ExitError(error, impossible);
  });
  if (own.json) printJson(comparisonJson(path, run));
  else printLines(comparisonLines(path, run));
  const stay = run.learned?.stay ?? run.divided.others;
  if (stay.length > 0 && run.writtenAccepted === undefined) process.exitCode = 1;
}

async function readAndCompare(
  path: string,
  { platformPublicKey, clientPublicKey, scopes, accept, writeAccepted, write }: CompareFlags,
  flags: Record<string, unknown>,
  env: NodeJS.ProcessEnv,
): Promise<CompareRun> {
  if (write !== undefined && writeAccepted !== undefined && resolve(write) === resolve(writeAccepted))
    throw new Error(`--write and --write-accepted: expected two different files, got ${write} for both`);
  const config = readConfig(flags, env);
  const isWalletNamed = namesWallet(flags, env);
  const { fixtures, profiles, wallet } = await loadFiles(config, () => 'http://127.0.0.1:4010');
  const recording = readRecording(path);
  const options = {
    fixtures,
    privateKey: await readPlatformKey(config),
    platformKey: keyIn(platformPublicKey),
    clientKey: keyIn(clientPublicKey),
    scopes: scopes?.split(',').map((scope) => scope.trim()),
  };
  try {
    const known = [wallet, ...profiles.names().filter((name) => name !== wallet)].map((name) => profiles.get(name));
    const candidates = isWalletNamed ? undefined : await findNearestWallets(recording, known, options);
    const profile = candidates?.[0]?.profile ?? profiles.get(wallet);
    checkScopes(options.scopes ?? [], profile);
    const entries = accept === undefined ? [] : readAcceptedFile(accept, profile);
    const named = isWalletNamed && isPath(config.wallet) ? config.wallet : profile.name;
    const from = { path, recording, parent: profile.source, wallet: named };
    if (write !== undefined) checkTarget(write, from, profiles.names());
    if (writeAccepted !== undefined) checkNew(writeAccepted);
    const comparison = await compareRecording(recording, { ...options, profile });
    const divided = divideDifferences(comparison, entries);
    const note = maskedNote(recording, options.platformKey !== undefined || options.clientKey !== undefined);
    const run: CompareRun = { recording, profile, comparison, divided, candidates, note, accept, writtenAccepted: writeAccepted };
    if (writeAccepted !== undefined) writeAcceptedFile(writeAccepted, divided);
    if (write === undefined) return run;
    const learned = await learnRecording(recording, profile, profiles, options);
    writeLearned(write, learned, from);
    const stay = learned.unlearned.filter(({ difference }) => findEntry(difference, entries) === undefined);
    return { ...run, learned: { path: write, closed: learned.closed, stay } };
  } catch (error) {
    const isAboutRecording = error instanceof TextError && !(error instanceof FileError || error instanceof FilesInvalidError);
    throw isAboutRecording ? new FileError(path, error.text, error) : error;
  }
}

/** @throws Error if the wallet has no such scope: no call would fit it */
function checkScopes(scopes: readonly string[], { name, scopes: known }: Profile): void {
  const unknown = scopes.find((scope) => known.get(scope) === undefined);
  if (unknown === undefined) return;
  throw new Error(`--scopes ${unknown}: ${name} has no such scope; expected one of ${known.names().join(',')}`);
}

function keyIn(file: string | undefined): KeyObject | undefined {
  if (file === undefined) return undefined;
  const written = readTextFile(file);
  try {
    return readPublicKey(written);
  } catch (error) {
    throw new FileError(file, (error as Error).message, error);
  }
}
