/** A JSON object has at most this many keys if all its orders are tried: 720 for six keys. */
const maxPermutedKeys = 6;

/** Returns the object with its own keys in other orders: in all of them if it has few keys, else reversed. */
export function* inOtherOrders(value: Record<string, unknown>): Generator<Record<string, unknown>> {
  const keys = Object.keys(value);
  const orders = keys.length > maxPermutedKeys ? [keys.toReversed()] : permutations(keys);
  for (const order of orders) {
    if (order.some((key, index) => key !== keys[index])) yield Object.fromEntries(order.map((key) => [key, value[key]]));
  }
}

function* permutations(keys: readonly string[]): Generator<string[]> {
  if (keys.length === 0) yield [];
  for (const [index, first] of keys.entries()) {
    for (const rest of permutations(keys.toSpliced(index, 1))) yield [first, ...rest];
  }
}
