/** Turns any name into one that a profile's file may have: `My Wallet` → `my-wallet`. */
export function suggestFileName(name: string): string {
  const lower = name.toLowerCase().replaceAll(/[^a-z0-9]+/g, '-');
  return lower.replaceAll(/^-|-$/g, '') || 'my-wallet';
}

/** Finds the name that was probably meant. @returns undefined if no name is close enough */
export function closestName(name: string, names: readonly string[]): string | undefined {
  const [closest] = names
    .map((candidate) => ({ candidate, edits: editDistance(name.toLowerCase(), candidate) }))
    .sort((one, other) => one.edits - other.edits);
  return closest !== undefined && closest.edits <= Math.max(1, Math.floor(closest.candidate.length / 3))
    ? closest.candidate
    : undefined;
}

/** The number of letters to insert, delete or replace (Levenshtein distance). */
function editDistance(from: string, to: string): number {
  let row = Array.from({ length: to.length + 1 }, (_, index) => index);
  for (const [index, letter] of [...from].entries()) {
    const next = [index + 1];
    for (const [at, other] of [...to].entries()) {
      const replaced = (row[at] as number) + (letter === other ? 0 : 1);
      next.push(Math.min(replaced, (row[at + 1] as number) + 1, (next[at] as number) + 1));
    }
    row = next;
  }
  return row[to.length] as number;
}
