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
  };
}
