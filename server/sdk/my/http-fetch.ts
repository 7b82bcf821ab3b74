import { arrayBuffer } from 'node:stream/consumers';
import type { Fetch, FetchOptions } from '../../bridge/core/request.js';
import { type OutgoingRequest, sendRequest } from '../../http/send-request.js';

const maxRedirects = 20;

/** The part of `fetch` that `my.request` needs, by node:http. It follows redirects, as fetch does. */
export const httpFetch: Fetch = async (url, { method, headers, signal, body }) => {
  let target = url.href;
  let request: OutgoingRequest = {
    method,
    headers: { accept: '*/*', ...headers },
    signal,
    ...(body !== undefined && { body: await bytesOf(body) }),
  };
  for (let redirects = 0; redirects <= maxRedirects; redirects++) {
    const response = await sendRequest(target, request);
    const { status } = response;
    const { location } = response.headers;
    if (location === undefined || ![301, 302, 303, 307, 308].includes(status)) {
      const received = await arrayBuffer(response.body);
      return {
        ok: status >= 200 && status < 300,
        status,
        headers: new Map(Object.entries(response.headers)),
        arrayBuffer: async () => received,
      };
    }
    response.body.destroy();
    const next = new URL(location, target);
    request = redirected(request, status, next.origin === new URL(target).origin);
    target = next.href;
  }
  throw new Error(`more than ${maxRedirects} redirects`);
};

/** The request to the next address. What becomes a GET has no body, and another origin does not get the credentials. */
function redirected({ body, ...request }: OutgoingRequest, status: number, isSameOrigin: boolean): OutgoingRequest {
  const isGet = status === 303 ? request.method !== 'HEAD' : status < 303 && request.method === 'POST';
  const dropped = [...(isGet ? ['content-type'] : []), ...(isSameOrigin ? [] : ['authorization', 'cookie'])];
  const headers = Object.entries(request.headers ?? {}).filter(([name]) => !dropped.includes(name.toLowerCase()));
  return {
    ...request,
    headers: Object.fromEntries(headers),
    ...(isGet ? { method: 'GET' } : body !== undefined && { body }),
  };
}

async function bytesOf(body: NonNullable<FetchOptions['body']>): Promise<string | Uint8Array> {
  if (typeof body === 'string') return body;
  if (body instanceof ArrayBuffer) return new Uint8Array(body);
  if ('arrayBuffer' in body) return new Uint8Array(await body.arrayBuffer());
  throw new Error('FormData cannot be sent from Node; pass createMy a fetch that can');
}
