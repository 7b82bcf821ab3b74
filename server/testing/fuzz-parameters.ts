/**
 * The length of a test with random input. `npm run fuzz` sets the variables for a long run; FUZZ_SEED repeats one.
 * @param runs how many inputs the unit tests try
 */
export function fuzzParameters(runs: number) {
  const { FUZZ_RUNS = String(runs), FUZZ_SECONDS = '40', FUZZ_SEED } = process.env;
  return {
    numRuns: Number(FUZZ_RUNS),
    interruptAfterTimeLimit: Number(FUZZ_SECONDS) * 1000,
    includeErrorInReport: true,
    ...(FUZZ_SEED !== undefined && { seed: Number(FUZZ_SEED) }),
  };
}
