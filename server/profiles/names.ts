/** A name as a profile's file may have it. */
export function fileNameFor(name: string): string {
  const lower = name.toLowerCase().replaceAll(/[^a-z0-9]+/g, '-');
  return lower.replaceAll(/^-+|-+$/g, '') || 'my-wallet';
}

/** The name that was probably meant; undefined where none comes near. */
export function nearest(name: string, names: readonly string[]): string | undefined {
  const [closest] = names
    .map((candidate) => ({ candidate, steps: distance(name.toLowerCase(), candidate) }))
    .sort((one, other) => one.steps - other.steps);
  return closest !== undefined && closest.steps <= Math.max(1, Math.floor(closest.candidate.length / 3))
    ? closest.candidate
    : undefined;
}

/** How many letters must be put in, taken out or changed (Levenshtein). */
function distance(from: string, to: string): number {
  let row = Array.from({ length: to.length + 1 }, (_, index) => index);
  for (const [index, letter] of [...from].entries()) {
    const next = [index + 1];
    for (const [at, other] of [...to].entries()) {
      const change = (row[at] as number) + (letter === other ? 0 : 1);
      next.push(Math.min(change, (row[at + 1] as number) + 1, (next[at] as number) + 1));
    }
    row = next;
  }
  return row[to.length] as number;
}
