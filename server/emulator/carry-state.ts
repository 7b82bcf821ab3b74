import { existsSync, statSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { FileError, readTextFile } from '../files/read-file.js';
import { saveJson } from '../files/save-json.js';
import { readSnapshot } from '../tenants/read-snapshot.js';
import { restoreSnapshot, takeSnapshot } from '../tenants/snapshot.js';
import { defaultTenant, type Tenants } from '../tenants/tenants.js';
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
    throw error instanceof FileError ? new Error(error.problem, { cause: error }) : error;
  }
}

/** Writes the state of the default tenant to a file. @throws Error in one line if the file cannot be written */
export function exportState(tenants: Tenants, file: string): void {
  saveJson(file, takeSnapshot(tenants.default));
}

/** @throws EmulatorError if the file of the option `exportOnExit` cannot be written at the end, because its folder does not exist */
export function checkExportFile({ exportOnExit: file }: Config): void {
  if (file === undefined) return;
  const problem = problemOf(file);
  if (problem !== undefined)
    throw new EmulatorError('OPTION_INVALID', problem, { option: { name: 'exportOnExit', value: file } });
}

function problemOf(file: string): string | undefined {
  if (statSync(file, { throwIfNoEntry: false })?.isDirectory()) return 'expected a file, but this is a folder';
  const isInFolder = statSync(dirname(file), { throwIfNoEntry: false })?.isDirectory();
  return isInFolder ? undefined : `expected a file in a folder that exists; create ${dirname(file)}`;
}
