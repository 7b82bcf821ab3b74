import type { KeyObject } from 'node:crypto';
import { byOperation } from '../comparison/by-operation.js';
import type { Comparison } from '../comparison/compare.js';
import type { Difference } from '../comparison/difference.js';
import { differenceText } from '../comparison/difference-text.js';
import { compareRecording } from '../emulator/compare-recording.js';
import type { Config } from '../emulator/config.js';
import { readPlatformKey } from '../emulator/emulator.js';
import { findNearestWallets, learnRecording } from '../emulator/learn-recording.js';
import { loadFiles } from '../emulator/load-files.js';
import { FileError, readTextFile } from '../files/read-file.js';
import type { LearnedProfile } from '../learning/learn-profile.js';
import type { Candidate } from '../learning/nearest-wallet.js';
import type { Profile } from '../profiles/profile.js';
import { isPath } from '../profiles/profiles.js';
import type { Exchange } from '../recordings/exchange.js';
import { readRecording } from '../recordings/read-recording.js';
import { readPublicKey } from '../signing/keys.js';
import { TextError } from '../texts/text-error.js';
import { inEnglish } from '../texts/write-text.js';
import { count } from './count.js';
import { ExitError } from './exit-error.js';
import { printJson } from './print-json.js';
import { checkTarget, writeLearned } from './write-learned.js';

export interface CompareFlags {
  /** The file of the platform's public key. */
  platformPublicKey?: string;
  /** The file of the client's public key. */
  clientPublicKey?: string;
  /** The scopes that the user agreed to, with commas between them. */
  scopes?: string;
  /** The file of a profile that is learned. */
  write?: string;
  json?: boolean;
}

/** The nearest wallets, if none is named. At most this many are told. */
const toldCandidates = 3;

/** The exit status if the comparison is not possible. 1 says that there are differences. */
const impossible = 2;

/**
 * Compares a recording of a platform with a wallet's profile, and prints what differs. The exit status is 1 if something does.
 * @param path a HAR file, a file of raw HTTP (.http), or a folder of such files
 * @param isWalletNamed false: the nearest wallet is chosen
 * @throws ExitError with the status 2 if the recording, the profile or a key is invalid, no call looks like one to a wallet, or the
 * learned profile cannot be written
 */
export async function compare(path: string, flags: CompareFlags, config: Config, isWalletNamed: boolean): Promise<void> {
  const run = await readAndCompare(path, flags, config, isWalletNamed).catch((error: Error) => {
    throw new ExitError(error, impossible);
  });
  if (flags.json) printJson(jsonOf(path, run));
  else process.stdout.write(`${linesOf(path, run).join('\n')}\n`);
  const { learned, comparison } = run;
  if ((learned === undefined ? comparison.differences : learned.profile.unlearned).length > 0) process.exitCode = 1;
}

/** A comparison, and the profile that was learned from it. */
interface CompareRun {
  recording: readonly Exchange[];
  profile: Profile;
  comparison: Comparison;
  /** The nearest wallet first. Absent: the wallet was named. */
  candidates?: readonly Candidate[];
  learned?: { path: string; profile: LearnedProfile };
}

async function readAndCompare(
  path: string,
  { platformPublicKey, clientPublicKey, scopes, write }: CompareFlags,
  config: Config,
  isWalletNamed: boolean,
): Promise<CompareRun> {
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
    const named = isWalletNamed && isPath(config.wallet) ? config.wallet : profile.name;
    const from = { path, recording, parent: profile.source, wallet: named };
    if (write !== undefined) checkTarget(write, from);
    const comparison = await compareRecording(recording, { ...options, profile });
    const run = { recording, profile, comparison, ...(candidates && { candidates }) };
    if (write === undefined) return run;
    const learned = await learnRecording(recording, profile, profiles, options);
    writeLearned(write, learned, from);
    return { ...run, learned: { path: write, profile: learned } };
  } catch (error) {
    throw error instanceof TextError && !(error instanceof FileError) ? new FileError(path, error.message, error) : error;
  }
}

/** @throws Error if the wallet has no such scope: no call would fit it */
function checkScopes(scopes: readonly string[], { name, scopes: known }: Profile): void {
  const unknown = scopes.find((scope) => known.get(scope) === undefined);
  if (unknown === undefined) return;
  throw new Error(`--scopes ${unknown}: ${name} has no such scope; expected some of ${known.names().join(',')}`);
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

function jsonOf(recording: string, { profile, comparison, candidates, learned }: CompareRun) {
  const { differences, calls, ignored } = comparison;
  return {
    recording,
    wallet: profile.name,
    ...(candidates && {
      nearest: candidates.map((candidate) => ({
        wallet: candidate.profile.name,
        differences: candidate.differences.length,
        distance: candidate.distance,
      })),
    }),
    calls: calls.length,
    ignored,
    differences: differences.map(jsonOfDifference),
    ...(learned && {
      written: {
        path: learned.path,
        closed: learned.profile.closed.length,
        unlearned: learned.profile.unlearned.map(({ difference, reason }) => ({
          ...jsonOfDifference(difference),
          reason: inEnglish(reason),
        })),
      },
    }),
  };
}

function jsonOfDifference(difference: Difference) {
  return { ...difference, reason: undefined, sentence: inEnglish(differenceText(difference)) };
}

function linesOf(path: string, run: CompareRun): string[] {
  const { recording, profile, comparison, candidates, learned } = run;
  const { differences, calls, ignored } = comparison;
  const left = ignored === 0 ? '' : ` (${count(ignored, 'other call')} left out)`;
  const found = differences.length === 0 ? 'no differences' : count(differences.length, 'difference');
  return [
    ...(candidates === undefined ? [] : [nearestLine(candidates)]),
    `${path}: ${count(calls.length, 'call')} compared with ${profile.name}${left}: ${found}`,
    ...groupLines(differences, (difference) => lineOf(difference, recording)),
    ...(learned === undefined ? [] : learnedLines(learned, profile)),
  ];
}

/** The reason why the nearest wallet is the nearest. */
function nearestLine(candidates: readonly Candidate[]): string {
  const told = candidates.slice(0, toldCandidates).map(({ profile, differences }, index) => {
    const much = count(differences.length, 'difference');
    return index === 0 ? `${profile.name} is the nearest wallet: ${much}` : `${profile.name} has ${much}`;
  });
  return `${told.join('; ')} (--wallet chooses another one)`;
}

function learnedLines({ path, profile: { closed, unlearned } }: NonNullable<CompareRun['learned']>, { name }: Profile): string[] {
  const stays =
    unlearned.length === 0
      ? 'no difference stays'
      : `${count(unlearned.length, 'difference')} ${unlearned.length === 1 ? 'stays' : 'stay'}`;
  const reasons = new Map(unlearned.map(({ difference, reason }) => [difference, inEnglish(reason)]));
  return [
    '',
    `wrote ${path}: it extends ${name} and closes ${count(closed.length, 'difference')}; ${stays}`,
    `next: billetera start --wallet ${path}`,
    ...groupLines([...reasons.keys()], (difference) => [
      `  ${difference.code}: ${inEnglish(differenceText(difference))}`,
      `      it stays: ${reasons.get(difference)}`,
    ]),
  ];
}

function groupLines(differences: readonly Difference[], linesOfOne: (difference: Difference) => string[]): string[] {
  return byOperation(differences).flatMap(({ operation, differences: own }) => [
    '',
    operation ?? 'all operations',
    ...own.flatMap(linesOfOne),
  ]);
}

function lineOf(difference: Difference, recording: readonly Exchange[]): string[] {
  const [first = 0] = difference.exchanges;
  const request = recording[first]?.request;
  const example = request === undefined ? '' : ` ${request.method} ${new URL(request.url).pathname}`;
  const others = difference.exchanges.length - 1;
  const more = others === 0 ? '' : `, and in ${count(others, 'other call')}`;
  return [`  ${difference.code}: ${inEnglish(differenceText(difference))}`, `      in call ${first + 1}:${example}${more}`];
}
