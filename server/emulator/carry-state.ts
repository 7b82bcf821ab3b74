import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { FileError, readTextFile } from '../files/read-file.js';
import { findSaveProblem, saveJson } from '../files/save-json.js';
import { readSnapshot } from '../tenants/read-snapshot.js';
import { restoreSnapshot, takeSnapshot } from '../tenants/snapshot.js';
import { defaultTenant } from '../tenants/tenant-name.js';
import type { Tenants } from '../tenants/tenants.js';
import { TextError } from '../texts/text-error.js';
import { inEnglish } from '../texts/write-text.js';
import type { Config } from './config.js';
import { EmulatorError, withErrorCode } from './emulator-error.js';

/**
 * Loads the state in the file of the option `import` into the default tenant. If the file does not exist yet and `exportOnExit` names it
 * too, this is the first run, and there is nothing to load.
 * @throws EmulatorError if the file has no snapshot, or one that does not fit the fixtures
 */
export async function importState(tenants: Tenants, { import: file, exportOnExit }: Config): Promise<void> {
  if (file === undefined) return;
  if (exportOnExit !== undefined && resolve(exportOnExit) === resolve(file) && !existsSync(file)) return;
  const load = () => restoreSnapshot(tenants, defaultTenant, readSnapshot(readContent(file)));
  await withErrorCode('SNAPSHOT_INVALID', load, { name: 'import', value: file });
}

/** @throws Error without the name of the file, which the option tells */
function readContent(file: string): string {
  try {
    return readTextFile(file);
  } catch (error) {
    throw error instanceof FileError ? new TextError(error.problem, { cause: error }) : error;
  }
}

/** Writes the state of the default tenant to a file. @throws Error in one line if the file cannot be written */
export function exportState(tenants: Tenants, file: string): void {
  saveJson(file, takeSnapshot(tenants.default));
}

/** @throws EmulatorError if the file of the option `exportOnExit` cannot be written now, because then it cannot be at the end */
export function checkExportFile({ exportOnExit: file }: Config): void {
  if (file === undefined) return;
  const problem = findSaveProblem(file);
  if (problem !== undefined)
    throw new EmulatorError('OPTION_INVALID', inEnglish(problem), { option: { name: 'exportOnExit', value: file } });
}
