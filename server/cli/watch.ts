import type { Logger } from 'pino';
import type { Emulator } from '../emulator/emulator.js';

/** Editors write a file in several steps: reload once they are through (milliseconds of the machine's time). */
const calm = 100;

/**
 * Reloads the fixtures when a file of the folder changes; a bad one is told in a line, and what was loaded stays.
 * @returns what ends it
 */
export async function watchFixtures(folder: string, emulator: Emulator, log: Logger): Promise<() => Promise<void>> {
  const { watch } = await import('chokidar');
  let waiting: NodeJS.Timeout | undefined;
  const watcher = watch(folder, { ignoreInitial: true }).on('all', () => {
    clearTimeout(waiting);
    waiting = setTimeout(() => {
      try {
        emulator.reload();
        log.info('the fixtures were reloaded');
      } catch (error) {
        log.error(`the fixtures were not reloaded: ${(error as Error).message}`);
      }
    }, calm);
  });
  return () => watcher.close();
}
