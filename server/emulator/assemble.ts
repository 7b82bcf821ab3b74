import { createPublicKey, type KeyObject } from 'node:crypto';
import type { FastifyBaseLogger, FastifyInstance } from 'fastify';
import { consolePages } from '../console/console.js';
import { showOnlyReport } from '../console/report-viewer.js';
import { control } from '../control/control.js';
import { gateway } from '../gateway/gateway.js';
import { ControlToken } from '../http/control-token.js';
import { basePathOf, PublicAddress } from '../http/public-address.js';
import { addRequestContext } from '../http/request-context.js';
import { Notifier } from '../notifier/notifier.js';
import { setUpTemplates } from '../pages/render.js';
import { serveAssets } from '../pages/serve-assets.js';
import type { FindReserved } from '../profiles/check-paths.js';
import type { Profiles } from '../profiles/profiles.js';
import type { Recorder } from '../recorder/recorder.js';
import type { Fixtures } from '../records/fixtures.js';
import type { StateStore } from '../store/state-store.js';
import { Evictions } from '../tenants/evictions.js';
import { defaultTenant } from '../tenants/tenant-name.js';
import { Tenants } from '../tenants/tenants.js';
import { wallet } from '../wallet/wallet.js';
import { collectRoutes } from './collect-routes.js';
import { compareWithTenant } from './compare-recording.js';
import type { Config } from './config.js';
import { createApp } from './create-app.js';
import { EmulatorError, withErrorCode } from './emulator-error.js';
import { fixtureFolders, type LoadedFiles, loadFiles } from './load-files.js';
import { filesOfReport, fillFromReport, openedReport, type ReportFile } from './open-report.js';
import { collectReservedPaths } from './reserved-paths.js';
import { tenantAnswerers } from './tenant-answerers.js';
import { version } from './version.js';

/** The parts of an emulator that does not listen yet. */
export interface Assembly {
  app: FastifyInstance;
  fixtures: Fixtures;
  profiles: Profiles;
  tenants: Tenants;
  findReserved: FindReserved;
  /** Replaces the further host names that pages and control API answer to. */
  allowHosts(names: readonly string[]): void;
}

/** The two kinds of emulators that are not as usual. */
interface Special {
  /** The emulator shows a report, in place of fixtures and state. It then changes nothing. */
  report?: ReportFile | undefined;
  /** The emulator sends the merchants' calls to a real platform. It closes the recorder. */
  recorder?: Recorder | undefined;
}

/**
 * Loads fixtures, profiles and state, and registers all routes. Close the app to release everything.
 * @param certificate the certificate for HTTPS, in PEM; undefined if HTTPS is off
 * @param listeningUrl returns the address that the emulator listens at, once it is known
 * @param beforeClose is called when all calls are answered, while the state is still there
 * @throws EmulatorError if a fixture, a profile or the data folder is invalid, Error if the report is
 */
export async function assemble(
  config: Config,
  { privateKey, certificate }: { privateKey: KeyObject; certificate?: string | undefined },
  listeningUrl: () => string,
  logger?: FastifyBaseLogger,
  { report, recorder }: Special = {},
  beforeClose?: (tenants: Tenants) => void,
): Promise<Assembly> {
  const ownHosts = new Set<string>();
  const allowHosts = (names: readonly string[]) => {
    ownHosts.clear();
    for (const name of [...names, config.host, ...publicHosts(config)]) ownHosts.add(name.toLowerCase());
  };
  allowHosts(config.allowHost);
  const { publicUrl, trustProxy } = config;
  const publicAddress = new PublicAddress({ publicUrl, trustProxy, ownHosts, listeningUrl });
  const baseUrl = () => publicAddress.default;
  const files = report === undefined ? await loadFiles(config, baseUrl) : filesOfReport(report, baseUrl);
  const { fixtures, profiles } = files;
  const tenants = await openTenants(config, files, privateKey, baseUrl, logger);
  const app = createApp(publicUrl === undefined ? '' : basePathOf(new URL(publicUrl)), logger);
  const findReserved = collectReservedPaths(app);
  const notifier = new Notifier(tenants, privateKey, baseUrl);
  try {
    registerRooms(app, {
      config,
      publicAddress,
      tenants,
      privateKey,
      certificate,
      listeningUrl,
      report,
      recorder,
      notifier,
      beforeClose,
    });
    await app.ready();
    await withErrorCode('PROFILE_INVALID', () => profiles.reserve(findReserved));
    const problems = await withErrorCode('DATA_FOLDER_UNAVAILABLE', () => tenants.load());
    for (const problem of problems) logger?.error(problem);
    notifier.resume();
    if (report !== undefined) await tenants.replace(defaultTenant, (tenant) => fillFromReport(tenant, report));
  } catch (error) {
    await app.close();
    throw error;
  }
  return { app, fixtures, profiles, tenants, findReserved, allowHosts };
}

async function openTenants(
  config: Config,
  files: LoadedFiles,
  privateKey: KeyObject,
  baseUrl: () => string,
  logger: FastifyBaseLogger | undefined,
): Promise<Tenants> {
  const { openapiCors, maxTenants, maxTokens } = config;
  const stateStore = await openStateStore(config, logger);
  const issuer = { privateKey, name: baseUrl };
  const evictions = new Evictions({ tenants: maxTenants, tokens: maxTokens }, (line) => logger?.warn(line));
  return new Tenants({ ...files, openapiCors, issuer, evictions, ...(stateStore && { stateStore }) });
}

/** The host name of the address that others reach the emulator by. */
function publicHosts({ publicUrl }: Config): string[] {
  return publicUrl === undefined ? [] : [new URL(publicUrl).hostname.replace(/^\[|\]$/g, '')];
}

/** Opens the store of a configuration. @returns undefined: state is in memory only */
async function openStateStore(
  { data, fsync, store, maxTenants }: Config,
  logger: FastifyBaseLogger | undefined,
): Promise<StateStore | undefined> {
  if (data !== undefined && store !== undefined)
    throw new EmulatorError(
      'OPTION_INVALID',
      '--data and --store: expected only one of them, because state is stored in one place',
    );
  if (store !== undefined) return openRedisStore(store, maxTenants, logger);
  return data === undefined ? undefined : openDataFolder(data, fsync === 'on');
}

async function openRedisStore(store: string, maxTenants: number, logger: FastifyBaseLogger | undefined): Promise<StateStore> {
  let last = '';
  // The client tries again twice a second, with the same problem.
  const onProblem = ({ message }: Error) => {
    if (message !== last) logger?.error(`the store does not answer: ${message || 'the connection is closed'}`);
    last = message;
  };
  const onAgain = () => {
    if (last !== '') logger?.info('the store answers again');
    last = '';
  };
  return withErrorCode(
    'STORE_UNAVAILABLE',
    async () => {
      const { RedisStore } = await import('../store/redis/redis-store.js').catch(needsPackage);
      return RedisStore.open(store, { defaultTenant, maxTenants, onProblem, onAgain });
    },
    { name: 'store', value: undefined },
  );
}

/** The package of the Redis client is installed only by those who use it. */
function needsPackage(error: Error & { code?: string }): never {
  if (error.code !== 'ERR_MODULE_NOT_FOUND' && error.code !== 'MODULE_NOT_FOUND') throw error;
  throw new Error('needs the package "redis": run `npm install redis`', { cause: error });
}

async function openDataFolder(data: string, fsync: boolean) {
  // Most runs keep state in memory only, so they start without waiting for lowdb to load.
  const { DataFolder } = await import('../store/data-folder.js');
  return withErrorCode('DATA_FOLDER_UNAVAILABLE', () => DataFolder.open(data, { fsync }), { name: 'data', value: data });
}

interface RoomOptions {
  config: Config;
  publicAddress: PublicAddress;
  tenants: Tenants;
  privateKey: KeyObject;
  certificate: string | undefined;
  listeningUrl(): string;
  report: ReportFile | undefined;
  recorder: Recorder | undefined;
  notifier: Notifier;
  beforeClose: ((tenants: Tenants) => void) | undefined;
}

function registerRooms(
  app: FastifyInstance,
  { config, publicAddress, tenants, privateKey, certificate, listeningUrl, report, recorder, notifier, beforeClose }: RoomOptions,
): void {
  const { showSecrets } = config;
  const isPage = collectRoutes(app, 'GET');
  setUpTemplates(app);
  const controlToken = config.controlToken === undefined ? undefined : new ControlToken(config.controlToken);
  const shared = { tenants, listeningUrl, version, showSecrets, controlToken, showsReport: report !== undefined };
  app.register(async (pages) => {
    addRequestContext(pages, { tenants, publicAddress, controlToken, openedReport: report && openedReport(report) });
    if (report !== undefined) showOnlyReport(pages);
    serveAssets(pages);
    pages.register(control, { ...shared, privateKey, certificate });
    if (report === undefined) pages.register(wallet, { fixtureFolders: fixtureFolders(config) });
    pages.register(consolePages, { ...shared, platformKey: createPublicKey(privateKey), compare: compareWithTenant(privateKey) });
  });
  // A report has no merchants that call, and no users who answer.
  if (report === undefined)
    app.register(gateway, {
      tenants,
      privateKey,
      publicAddress,
      isPage,
      showSecrets,
      platform: recorder && { forwarder: recorder, answerOfEmulator: tenantAnswerers(privateKey) },
    });
  app.addHook('onClose', async () => {
    notifier.close();
    try {
      beforeClose?.(tenants);
      await recorder?.close();
    } finally {
      await tenants.close();
    }
  });
}
