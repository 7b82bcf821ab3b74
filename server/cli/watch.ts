import type { Logger } from 'pino';
import type { Config, ConfigName } from '../emulator/config.js';
import type { Emulator } from '../emulator/emulator.js';
import { unreadFileWarnings } from '../emulator/unread-files.js';
import { errorLines } from './error-text.js';
import { watchFiles } from './watch-files.js';

export interface WatchOptions {
  emulator: Emulator;
  /** The configuration of the start. */
  config: Config;
  /** The configuration file, if there is one. */
  configFile: string | undefined;
  /** Reads the configuration again. @throws Error if it is invalid */
  readConfigAgain(): Config;
  log: Pick<Logger, 'info' | 'warn' | 'error' | 'level'>;
}

/** The options that can change while the emulator runs. */
const changeable: readonly ConfigName[] = ['wallet', 'allowHost', 'logLevel'];

/**
 * Reloads fixtures, profiles and configuration when their files change. If a file is invalid, it logs all problems and keeps what is
 * loaded.
 * @returns a function that stops watching
 */
export function watch(options: WatchOptions): () => void {
  const { emulator, config, configFile, log } = options;
  const paths = () => [config.fixtures, configFile].flatMap((path) => path ?? []).concat(emulator.profileFiles());
  let current = config;
  return watchFiles(paths, () => {
    try {
      const next = options.readConfigAgain();
      emulator.reload({ wallet: next.wallet, allowHost: next.allowHost });
      log.level = next.logLevel;
      current = sayWhatNeedsRestart(current, next, log);
      warnOfUnreadFiles(options);
      log.info('the fixtures were reloaded');
    } catch (error) {
      for (const line of errorLines(error as Error)) log.error(`the fixtures were not reloaded: ${line}`);
    }
  });
}

/** Warns of files in the folder of fixtures that nothing reads. */
export function warnOfUnreadFiles({ config, configFile, log }: Pick<WatchOptions, 'config' | 'configFile' | 'log'>): void {
  if (config.fixtures === undefined) return;
  const others = [config.wallet, ...(configFile === undefined ? [] : [configFile])];
  for (const warning of unreadFileWarnings(config.fixtures, others)) log.warn(warning);
}

/** @returns the next configuration */
function sayWhatNeedsRestart(current: Config, next: Config, log: Pick<Logger, 'warn'>): Config {
  const names = Object.keys({ ...current, ...next }) as ConfigName[];
  const changed = names.filter((name) => JSON.stringify(current[name]) !== JSON.stringify(next[name]));
  const needRestart = changed.filter((name) => !changeable.includes(name));
  if (needRestart.length > 0) log.warn(`restart the emulator to apply ${needRestart.join(', ')}`);
  return next;
}
