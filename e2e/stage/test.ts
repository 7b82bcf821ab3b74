import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { test as base, type Page } from '@playwright/test';
import { PlatformClient } from '../merchant/platform-client.mjs';
import { ConsentScreen } from './consent-screen.ts';
import { type HostedPage, PageHost } from './page-host.ts';
import { type Running, start } from './process.ts';
import { fixturesFolder } from './profiles.ts';
import { Shop } from './shop.ts';
import { appId, clientId, Wallet } from './wallet.ts';

export { expect } from '@playwright/test';
export { appId, clientId, users } from './wallet.ts';

const key = (file: string) => readFileSync(new URL(`../merchant/keys/${file}`, import.meta.url), 'utf8');

interface WorkerFixtures {
  emulator: Running;
  merchant: Running;
  miniProgram: Running;
  host: PageHost;
}

interface TestFixtures {
  /** A wallet with clean state. The merchant is registered and must sign. */
  wallet: Wallet;
  /** The consent screen over `page`. */
  consent: ConsentScreen;
  /** The sample mini program in `page`, on its own origin. */
  shop: Shop;
  /** Calls the platform as the merchant's server does. */
  platform: PlatformClient;
  /** Opens a page that loads the bridge and has the given content. @returns its address */
  open(hosted?: HostedPage & { page?: Page; otherOrigin?: boolean; bridge?: string }): Promise<string>;
}

/** Runs the emulator, the sample merchant and the sample mini program as processes, once per worker. */
export const test = base.extend<TestFixtures, WorkerFixtures>({
  emulator: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads what a fixture needs from its parameter
    async ({}, use) => {
      const emulator = await start('dist/bin/main.js', ['start', '--port', '0', '--fixtures', fixturesFolder]);
      await use(emulator);
      await emulator.stop();
    },
    { scope: 'worker' },
  ],
  merchant: [
    async ({ emulator }, use) => {
      const merchant = await start('e2e/merchant/server.mjs', [], { PLATFORM_URL: emulator.url });
      await use(merchant);
      await merchant.stop();
    },
    { scope: 'worker' },
  ],
  miniProgram: [
    async ({ merchant }, use) => {
      const miniProgram = await start('e2e/mini-program/server.mjs', [], { MERCHANT: merchant.url });
      await use(miniProgram);
      await miniProgram.stop();
    },
    { scope: 'worker' },
  ],
  host: [
    // biome-ignore lint/correctness/noEmptyPattern: as above
    async ({}, use) => {
      const host = await new PageHost().listen();
      await use(host);
      await host.close();
    },
    { scope: 'worker' },
  ],
  wallet: async ({ emulator }, use) => {
    const wallet = new Wallet(`${emulator.url}/t/${randomUUID()}`);
    await wallet.control('PATCH', `clients/${clientId}`, { publicKey: key('merchant.public.pem'), signature: 'required' });
    await use(wallet);
    await wallet.control('POST', 'reset');
  },
  consent: async ({ page }, use) => {
    await use(new ConsentScreen(page));
  },
  shop: async ({ page, wallet, miniProgram }, use) => {
    await use(new Shop(page, `${miniProgram.url}/?bridge=${encodeURIComponent(wallet.bridge)}`));
  },
  platform: async ({ emulator }, use) => {
    await use(
      new PlatformClient({
        platformUrl: emulator.url,
        clientId,
        appId,
        privateKey: key('merchant.private.pem'),
        platformPublicKey: key('platform.public.pem'),
      }),
    );
  },
  open: async ({ page, wallet, host }, use) => {
    await use(async ({ page: other = page, otherOrigin, bridge, head = '', body = '', headers = {} } = {}) => {
      const script = bridge ?? `<script src="${wallet.bridge}" data-app-id="${appId}"></script>`;
      const url = (otherOrigin ? host.otherOrigin : host.origin) + host.add({ head: script + head, body, headers });
      await other.goto(url);
      return url;
    });
  },
});
