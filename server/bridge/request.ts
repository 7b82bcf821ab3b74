import { answer } from './call.ts';
import { ILLEGAL, isObject, type Outcome, refuse, succeed, text, type Value } from './core/outcome.ts';
import { query } from './core/query.ts';

const ABORTED = 9;
const UNREACHABLE = 12;
const TIMED_OUT = 13;
const NOT_DECODED = 14;
const HTTP_STATUS = 19;

/** `my.request`: returns its task (a promise as well, where there is no callback), which `abort()` ends. */
export function request(given: unknown): (Promise<Value> | object) & { abort(): void } {
  const stop = new AbortController();
  const params = isObject(given) ? given : {};
  return Object.assign(answer(given, undefined, send(params, stop), 'request') ?? {}, { abort: () => stop.abort() });
}

/** An HTTP request by the page's own fetch, so that a test's doubles for it apply. `timeout` in milliseconds, 30,000 by default. */
export async function send(params: Value, stop = new AbortController()): Promise<Outcome> {
  if (typeof params.url !== 'string') return refuse(ILLEGAL, 'url: a string is expected');
  let late = false;
  const timer = setTimeout(() => {
    late = true;
    stop.abort();
  }, Number(params.timeout) || 30_000);
  try {
    const response = await fetch(...prepare(params.url, params, stop.signal));
    const headers: Value = {};
    response.headers.forEach((value, name) => {
      headers[name] = value;
    });
    const body = await response.arrayBuffer();
    const told = { status: response.status, headers };
    let data: unknown;
    try {
      data = await decode(body, params.dataType);
    } catch {
      data = new TextDecoder().decode(body);
      if (response.ok) return refuse(NOT_DECODED, 'the answer is not JSON', { ...told, data });
    }
    return response.ok ? succeed({ ...told, data }) : refuse(HTTP_STATUS, 'http status error', { ...told, data });
  } catch (error) {
    if (late) return refuse(TIMED_OUT, 'request timed out');
    return stop.signal.aborted ? refuse(ABORTED, 'request aborted') : refuse(UNREACHABLE, `network error: ${error}`);
  } finally {
    clearTimeout(timer);
  }
}

function prepare(address: string, params: Value, signal: AbortSignal): [URL, RequestInit] {
  const url = new URL(address, document.baseURI);
  const method = text(params.method || 'GET').toUpperCase();
  const given = isObject(params.headers) ? params.headers : isObject(params.header) ? params.header : {};
  const headers = new Headers(given as Record<string, string>);
  const { data } = params;
  const init: RequestInit = { method, headers, signal, credentials: params.enableCookie ? 'include' : 'same-origin' };
  if (data === undefined || data === null) return [url, init];
  if (method === 'GET' || method === 'HEAD') {
    for (const [name, value] of query(data)) url.searchParams.append(name, value);
    return [url, init];
  }
  if (!headers.has('Content-Type')) headers.set('Content-Type', 'application/json');
  if (!isObject(data) && !Array.isArray(data)) init.body = String(data);
  else if (/urlencoded/i.test(headers.get('Content-Type') ?? '')) init.body = query(data).toString();
  else if (data instanceof ArrayBuffer || data instanceof Blob || data instanceof FormData) init.body = data;
  else init.body = JSON.stringify(data);
  return [url, init];
}

async function decode(body: ArrayBuffer, dataType: unknown): Promise<unknown> {
  if (dataType === 'arraybuffer') return body;
  if (dataType === 'base64') return btoa(Array.from(new Uint8Array(body), (byte) => String.fromCharCode(byte)).join(''));
  const words = new TextDecoder().decode(body);
  return dataType === 'text' || !words ? words : JSON.parse(words);
}
