import { printLines } from './print-lines.js';

/** Prints a value on standard output, as JSON that other programs read. Strings have their control characters escaped. */
export function printJson(value: unknown): void {
  printLines(JSON.stringify(value, null, 2).split('\n'));
}
