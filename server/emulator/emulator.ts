import type { KeyObject } from 'node:crypto';
import type { FastifyBaseLogger, FastifyInstance } from 'fastify';
import { ProblemList } from '../files/problem-list.js';
import type { Recorder } from '../recorder/recorder.js';
import { platformKey } from '../signing/platform-key.js';
import type { Tenants } from '../tenants/tenants.js';
import { assemble } from './assemble.js';
import { checkExportFile, exportState, importState } from './carry-state.js';
import { certificateOf } from './certificate.js';
import { type Config, readOptions } from './config.js';
import { withErrorCode } from './emulator-error.js';
import { checkFirstUser } from './first-user.js';
import { hostInUrl, listen, tlsHost } from './listen.js';
import { type LoadedFiles, readFiles, readFilesAgain } from './load-files.js';
import type { ReportFile } from './open-report.js';

/** A running emulator. */
export interface Emulator {
  /** `http://127.0.0.1:4010` */
  url: string;
  /** `https://127.0.0.1:4443`, if HTTPS is on. */
  tlsUrl?: string;
  app: FastifyInstance;
  tenants: Tenants;
  /**
   * Reads fixtures and profiles again.
   * @param changes options that can change while the emulator runs
   * @throws FilesInvalidError with all problems; then nothing has changed
   */
  reload(changes?: Partial<Pick<Config, 'wallet' | 'allowHost'>>): void;
  /** The files of the profiles in use. */
  profileFiles(): readonly string[];
  close(): Promise<void>;
}

/**
 * Starts an emulator.
 * @param report the report that it shows, read-only; absent: it runs as usual
 * @param recorder sends the merchants' calls to a real platform; absent: the emulator answers them. It is closed with the emulator
 * @throws EmulatorError if a fixture, profile, key, certificate, snapshot or data folder is invalid, or if a port is in use, Error if the report is invalid. Nothing stays open.
 */
export async function openEmulator(
  config: Config,
  logger?: FastifyBaseLogger,
  report?: ReportFile,
  recorder?: Recorder,
): Promise<Emulator> {
  let url = `http://${hostInUrl(config.host)}:${config.port}`;
  const [privateKey, certificate] = await Promise.all([readPlatformKey(config), certificateOf(config)]);
  checkExportFile(config);
  let isStarted = false;
  const { app, profiles, tenants, allowHosts } = await assemble(
    config,
    { privateKey, certificate: certificate?.cert },
    () => url,
    logger,
    { report, recorder },
    (stopping) => {
      // A start that fails must not replace the state of an earlier run.
      if (isStarted && config.exportOnExit !== undefined) exportState(stopping, config.exportOnExit);
    },
  );
  // The names that the options allow can change while the emulator runs. The certificate stays.
  const allow = (names: readonly string[]) => allowHosts(certificate ? [...names, tlsHost(config, certificate)] : names);
  allow(config.allowHost);
  await importState(tenants, config).catch(async (error: unknown) => {
    await app.close();
    throw error;
  });
  const listener = await listen(app, config, certificate);
  url = listener.url;
  isStarted = true;
  let current = config;
  return {
    ...listener,
    app,
    tenants,
    reload: (changes = {}) => {
      const changed = { ...current, ...changes };
      const { fixtures, wallet } = readFilesAgain(changed, profiles);
      tenants.useFixtures(fixtures, wallet);
      allow(changed.allowHost);
      current = changed;
    },
    profileFiles: () => profiles.files,
  };
}

/** The fixtures and profiles of a configuration, with everything that is wrong with them. */
export interface CheckedFiles extends LoadedFiles {
  problems: ProblemList;
}

/** Reads the fixtures and all profiles with every check of a start, but without listening and without state. */
export async function checkFiles(config: Config): Promise<CheckedFiles> {
  const problems = new ProblemList();
  const loaded = readFiles(config, exampleUrl, problems, problems);
  problems.try(await pathCheck(loaded));
  const { profiles, fixtures } = loaded;
  for (const name of profiles.names())
    problems.try(() => {
      profiles.get(name);
      checkFirstUser(profiles, name, fixtures);
    });
  return { ...loaded, problems };
}

const exampleUrl = () => 'http://127.0.0.1:4010';

/** The routes tell which paths no profile may have. They do not depend on the fixtures, which may be invalid. */
async function pathCheck({ profiles }: LoadedFiles): Promise<() => void> {
  const builtIn = readOptions({});
  const { app, findReserved } = await assemble(builtIn, { privateKey: await platformKey(undefined) }, exampleUrl);
  await app.close();
  return () => profiles.reserve(findReserved);
}

/** The platform's private key. @throws EmulatorError if the file holds no RSA private key */
export function readPlatformKey({ platformKey: source }: Pick<Config, 'platformKey'>): Promise<KeyObject> {
  return withErrorCode('PLATFORM_KEY_INVALID', () => platformKey(source), { name: 'platformKey', value: source });
}
