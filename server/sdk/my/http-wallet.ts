import { text } from 'node:stream/consumers';
import type { WalletConnection } from '../../bridge/core/wallet.js';
import { sendRequest } from '../../http/send-request.js';

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
    post: (body, signal) => post(`${url}/wallet/jsapi`, headers, body, signal),
  };
}

/** Sends a POST and reads the whole answer. */
export async function post(
  url: string,
  headers: Record<string, string>,
  body: string,
  signal?: AbortSignal,
): Promise<{ status: number; text: string }> {
  const response = await sendRequest(url, { method: 'POST', headers, body, ...(signal && { signal }) });
  return { status: response.status, text: await text(response.body) };
}
