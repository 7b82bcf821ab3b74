import type { KeyObject } from 'node:crypto';
import { byOperation } from '../comparison/by-operation.js';
import type { Comparison } from '../comparison/compare.js';
import type { Difference } from '../comparison/difference.js';
import { differenceText } from '../comparison/difference-text.js';
import { compareRecording } from '../emulator/compare-recording.js';
import type { Config } from '../emulator/config.js';
import { readPlatformKey } from '../emulator/emulator.js';
import { loadFiles } from '../emulator/load-files.js';
import { FileError, readTextFile } from '../files/read-file.js';
import type { Profile } from '../profiles/profile.js';
import type { Exchange } from '../recordings/exchange.js';
import { readRecording } from '../recordings/read-recording.js';
import { readPublicKey } from '../signing/keys.js';
import { TextError } from '../texts/text-error.js';
import { inEnglish } from '../texts/write-text.js';
import { count } from './count.js';
import { ExitError } from './exit-error.js';
import { printJson } from './print-json.js';

export interface CompareFlags {
  /** The file of the platform's public key. */
  platformPublicKey?: string;
  /** The file of the client's public key. */
  clientPublicKey?: string;
  /** The scopes that the user agreed to, with commas between them. */
  scopes?: string;
  json?: boolean;
}

/** The exit status if the comparison is not possible. 1 says that there are differences. */
const impossible = 2;

/**
 * Compares a recording of a platform with a wallet's profile, and prints what differs. The exit status is 1 if something does.
 * @param path a HAR file, a file of raw HTTP (.http), or a folder of such files
 * @throws ExitError with the status 2 if the recording, the profile or a key is invalid, or no call looks like one to a wallet
 */
export async function compare(path: string, flags: CompareFlags, config: Config): Promise<void> {
  const { recording, profile, comparison } = await readAndCompare(path, flags, config).catch((error: Error) => {
    throw new ExitError(error, impossible);
  });
  if (flags.json) printJson(jsonOf(path, profile, comparison));
  else process.stdout.write(`${linesOf(path, profile, recording, comparison).join('\n')}\n`);
  if (comparison.differences.length > 0) process.exitCode = 1;
}

async function readAndCompare(path: string, { platformPublicKey, clientPublicKey, scopes }: CompareFlags, config: Config) {
  const { fixtures, profiles, wallet } = await loadFiles(config, () => 'http://127.0.0.1:4010');
  const profile = profiles.get(wallet);
  const recording = readRecording(path);
  const comparison = await compareRecording(recording, {
    profile,
    fixtures,
    privateKey: await readPlatformKey(config),
    platformKey: keyIn(platformPublicKey),
    clientKey: keyIn(clientPublicKey),
    scopes: scopes?.split(',').map((scope) => scope.trim()),
  }).catch((error: unknown) => {
    throw error instanceof TextError ? new FileError(path, error.message, error) : error;
  });
  return { recording, profile, comparison };
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

function jsonOf(recording: string, { name }: Profile, { differences, calls, ignored }: Comparison) {
  return {
    recording,
    wallet: name,
    calls: calls.length,
    ignored,
    differences: differences.map((difference) => ({
      ...difference,
      reason: undefined,
      sentence: inEnglish(differenceText(difference)),
    })),
  };
}

function linesOf(path: string, { name }: Profile, recording: readonly Exchange[], comparison: Comparison): string[] {
  const { differences, calls, ignored } = comparison;
  const left = ignored === 0 ? '' : ` (${count(ignored, 'other call')} left out)`;
  const found = differences.length === 0 ? 'no differences' : count(differences.length, 'difference');
  return [
    `${path}: ${count(calls.length, 'call')} compared with ${name}${left}: ${found}`,
    ...byOperation(differences).flatMap(({ operation, differences: own }) => [
      '',
      operation ?? 'all operations',
      ...own.flatMap((difference) => lineOf(difference, recording)),
    ]),
  ];
}

function lineOf(difference: Difference, recording: readonly Exchange[]): string[] {
  const [first = 0] = difference.exchanges;
  const request = recording[first]?.request;
  const example = request === undefined ? '' : ` ${request.method} ${new URL(request.url).pathname}`;
  const others = difference.exchanges.length - 1;
  const more = others === 0 ? '' : `, and in ${count(others, 'other call')}`;
  return [`  ${difference.code}: ${inEnglish(differenceText(difference))}`, `      in call ${first + 1}:${example}${more}`];
}
