import { request as requestHttp } from 'node:http';
import { request as requestHttps } from 'node:https';
import { text } from 'node:stream/consumers';
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
    post: (body, signal) => post(`${url}/wallet/jsapi`, headers, body, signal),
  };
}

/** Sends a POST by node:http, because test environments replace the global fetch, or lack it. */
export function post(
  url: string,
  headers: Record<string, string>,
  body: string,
  signal?: AbortSignal,
): Promise<{ status: number; text: string }> {
  const request = url.startsWith('https:') ? requestHttps : requestHttp;
  return new Promise((resolve, reject) => {
    const sent = request(url, { method: 'POST', headers, agent: false }, (response) => {
      text(response).then((body) => resolve({ status: response.statusCode ?? 0, text: body }), reject);
    });
    sent.on('error', (error: NodeJS.ErrnoException) => {
      // For a host with several addresses, the error has a code and no message.
      reject(error.message ? error : new Error(error.code, { cause: error }));
    });
    // Not as an option of the request, which refuses the AbortSignal of jsdom.
    signal?.addEventListener('abort', () => sent.destroy(new Error('aborted')));
    sent.end(body);
  });
}
