import { request as requestHttp } from 'node:http';
import { request as requestHttps } from 'node:https';
import { pipeline, type Readable, type Transform } from 'node:stream';
import { createBrotliDecompress, createGunzip, createInflate } from 'node:zlib';

export interface OutgoingRequest {
  /** Default: GET. */
  method?: string;
  headers?: Record<string, string>;
  body?: string | Uint8Array;
  signal?: AbortSignal;
  /** Accept every certificate: the request has no secret, or goes to this machine. */
  anyCertificate?: boolean;
}

export interface IncomingResponse {
  status: number;
  /** By their names in lower case. The values of a repeated header are joined by commas. */
  headers: Record<string, string>;
  /** Decompressed. It has to be read or destroyed. */
  body: Readable;
}

const decompressors: Record<string, () => Transform> = {
  gzip: createGunzip,
  'x-gzip': createGunzip,
  deflate: createInflate,
  br: createBrotliDecompress,
};

/**
 * Sends an HTTP request by node:http, because test environments replace the global fetch. Follows no redirect.
 *
 * @param url an http or https address
 * @throws Error if there is no response. The message is never empty.
 */
export function sendRequest(
  url: string,
  { method, headers, body, signal, anyCertificate }: OutgoingRequest = {},
): Promise<IncomingResponse> {
  const request = url.startsWith('https:') ? requestHttps : requestHttp;
  return new Promise((resolve, reject) => {
    const sent = request(url, {
      ...(method !== undefined && { method }),
      headers: { 'accept-encoding': 'gzip, deflate, br', ...headers },
      agent: false,
      ...(anyCertificate && { rejectUnauthorized: false }),
    });
    // Not as an option of the request, which refuses the AbortSignal of jsdom.
    const abort = () => sent.destroy(new Error('the request was aborted'));
    signal?.addEventListener('abort', abort, { once: true });
    if (signal?.aborted) abort();
    sent
      .on('response', (response) => {
        const received = Object.entries(response.headers).map(([name, value]) => [name, String(value)] as const);
        const isBodiless = method === 'HEAD' || response.statusCode === 204 || response.statusCode === 304;
        const decompress = isBodiless ? undefined : decompressors[response.headers['content-encoding'] ?? ''];
        resolve({
          status: response.statusCode ?? 0,
          headers: Object.fromEntries(received),
          // An error of the response also ends the decompressed stream, and its reader hears of it.
          body: decompress === undefined ? response : pipeline(response, decompress(), () => {}),
        });
      })
      .on('error', (error: NodeJS.ErrnoException) => {
        // For a host with several addresses, the error has a code and no message.
        reject(error.message ? error : new Error(error.code, { cause: error }));
      })
      .end(body);
  });
}
