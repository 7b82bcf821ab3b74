import { randomUUID } from 'node:crypto';
import { text } from 'node:stream/consumers';
import { type BrowserContext, test as base } from '@playwright/test';
import { sendRequest } from '../../http/send-request.js';
import { connect } from '../client/connect.js';
import type { EmulatorOptions } from '../client/options.js';
import type { Wallet } from '../client/wallet.js';
import { startEmulator } from '../index.js';
import { Consent } from './consent.js';

export { expect } from '@playwright/test';
export type { Consent } from './consent.js';
export type { ConsentScreen } from './consent-screen.js';
export type { EmulatorOptions, Wallet };

/** Used if the project has no actionTimeout. */
const screenTimeoutMs = 10_000;

/** Options that a project, a file or a group of tests can set by `use`. */
export interface WalletOptions {
  /**
   * URLs of the super app's bridge script. A page that loads one of them gets this wallet's my.js instead.
   * @example bridgeUrls: 'https://cdn.marmot-cloud.com/npm/hylid-bridge/**'
   */
  bridgeUrls: BridgeUrl | BridgeUrl[];
  /**
   * The tenant of the tests, for a merchant's server that always calls the same one. It is reset before and after each test. Tests
   * that run at the same time must not share it. Default: with `emulator: { url }` a new tenant for each test, otherwise `default`.
   */
  tenant: string | undefined;
}
type BridgeUrl = string | RegExp;

export interface WalletFixtures {
  /**
   * A wallet in the state of the fixtures: the worker's emulator after a reset, or a new tenant of the shared emulator. Pages that
   * load `my.js` from the emulator get the `my.js` of this wallet.
   */
  wallet: Wallet;
  /** The user at the consent screen. */
  consent: Consent;
}

/** Options that a project or a file can set by `use`, for a whole worker. */
export interface WalletWorkerOptions {
  /**
   * The options of `startEmulator`, for an emulator on a free port. With `url`, all workers share an emulator that runs already,
   * and each test gets its own tenant there. Then `wallet` is the only other option,
   * beside the `controlToken` that the emulator was started with.
   */
  emulator: EmulatorOptions & { url?: string };
}

export interface WalletWorkerFixtures {
  /** The address of the worker's emulator. A merchant's server that a worker starts calls the OpenAPI there. */
  emulatorUrl: string;
}

/** Playwright's `test` with a wallet and a user. */
export const test = base.extend<WalletOptions & WalletFixtures, WalletWorkerOptions & WalletWorkerFixtures>({
  emulator: [{}, { option: true, scope: 'worker' }],
  bridgeUrls: [[], { option: true }],
  tenant: [undefined, { option: true }],
  emulatorUrl: [
    async ({ emulator: { url, ...options } }, use) => {
      if (url === undefined) {
        const emulator = await startEmulator({ port: 0, ...options });
        await use(emulator.url);
        await emulator.close();
        return;
      }
      const extra = Object.keys(options).find((name) => name !== 'wallet' && name !== 'controlToken');
      if (extra !== undefined)
        throw new Error(`emulator: ${extra} cannot be combined with url, because the emulator at ${url} runs already`);
      await use(connect(url).url);
    },
    { scope: 'worker', title: 'the emulator' },
  ],
  wallet: async ({ emulator, emulatorUrl, tenant }, use, info) => {
    const host = connect(emulatorUrl, { token: emulator.controlToken });
    const isShared = emulator.url !== undefined;
    const name = tenant ?? (isShared ? `test-${randomUUID()}` : undefined);
    const wallet = name === undefined ? host : host.tenant(name);
    if (!isShared || tenant !== undefined) await wallet.reset();
    if (isShared && emulator.wallet !== undefined) await wallet.settings.change({ wallet: emulator.wallet });
    await use(wallet);
    if (info.status !== info.expectedStatus) {
      const journal = await wallet.journal.list();
      await info.attach('the wallet’s journal', { body: JSON.stringify(journal, null, 2), contentType: 'application/json' });
    }
    if (isShared) await wallet.reset();
  },
  context: async ({ context, wallet, emulatorUrl, bridgeUrls }, use) => {
    await allowLocalNetwork(context);
    if (wallet.url !== emulatorUrl) await serveBridge(context, (url) => isBridgeOf(emulatorUrl, url), wallet);
    for (const url of [bridgeUrls].flat()) await serveBridge(context, url, wallet);
    await use(context);
  },
  consent: async ({ context, wallet, actionTimeout }, use) => {
    await use(new Consent({ context, wallet, timeout: actionTimeout || screenTimeoutMs }));
  },
});

/** Lets pages of the public web, which a test may route, call this machine. The browser would ask the user first. */
async function allowLocalNetwork(context: BrowserContext): Promise<void> {
  // A browser without this permission rejects its name.
  await context.grantPermissions(['local-network-access']).catch(() => {});
}

const loopback = /^(localhost|127(\.\d+){3}|\[::1\])$/;

/** Returns true if a page asks the emulator for its `my.js`, by any name of this machine. A page that names another tenant gets that one. */
function isBridgeOf(emulatorUrl: string, { protocol, hostname, port, pathname }: URL): boolean {
  const emulator = new URL(emulatorUrl);
  const isSameHost = hostname === emulator.hostname || (loopback.test(hostname) && loopback.test(emulator.hostname));
  const paths = ['/my.js', `${emulator.pathname.replace(/\/$/, '')}/my.js`];
  return isSameHost && protocol === emulator.protocol && port === emulator.port && paths.includes(pathname);
}

async function serveBridge(context: BrowserContext, url: BridgeUrl | ((url: URL) => boolean), wallet: Wallet): Promise<void> {
  await context.route(url, async (route) => {
    const script = await sendRequest(`${wallet.url}/my.js${new URL(route.request().url()).search}`);
    await route.fulfill({
      status: script.status,
      headers: { 'access-control-allow-origin': '*', 'cross-origin-resource-policy': 'cross-origin' },
      contentType: 'text/javascript; charset=utf-8',
      body: await text(script.body),
    });
  });
}
