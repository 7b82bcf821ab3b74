import type { KeyObject } from 'node:crypto';
import type { FastifyBaseLogger, FastifyInstance } from 'fastify';
import type { Profiles } from '../profiles/profiles.js';
import { type Fixtures, loadFixtures } from '../records/fixtures.js';
import { platformKey } from '../signing/platform-key.js';
import type { Tenants } from '../tenants/tenants.js';
import { assemble } from './assemble.js';
import { certificateOf } from './certificate.js';
import type { Config } from './config.js';
import { withErrorCode } from './emulator-error.js';
import { hostInUrl, listen } from './listen.js';

/** A running emulator. */
export interface Emulator {
  /** `http://127.0.0.1:4010` */
  url: string;
  /** `https://127.0.0.1:4443`, if HTTPS is on. */
  tlsUrl?: string;
  app: FastifyInstance;
  tenants: Tenants;
  /** Reads fixtures and profiles again. @throws Error in one line if one is invalid; then nothing changes */
  reload(): void;
  close(): Promise<void>;
}

/**
 * Starts an emulator.
 * @throws EmulatorError if a fixture, profile, key, certificate or data folder is invalid, or if a port is in use. Nothing stays open.
 */
export async function openEmulator(config: Config, logger?: FastifyBaseLogger): Promise<Emulator> {
  let url = `http://${hostInUrl(config.host)}:${config.port}`;
  const [privateKey, certificate] = await Promise.all([readPlatformKey(config), certificateOf(config)]);
  const { app, profiles, tenants } = await assemble(config, privateKey, () => url, logger);
  const listener = await listen(app, config, certificate);
  url = listener.url;
  return {
    ...listener,
    app,
    tenants,
    reload: () => {
      const fixtures = loadFixtures(config.fixtures);
      profiles.reload();
      tenants.useFixtures(fixtures);
    },
  };
}

/**
 * Loads fixtures and profiles with every check of a start, but without listening and without state.
 * @throws EmulatorError if one is invalid
 */
export async function loadFixturesAndProfiles(config: Config): Promise<{ fixtures: Fixtures; profiles: Profiles }> {
  const { data: _, ...stateless } = config;
  const builtInKey = await platformKey(undefined);
  const { app, fixtures, profiles } = await assemble(stateless, builtInKey, () => 'http://127.0.0.1:4010');
  await app.close();
  return { fixtures, profiles };
}

/** The platform's private key. @throws EmulatorError if the file holds no RSA private key */
export function readPlatformKey({ platformKey: source }: Pick<Config, 'platformKey'>): Promise<KeyObject> {
  return withErrorCode('PLATFORM_KEY_INVALID', () => platformKey(source), { name: 'platformKey', value: source });
}
