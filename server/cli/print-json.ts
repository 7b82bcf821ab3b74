import { oneLine } from '../texts/one-line.js';

/** Prints a value on standard output, as JSON that other programs read. Strings have their control characters escaped. */
export function printJson(value: unknown): void {
  const lines = JSON.stringify(value, null, 2).split('\n');
  process.stdout.write(`${lines.map(oneLine).join('\n')}\n`);
}
