import { randomUUID } from 'node:crypto';
import { type BrowserContext, test as base } from '@playwright/test';
import { connect } from '../client/connect.js';
import type { EmulatorOptions } from '../client/options.js';
import type { Wallet } from '../client/wallet.js';
import { startEmulator } from '../index.js';
import { Consent } from './consent.js';

export { expect } from '@playwright/test';
export type { Consent } from './consent.js';
export type { ConsentScreen } from './consent-screen.js';
export type { EmulatorOptions, Wallet };

/** Milliseconds, where the project has no actionTimeout. */
const patience = 10_000;

/** What a project, a file or a group may choose by `use`. */
export interface WalletOptions {
  /**
   * Scripts that pages load from elsewhere and that are the super app's bridge: they get this wallet's my.js in their place.
   * @example bridgeUrls: 'https://cdn.marmot-cloud.com/npm/hylid-bridge/**'
   */
  bridgeUrls: BridgeUrl | BridgeUrl[];
}
type BridgeUrl = string | RegExp;

export interface WalletFixtures {
  /** The test's own wallet, as the fixtures have it: the worker's emulator after a reset, or a tenant of the shared one. */
  wallet: Wallet;
  /** The user at the consent screen. */
  consent: Consent;
}

/** What a project or a file may choose by `use`: it holds for a worker. */
export interface WalletWorkerOptions {
  /**
   * How the worker's emulator starts, as `startEmulator` takes it, on a free port. With `url` it is one that runs already, shared by all
   * workers, and each test has a tenant of its own there; beside it only `wallet` can be chosen.
   */
  emulator: EmulatorOptions & { url?: string };
}

export interface WalletWorkerFixtures {
  /** The address of the worker's emulator: the base address of the OpenAPI for a merchant's server that a worker starts. */
  emulatorUrl: string;
}

/** Playwright's `test` with a wallet. */
export const test = base.extend<WalletOptions & WalletFixtures, WalletWorkerOptions & WalletWorkerFixtures>({
  emulator: [{}, { option: true, scope: 'worker' }],
  bridgeUrls: [[], { option: true }],
  emulatorUrl: [
    async ({ emulator: { url, ...options } }, use) => {
      if (url === undefined) {
        const emulator = await startEmulator({ port: 0, ...options });
        await use(emulator.url);
        await emulator.close();
        return;
      }
      const stray = Object.keys(options).find((name) => name !== 'wallet');
      if (stray !== undefined)
        throw new Error(`emulator: expected no ${stray} beside url, since the emulator at ${url} runs already`);
      await use(connect(url).url);
    },
    { scope: 'worker', title: 'the emulator' },
  ],
  wallet: async ({ emulator, emulatorUrl }, use, info) => {
    const host = connect(emulatorUrl);
    const isShared = emulator.url !== undefined;
    const wallet = isShared ? host.tenant(`test-${randomUUID()}`) : host;
    if (!isShared) await wallet.reset();
    else if (emulator.wallet !== undefined) await wallet.settings.change({ wallet: emulator.wallet });
    await use(wallet);
    if (info.status !== info.expectedStatus) {
      const journal = await wallet.journal.list();
      await info.attach('the wallet’s journal', { body: JSON.stringify(journal, null, 2), contentType: 'application/json' });
    }
    if (isShared) await wallet.reset();
  },
  context: async ({ context, wallet, bridgeUrls }, use) => {
    await letPagesCome(context);
    for (const url of [bridgeUrls].flat()) await putBridgeInPlace(context, url, wallet);
    await use(context);
  },
  consent: async ({ context, wallet, actionTimeout }, use) => {
    await use(new Consent({ context, wallet, timeout: actionTimeout || patience }));
  },
});

/** A page from the public web, as a test may route one, reaches this machine only by leave of the user. */
async function letPagesCome(context: BrowserContext): Promise<void> {
  // Browsers without that rule refuse to grant what they do not know.
  await context.grantPermissions(['local-network-access']).catch(() => {});
}

async function putBridgeInPlace(context: BrowserContext, url: BridgeUrl, wallet: Wallet): Promise<void> {
  await context.route(url, async (route) => {
    const appId = new URL(route.request().url()).searchParams.get('appId');
    const script = await fetch(`${wallet.url}/my.js${appId === null ? '' : `?appId=${encodeURIComponent(appId)}`}`);
    await route.fulfill({
      status: script.status,
      headers: { 'access-control-allow-origin': '*', 'cross-origin-resource-policy': 'cross-origin' },
      contentType: 'text/javascript; charset=utf-8',
      body: await script.text(),
    });
  });
}
