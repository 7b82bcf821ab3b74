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

/**
 * The names that are most like a name, by their pairs of letters: `USED_AUTHCODE` is like `auth-code-used`.
 * @param limit at most this many
 */
export function similarNames(name: string, names: readonly string[], limit: number): string[] {
  const scored = names.map((candidate) => ({ candidate, score: similarity(name, candidate) }));
  scored.sort((one, other) => other.score - one.score);
  const enough = (scored[0]?.score ?? 0) * 0.8;
  return scored
    .filter(({ score }) => score >= enough)
    .slice(0, limit)
    .map(({ candidate }) => candidate);
}

/** The share of pairs of letters that both names have (Sørensen–Dice), from 0 to 1. */
export function similarity(one: string, other: string): number {
  const [pairs, others] = [letterPairs(one), letterPairs(other)];
  const shared = [...pairs].filter((pair) => others.has(pair)).length;
  return pairs.size + others.size === 0 ? 0 : (2 * shared) / (pairs.size + others.size);
}

function letterPairs(name: string): Set<string> {
  const letters = name.toLowerCase().replaceAll(/[^a-z0-9]/g, '');
  return new Set(Array.from({ length: Math.max(0, letters.length - 1) }, (_, index) => letters.slice(index, index + 2)));
}

/** The number of letters to insert, delete, replace, or swap with the next one (optimal string alignment). */
function editDistance(from: string, to: string): number {
  let before: number[] = [];
  let row = Array.from({ length: to.length + 1 }, (_, index) => index);
  for (const [index, letter] of [...from].entries()) {
    const next = [index + 1];
    for (const [at, other] of [...to].entries()) {
      const replaced = (row[at] as number) + (letter === other ? 0 : 1);
      const isSwap = at > 0 && letter === to[at - 1] && other === from[index - 1];
      const swapped = isSwap ? (before[at - 1] as number) + 1 : Infinity;
      next.push(Math.min(replaced, swapped, (row[at + 1] as number) + 1, (next[at] as number) + 1));
    }
    [before, row] = [row, next];
  }
  return row[to.length] as number;
}
