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
  /** The response must begin within this time, in milliseconds of the machine's clock. Default: no limit. */
  answerWithinMs?: number | undefined;
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
 * @throws Error if there is no response. The message is never empty. It has the code of Node's error, and `mayServeHttps` if the port
 * may expect HTTPS.
 */
export function sendRequest(
  url: string,
  { method, headers, body, signal, answerWithinMs, anyCertificate }: OutgoingRequest = {},
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
    const abort = () => sent.destroy(Object.assign(new Error('the request was aborted'), { code: 'ABORT_ERR' }));
    signal?.addEventListener('abort', abort, { once: true });
    if (signal?.aborted) abort();
    const expire = () => sent.destroy(new Error(`no answer within ${(answerWithinMs ?? 0) / 1000} s`));
    const timer = answerWithinMs === undefined ? undefined : setTimeout(expire, answerWithinMs);
    sent
      .on('close', () => clearTimeout(timer))
      .on('response', (response) => {
        clearTimeout(timer);
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
        const reason = reasonOf(url, error);
        const { code } = error;
        const mayServeHttps = reason === closedWithoutAnswer;
        reject(reason === error.message ? error : Object.assign(new Error(reason, { cause: error }), { code, mayServeHttps }));
      })
      .end(body);
  });
}

const closedWithoutAnswer =
  'the connection was closed without an answer; if the port serves HTTPS, write the address with https://';

/** The reason why there is no response. The errors of OpenSSL do not say that the other side speaks the other protocol. */
function reasonOf(url: string, { code = '', message }: NodeJS.ErrnoException): string {
  if (/^(EPROTO|ERR_SSL_(WRONG_VERSION_NUMBER|PACKET_LENGTH_TOO_LONG|HTTP_REQUEST))$/.test(code))
    return 'the port answers HTTP, not HTTPS; write the address with http://';
  if (message === 'socket hang up' && url.startsWith('http:')) return closedWithoutAnswer;
  // For a host with several addresses, the error has a code and no message.
  return message || code;
}
