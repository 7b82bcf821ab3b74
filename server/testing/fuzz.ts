import assert from 'node:assert/strict';
import type { TestContext } from 'node:test';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import fc from 'fast-check';

/** A call that takes longer counts as one that hangs, in milliseconds. */
const hangMs = 20_000;
/** Memory is compared with that after so many calls, when the code is compiled and caches are filled. */
const warmCalls = 1000;
/** Caches may still take this much more, in bytes. */
const allowedGrowth = 16 * 1024 * 1024;

export interface Fuzz<Input> {
  arbitrary: fc.Arbitrary<Input>;
  /** The number of inputs that the unit tests try. */
  runs: number;
  /** Sends the input, and throws if the answer is wrong. */
  call(input: Input): unknown;
  /** Removes what the calls have stored. */
  tidy?(): Promise<unknown>;
}

/**
 * Tries random input: no call may fail or hang, and the calls may not take memory that stays. It prints figures.
 * `npm run fuzz` sets FUZZ_RUNS and FUZZ_SECONDS for a long run; FUZZ_SEED repeats one.
 */
export async function fuzz<Input>(context: TestContext, { arbitrary, runs, call, tidy = async () => {} }: Fuzz<Input>) {
  const { FUZZ_RUNS = String(runs), FUZZ_SECONDS = '40', FUZZ_SEED } = process.env;
  let calls = 0;
  let longestMs = 0;
  let warmBytes = 0;
  const startedAt = performance.now();
  const measured = async (input: Input) => {
    const calledAt = performance.now();
    await ended(call(input));
    longestMs = Math.max(longestMs, performance.now() - calledAt);
    if (++calls === warmCalls) warmBytes = await heldBytes(tidy);
  };
  await fc.assert(fc.asyncProperty(arbitrary, measured), {
    numRuns: Number(FUZZ_RUNS),
    interruptAfterTimeLimit: Number(FUZZ_SECONDS) * 1000,
    includeErrorInReport: true,
    ...(FUZZ_SEED !== undefined && { seed: Number(FUZZ_SEED) }),
  });
  const seconds = (performance.now() - startedAt) / 1000;
  const figures = `${calls} calls, ${(calls / seconds).toFixed(0)}/s, the longest took ${longestMs.toFixed(0)} ms`;
  if (calls <= warmCalls) return context.diagnostic(figures);
  const bytes = await heldBytes(tidy);
  context.diagnostic(
    `${figures}; the heap had ${megabytes(warmBytes)} MB after ${warmCalls} calls, and ${megabytes(bytes)} MB at the end`,
  );
  assert.ok(bytes - warmBytes < allowedGrowth, 'memory stays behind');
}

/** @throws Error if it takes too long */
async function ended(answer: unknown): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const hang = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`no answer in ${hangMs} ms`)), hangMs);
  });
  await Promise.race([answer, hang]).finally(() => clearTimeout(timer));
}

async function heldBytes(tidy: () => Promise<unknown>): Promise<number> {
  await tidy();
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void;
  for (let pass = 0; pass < 3; pass++) {
    collect();
    await nextTurn();
  }
  return process.memoryUsage().heapUsed;
}

function megabytes(bytes: number): string {
  return (bytes / 1e6).toFixed(1);
}
