import { type ClientRequest, type IncomingMessage, type RequestOptions, request as requestHttp } from 'node:http';
import { request as requestHttps } from 'node:https';
import { HttpsProxyAgent } from 'https-proxy-agent';
import { getProxyForUrl } from 'proxy-from-env';
import type { RawAnswer, RawRequest } from '../http/forwarder.js';
import type { Header } from '../recordings/exchange.js';
import { text } from '../texts/text.js';
import { TextError } from '../texts/text-error.js';
import { endToEndHeaders, headersOf } from './end-to-end-headers.js';
import { unreachable } from './unreachable.js';

/** The other side must send something at least this often, in milliseconds of the machine's clock. */
const silenceLimitMs = 60_000;
/** The longest answer, in bytes. */
const maxAnswerBytes = 16 * 1024 * 1024;

/**
 * Sends a request byte for byte and returns the answer byte for byte. Only the headers of the connection and Host differ. The proxy of
 * the environment is used (HTTPS_PROXY, HTTP_PROXY, ALL_PROXY, NO_PROXY). Redirects are not followed, and nothing is decompressed.
 * @param url its path and query are sent as they are written
 * @param ca the certificates of the authorities that are trusted, in PEM; undefined: those of Node
 * @throws TextError with the reason and what to do, if there is no whole answer
 */
export async function sendUnchanged(url: string, request: RawRequest, ca: readonly string[] | undefined): Promise<RawAnswer> {
  const address = new URL(url);
  const proxy = getProxyForUrl(url);
  try {
    const sent = open(address, url, request, { proxy, ca });
    const response = await responseTo(sent, request.body);
    return await wholeAnswer(response);
  } catch (error) {
    throw error instanceof TextError ? error : unreachable(error as Error, address.origin, proxy);
  }
}

interface Connection {
  /** The address of the proxy; empty if there is none. */
  proxy: string;
  ca: readonly string[] | undefined;
}

function open(address: URL, url: string, request: RawRequest, { proxy, ca }: Connection): ClientRequest {
  const options = {
    method: request.method,
    headers: sentHeaders(address.host, request) as unknown as readonly string[],
    // Node would add headers and change the length.
    setDefaultHeaders: false,
    ...(ca && { ca: [...ca] }),
  };
  const direct = { ...options, host: hostOf(address), port: address.port, path: targetOf(url) };
  if (address.protocol === 'https:')
    return requestHttps({ ...direct, agent: proxy === '' ? false : new HttpsProxyAgent(proxy, ca && { ca: [...ca] }) });
  return requestHttp(proxy === '' ? { ...direct, agent: false } : viaProxy(new URL(proxy), url, options));
}

/** A request over HTTP names the whole address to the proxy, which has no tunnel for it (RFC 9112, 3.2.2). */
function viaProxy(proxy: URL, url: string, options: RequestOptions): RequestOptions {
  const { username, password } = proxy;
  const credentials = Buffer.from(`${decodeURIComponent(username)}:${decodeURIComponent(password)}`).toString('base64');
  const headers = options.headers as unknown as string[];
  return {
    ...options,
    agent: false,
    protocol: proxy.protocol,
    host: hostOf(proxy),
    port: proxy.port || 80,
    path: url,
    headers: [...headers, ...(username === '' ? [] : ['Proxy-Authorization', `Basic ${credentials}`])],
  };
}

/** The host without the brackets of an IPv6 address. */
function hostOf({ hostname }: URL): string {
  return hostname.replace(/^\[|\]$/g, '');
}

/** The path and the query of an address, as they are written. */
function targetOf(url: string): string {
  return url.slice(url.indexOf('/', url.indexOf('//') + 2));
}

/** Names and values in turn, as Node takes them unchanged. */
function sentHeaders(host: string, { headers, body }: RawRequest): string[] {
  const sent = endToEndHeaders(headers).map(
    ([name, value]): Header => (name.toLowerCase() === 'host' ? [name, host] : [name, value]),
  );
  const has = (wanted: string) => sent.some(([name]) => name.toLowerCase() === wanted);
  if (!has('host')) sent.unshift(['Host', host]);
  // A body that came in chunks is sent as a whole.
  if (!has('content-length') && body.length > 0) sent.push(['Content-Length', String(body.length)]);
  return [...sent, ['Connection', 'close'] as const].flat();
}

function responseTo(sent: ClientRequest, body: Buffer): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    sent
      .on('proxyConnect', ({ statusCode }: { statusCode: number }) => {
        // The agent would give the proxy's refusal as the answer of the platform.
        if (statusCode !== 200) sent.destroy(new TextError(text('proxy-refuses', { status: statusCode })));
      })
      .setTimeout(silenceLimitMs, () => sent.destroy(new TextError(text('platform-silent', { seconds: silenceLimitMs / 1000 }))))
      .on('response', resolve)
      .on('error', reject)
      .end(body);
  });
}

async function wholeAnswer(response: IncomingMessage): Promise<RawAnswer> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of response as AsyncIterable<Buffer>) {
    length += chunk.length;
    if (length > maxAnswerBytes) throw new TextError(text('platform-answer-too-long', { max: maxAnswerBytes / 1024 / 1024 }));
    chunks.push(chunk);
  }
  const { statusCode = 0, statusMessage = '', rawHeaders } = response;
  const headers = endToEndHeaders(headersOf(rawHeaders));
  return { status: statusCode, statusText: statusMessage, headers, body: Buffer.concat(chunks) };
}
