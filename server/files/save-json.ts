import { renameSync, rmSync, statSync, writeFileSync } from 'node:fs';

/**
 * Writes a value to a file as JSON. A file that exists is replaced in one step, so a kill leaves the old or the new content. Only its
 * owner can read a new file, because it can have tokens.
 * @throws Error in one line if the file cannot be written
 */
export function saveJson(file: string, value: unknown): void {
  const text = `${JSON.stringify(value, null, 2)}\n`;
  try {
    // A pipe or a device, such as /dev/stdout, cannot be replaced.
    if (statSync(file, { throwIfNoEntry: false })?.isFile() === false) writeFileSync(file, text);
    else replaceFile(file, text);
  } catch (error) {
    throw new Error(`${file}: the file cannot be written: ${(error as Error).message}`);
  }
}

function replaceFile(file: string, text: string): void {
  const temporary = `${file}.${process.pid}.tmp`;
  try {
    writeFileSync(temporary, text, { mode: 0o600, flush: true });
    renameSync(temporary, file);
  } catch (error) {
    rmSync(temporary, { force: true });
    throw error;
  }
}
