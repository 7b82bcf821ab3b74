import { writeFileSync } from 'node:fs';

/**
 * Writes a value to a file as JSON. A file that exists is replaced. Only its owner can read a new file, because it can have tokens.
 * @throws Error in one line if the file cannot be written
 */
export function saveJson(file: string, value: unknown): void {
  try {
    writeFileSync(file, `${JSON.stringify(value, null, 2)}\n`, { mode: 0o600 });
  } catch (error) {
    throw new Error(`${file}: the file cannot be written: ${(error as Error).message}`);
  }
}
