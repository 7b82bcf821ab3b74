import { oneLine } from '../texts/one-line.js';

/** Prints lines on standard output. Their control characters are escaped, so that no text of a call or a file commands the terminal. */
export function printLines(lines: readonly string[]): void {
  process.stdout.write(`${lines.map(oneLine).join('\n')}\n`);
}
