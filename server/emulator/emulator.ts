import { join } from 'node:path';
import Fastify, { type FastifyBaseLogger, type FastifyInstance, LogController } from 'fastify';
import { consolePages } from '../console/console.js';
import { control } from '../control/control.js';
import { gateway } from '../gateway/gateway.js';
import { readAddress } from '../http/address.js';
import { addRequestContext, isForeignPage, isOurs } from '../http/request-context.js';
import { Notifier } from '../notifier/notifier.js';
import { setUpPages } from '../pages/render.js';
import { Profiles } from '../profiles/profiles.js';
import { builtInFixtures, loadFixtures } from '../records/fixtures.js';
import { platformKey } from '../signing/platform-key.js';
import { Tenants } from '../tenants/tenants.js';
import { wallet } from '../wallet/wallet.js';
import { certificateOf } from './certificate.js';
import type { Config } from './config.js';
import { hostInUrl, listen } from './listen.js';
import { version } from './version.js';

/** A running emulator. */
export interface Emulator {
  /** `http://127.0.0.1:4010` */
  url: string;
  /** `https://127.0.0.1:4443`, where there is HTTPS. */
  tlsUrl?: string;
  app: FastifyInstance;
  tenants: Tenants;
  /** Reads fixtures and profiles again. @throws Error in one line for a bad one; nothing changes then */
  reload(): void;
  close(): Promise<void>;
}

/** The longest request body, in bytes. */
const bodyLimit = 1024 * 1024;

/**
 * Puts the rooms together and opens the door.
 * @throws Error in one line for a bad fixture, profile, key, certificate or data folder, and for a port in use
 */
export async function openEmulator(config: Config, logger?: FastifyBaseLogger): Promise<Emulator> {
  let url = `http://${hostInUrl(config.host)}:${config.port}`;
  const baseUrl = () => url;
  const fixtures = loadFixtures(config.fixtures);
  const folders = [...(config.fixtures === undefined ? [] : [config.fixtures]), builtInFixtures];
  const profiles = new Profiles(
    folders.map((folder) => join(folder, 'wallets')),
    baseUrl,
  );
  profiles.get(config.wallet);
  const [privateKey, certificate] = await Promise.all([platformKey(config.platformKey), certificateOf(config)]);
  // lowdb is loaded only where state is kept: most runs live in memory, and a start is waited for.
  const dataFolder =
    config.data === undefined ? undefined : new (await import('../store/data-folder.js')).DataFolder(config.data);
  const tenants = new Tenants({
    wallet: config.wallet,
    profiles,
    fixtures,
    issuer: { privateKey, name: baseUrl },
    ...(dataFolder && { dataFolder }),
  });
  await tenants.load();

  const app = Fastify({
    ...(logger ? { loggerInstance: logger } : { logger: false }),
    logController: new LogController({ disableRequestLogging: true }),
    bodyLimit,
    return503OnClosing: false,
    forceCloseConnections: true,
    requestTimeout: 120_000,
    routerOptions: { maxParamLength: 300 },
    // Requests are validated by our own schemas and answers are plain JSON: Fastify's compilers would only delay the start.
    schemaController: {
      compilersFactory: { buildValidator: () => (() => () => true) as never, buildSerializer: () => () => JSON.stringify },
    },
    rewriteUrl: (request) => routedUrl(request.url ?? '/'),
  }) as unknown as FastifyInstance;

  const allowHosts = [...config.allowHost, config.host];
  const shared = { tenants, baseUrl, version, showSecrets: config.showSecrets };
  app.register(async (pages) => {
    addRequestContext(pages, { tenants, allowHosts, baseUrl });
    setUpPages(pages);
    pages.register(control, { ...shared, privateKey });
    pages.register(wallet, { fixtureFolders: folders });
    pages.register(consolePages, { ...shared, wallets: () => profiles.names().map((name) => profiles.get(name)) });
  });
  const ours = new Set(allowHosts.map((host) => host.toLowerCase()));
  app.register(gateway, {
    tenants,
    platform: { privateKey, baseUrl },
    isOurs: (request) => isOurs(request, ours),
    isForeignPage,
    showSecrets: config.showSecrets,
  });
  const notifier = new Notifier(tenants, privateKey, baseUrl);
  app.addHook('onClose', async () => {
    notifier.close();
    await tenants.close();
  });

  const doors = await listen(app, config, certificate);
  url = doors.url;
  return {
    url,
    ...(doors.tlsUrl !== undefined && { tlsUrl: doors.tlsUrl }),
    app,
    tenants,
    reload: () => {
      const reloaded = loadFixtures(config.fixtures);
      profiles.reload();
      tenants.rebase(reloaded);
    },
    close: doors.close,
  };
}

/** The path that routes are found by: without host and tenant, and one that the router can decode, whatever was sent. */
function routedUrl(target: string): string {
  const { path, query } = readAddress(target);
  try {
    decodeURIComponent(path);
    return path + query;
  } catch {
    return path.replaceAll('%', '%25') + query;
  }
}
