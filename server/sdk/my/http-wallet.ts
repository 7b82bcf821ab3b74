import { fail, NOT_PERMITTED } from '../../bridge/core/call-result.js';
import type { WalletConnection } from '../../bridge/core/wallet.js';

export interface HttpWalletOptions {
  url: string;
  appId: string | undefined;
  origin: string | undefined;
}

/** Reaches the wallet over HTTP, from a process that has no screen. */
export function httpWallet({ url, appId, origin }: HttpWalletOptions): WalletConnection {
  const headers = { 'content-type': 'application/json', ...(origin !== undefined && { origin }) };
  return {
    name: `the wallet at ${url}`,
    context: () => (appId === undefined ? {} : { appId }),
    async post(body, signal) {
      const response = await fetch(`${url}/wallet/jsapi`, { method: 'POST', headers, body, signal });
      return { status: response.status, text: await response.text() };
    },
    showScreen: async ({ name }) =>
      fail(
        NOT_PERMITTED,
        `${name} needs a screen, and billetera/my has none; log in a user who decides alone, or set consent to grant or deny`,
      ),
  };
}
