import type { Logger } from 'pino';
import type { Emulator } from '../emulator/emulator.js';

/** The files must stay unchanged for this long before a reload, in milliseconds of the machine's clock. Editors save in several steps. */
const settleMs = 100;

/**
 * Reloads the fixtures when a file in the folder changes. If a file is invalid, it logs the problem and keeps the loaded fixtures.
 * @returns a function that stops watching
 */
export async function watchFixtures(folder: string, emulator: Emulator, log: Logger): Promise<() => Promise<void>> {
  const { watch } = await import('chokidar');
  let timer: NodeJS.Timeout | undefined;
  const watcher = watch(folder, { ignoreInitial: true }).on('all', () => {
    clearTimeout(timer);
    timer = setTimeout(() => reload(emulator, log), settleMs);
  });
  return async () => {
    clearTimeout(timer);
    await watcher.close();
  };
}

function reload(emulator: Emulator, log: Logger): void {
  try {
    emulator.reload();
    log.info('the fixtures were reloaded');
  } catch (error) {
    log.error(`the fixtures were not reloaded: ${(error as Error).message}`);
  }
}
