import type { AcceptedDifference, DividedDifferences } from '../comparison/accepted-difference.js';
import { byOperation } from '../comparison/by-operation.js';
import type { Comparison } from '../comparison/compare.js';
import type { Difference } from '../comparison/difference.js';
import { differenceText } from '../comparison/difference-text.js';
import type { Unlearned } from '../learning/learn.js';
import type { Candidate } from '../learning/nearest-wallet.js';
import type { Profile } from '../profiles/profile.js';
import type { Exchange } from '../recordings/exchange.js';
import type { Text } from '../texts/text.js';
import { inEnglish } from '../texts/write-text.js';
import { count } from './count.js';

/** A comparison, and the files that were read and written for it. */
export interface CompareRun {
  recording: readonly Exchange[];
  profile: Profile;
  comparison: Comparison;
  divided: DividedDifferences;
  /** The nearest wallet first. Undefined: the wallet was named. */
  candidates: readonly Candidate[] | undefined;
  /** A sentence about the recording. */
  note: Text | undefined;
  /** The file of the accepted differences. */
  accept: string | undefined;
  /** The new file of accepted differences. */
  writtenAccepted: string | undefined;
  /** The profile that was learned. `stay`: the differences that it does not close, without the accepted ones. */
  learned?: { path: string; closed: readonly Difference[]; stay: readonly Unlearned[] };
}

/** The nearest wallets, if none is named. At most this many are told. */
const toldCandidates = 3;

/** A comparison, as `--json` prints it. @param recording the path of the recording */
export function comparisonJson(
  recording: string,
  { profile, comparison, divided, candidates, note, accept, writtenAccepted, learned }: CompareRun,
) {
  const { calls, ignored } = comparison;
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
    ...(note !== undefined && { note: inEnglish(note) }),
    differences: divided.others.map(jsonOfDifference),
    ...(accept !== undefined && {
      accepted: divided.accepted.map(({ difference, entry }) => ({ ...jsonOfDifference(difference), why: entry.why })),
      gone: divided.gone,
    }),
    ...(writtenAccepted !== undefined && { writtenAccepted }),
    ...(learned && {
      written: {
        path: learned.path,
        closed: learned.closed.length,
        unlearned: learned.stay.map(({ difference, reason }) => ({
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

/** The lines that a terminal shows. @param path of the recording */
export function comparisonLines(path: string, run: CompareRun): string[] {
  const { recording, profile, comparison, divided, candidates, note, writtenAccepted, learned } = run;
  const { calls, ignored } = comparison;
  const left = ignored === 0 ? '' : ` (${count(ignored, 'other call')} left out)`;
  return [
    ...(candidates === undefined ? [] : [nearestLine(candidates)]),
    `${path}: ${count(calls.length, 'call')} compared with ${profile.name}${left}: ${foundText(divided)}`,
    ...(note === undefined ? [] : [`note: ${inEnglish(note)}`]),
    ...groupLines(divided.others, (difference) => lineOf(difference, recording)),
    ...acceptedLines(run),
    ...(writtenAccepted === undefined ? [] : writtenAcceptedLines(writtenAccepted, divided)),
    ...(learned === undefined ? [] : learnedLines(learned, profile)),
  ];
}

function foundText({ others, accepted }: DividedDifferences): string {
  const noun = accepted.length === 0 ? 'difference' : 'other difference';
  const found = others.length === 0 ? `no ${noun}s` : count(others.length, noun);
  return accepted.length === 0 ? found : `${accepted.length} accepted, ${found}`;
}

/** The differences that are accepted, apart from the others, and the entries that nothing needs any more. */
function acceptedLines({ divided: { accepted, gone }, accept = '' }: CompareRun): string[] {
  const lines = accepted.flatMap(({ difference, entry }) => [
    `  ${[difference.operation, difference.code].filter(Boolean).join(' ')}: ${inEnglish(differenceText(difference))}`,
    `      why: ${entry.why}`,
  ]);
  return [
    ...(lines.length === 0 ? [] : ['', `accepted by ${accept}`, ...lines]),
    ...(gone.length === 0 ? [] : ['', `no longer in the recording; remove from ${accept}`, ...gone.map(goneLine)]),
  ];
}

function goneLine({ code, operation, place, platform, emulator }: AcceptedDifference): string {
  return `  ${[code, operation, place, platform, emulator].filter(Boolean).join(', ')}`;
}

function writtenAcceptedLines(path: string, { others, accepted }: DividedDifferences): string[] {
  const entries = count(others.length + accepted.length, 'difference');
  return ['', `wrote ${path}: it accepts ${entries}; write the reasons into it`, `next: compare with --accept ${path}`];
}

/** The reason why the nearest wallet is the nearest. */
function nearestLine(candidates: readonly Candidate[]): string {
  const told = candidates.slice(0, toldCandidates).map(({ profile, differences }, index) => {
    const much = count(differences.length, 'difference');
    return index === 0 ? `${profile.name} is the nearest wallet: ${much}` : `${profile.name} has ${much}`;
  });
  return `${told.join('; ')} (--wallet chooses another one)`;
}

function learnedLines({ path, closed, stay }: NonNullable<CompareRun['learned']>, { name }: Profile): string[] {
  const stays =
    stay.length === 0 ? 'no difference stays' : `${count(stay.length, 'difference')} ${stay.length === 1 ? 'stays' : 'stay'}`;
  const reasons = new Map(stay.map(({ difference, reason }) => [difference, inEnglish(reason)]));
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
