import { type Handler, ILLEGAL, isObject, type Outcome, refuse, succeed, type Value } from '../../bridge/core/outcome.js';
import { query } from '../../bridge/core/query.js';

const UNREACHABLE = 12;
const TIMED_OUT = 13;
const NOT_DECODED = 14;
const HTTP_STATUS = 19;

/** `my.request` by fetch. `timeout` in milliseconds, 30,000 by default. */
export const request: Handler = async (params): Promise<Outcome> => {
  if (typeof params.url !== 'string' || !URL.canParse(params.url)) return refuse(ILLEGAL, 'url: an address is expected');
  const late = AbortSignal.timeout(Number(params.timeout) || 30_000);
  let response: Response;
  let body: Buffer;
  try {
    response = await fetch(...prepare(new URL(params.url), params, late));
    body = Buffer.from(await response.arrayBuffer());
  } catch (error) {
    if (late.aborted) return refuse(TIMED_OUT, 'request timed out');
    const { cause } = error as { cause?: Error };
    return refuse(UNREACHABLE, `network error: ${cause?.message || error}`);
  }
  const told = { status: response.status, headers: Object.fromEntries(response.headers) };
  try {
    const data = decode(body, params.dataType);
    return response.ok ? succeed({ ...told, data }) : refuse(HTTP_STATUS, 'http status error', { ...told, data });
  } catch {
    const data = body.toString();
    return response.ok
      ? refuse(NOT_DECODED, 'the answer is not JSON', { ...told, data })
      : refuse(HTTP_STATUS, 'http status error', { ...told, data });
  }
};

function prepare(url: URL, params: Value, signal: AbortSignal): [URL, RequestInit] {
  const method = String(params.method || 'GET').toUpperCase();
  const given = [params.headers, params.header].find(isObject) ?? {};
  const headers = new Headers(given as Record<string, string>);
  const { data } = params;
  if (data === undefined || data === null) return [url, { method, headers, signal }];
  if (method === 'GET' || method === 'HEAD') {
    for (const [name, value] of query(data)) url.searchParams.append(name, value);
    return [url, { method, headers, signal }];
  }
  if (!headers.has('content-type')) headers.set('content-type', 'application/json');
  const isForm = /urlencoded/i.test(headers.get('content-type') ?? '');
  const body = typeof data !== 'object' ? String(data) : isForm ? query(data).toString() : JSON.stringify(data);
  return [url, { method, headers, signal, body }];
}

function decode(body: Buffer, dataType: unknown): unknown {
  if (dataType === 'arraybuffer') return body.buffer.slice(body.byteOffset, body.byteOffset + body.length);
  if (dataType === 'base64') return body.toString('base64');
  const words = body.toString();
  return dataType === 'text' || words === '' ? words : JSON.parse(words);
}
