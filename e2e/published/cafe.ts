import { readFileSync } from 'node:fs';
import { test as base } from 'billetera/playwright';
import { type Running, start } from '../stage/process.ts';
import { Shop } from '../stage/shop.ts';

export { expect } from 'billetera/playwright';

/** The café and the users in the package's built-in fixtures. */
export const clientId = '202016726873874774774000';
export const appId = '3333010071465913000';
export const users = { lucia: '1000001119398804001', tomas: '1000001119398804002', harriet: '1000001119398804003' };

const publicKey = readFileSync(new URL('../merchant/keys/merchant.public.pem', import.meta.url), 'utf8');

/** Café Aurora under test. Each worker runs its server and its mini program, next to the worker's wallet. */
export const test = base.extend<{ cafe: Shop }, { merchant: Running; miniProgram: Running }>({
  merchant: [
    async ({ emulatorUrl }, use) => {
      const merchant = await start('e2e/merchant/server.mjs', [], { PLATFORM_URL: emulatorUrl });
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
  cafe: async ({ page, wallet, miniProgram }, use) => {
    await wallet.clients.change(clientId, { publicKey, signature: 'required' });
    const cafe = new Shop(page, `${miniProgram.url}/?bridge=${encodeURIComponent(`${wallet.url}/my.js`)}`);
    await cafe.open();
    await use(cafe);
  },
});
