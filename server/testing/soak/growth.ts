import type { Held } from './probe.js';

const mebibyte = 1024 * 1024;
/** Compiled code, and structures that grow with use to a limit, may take this much more than after the first round. */
const allowedHeapBytes = 6 * mebibyte;
/** A follower that does not read is disconnected before it holds more than 8 MiB. */
const allowedPeakBytes = 400 * mebibyte;

/** Node has timers of its own that come and go, such as one for the date in answers. A timer that is left by each life grows beyond this. */
const allowedTimers = 3;

/** The state after a part of the run, when all tenants were reset and nothing runs. */
export interface Round {
  number: number;
  of: number;
  held: readonly Held[];
}

/** The things that the last round holds, and the first does not. */
export function growthProblems(rounds: readonly Round[]): string[] {
  const [first, last] = [rounds[0], rounds.at(-1)];
  if (first === undefined || last === undefined) return ['no round has ended'];
  const warnings = rounds.flatMap(({ held }) => held.flatMap((each) => each.warnings));
  return [
    ...warnings.map((warning) => `the emulator warned: ${warning}`),
    ...first.held.flatMap((before, index) =>
      problemsOf(
        before,
        last.held[index],
        rounds.map(({ held }) => held[index]),
      ),
    ),
  ];
}

function problemsOf(before: Held, after: Held | undefined, all: readonly (Held | undefined)[]): string[] {
  if (after === undefined) return ['an emulator could not be measured'];
  const problems: string[] = [];
  const grown = after.heapBytes - before.heapBytes;
  if (grown > allowedHeapBytes) problems.push(`the heap grew by ${toMebibytes(grown)} MiB after all tenants were reset`);
  for (const kind of ['handles', 'objects'] as const)
    for (const [name, count] of Object.entries(after[kind])) {
      const had = before[kind][name] ?? 0;
      if (count > had + (name === 'Timeout' ? allowedTimers : 0))
        problems.push(`${name}: ${count} are left, and ${had} were after the first round`);
    }
  const peak = Math.max(...all.map((held) => held?.peakResidentBytes ?? 0)) - before.residentBytes;
  if (peak > allowedPeakBytes) problems.push(`it took ${toMebibytes(peak)} MiB more under load`);
  return problems;
}

export function toMebibytes(bytes: number): string {
  return (bytes / mebibyte).toFixed(1);
}
