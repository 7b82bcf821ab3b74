import type { Difference } from './difference.js';

/** The differences of one operation. */
export interface OperationDifferences {
  /** Undefined: differences of the wallet as a whole. */
  operation: string | undefined;
  differences: Difference[];
}

/** Groups differences by operation: first those of the wallet as a whole, then each operation in the order of its first call. */
export function byOperation(differences: readonly Difference[]): OperationDifferences[] {
  const groups = new Map<string | undefined, Difference[]>([[undefined, []]]);
  const inOrder = [...differences].sort((one, other) => (one.exchanges[0] ?? 0) - (other.exchanges[0] ?? 0));
  for (const difference of inOrder) {
    const group = groups.get(difference.operation);
    if (group === undefined) groups.set(difference.operation, [difference]);
    else group.push(difference);
  }
  return [...groups].filter(([, of]) => of.length > 0).map(([operation, of]) => ({ operation, differences: of }));
}
