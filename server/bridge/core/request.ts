import { jsapiError } from '../../engine/jsapi-errors.js';
import { type CallResult, fail, isObject, reason, succeed, text, type Value } from './call-result.js';
import { query } from './query.js';
import { startTimer } from './timer.js';

const requestTimeoutMs = 30_000;

/** The error numbers of my.request; they differ from those of the other calls. */
const ABORTED = 9;
const UNREACHABLE = 12;
const TIMED_OUT = 13;
const NOT_JSON = 14;
const HTTP_STATUS = 19;

export interface Http {
  fetch: typeof fetch;
  /** The base of relative addresses. Without it, my.request takes absolute addresses only. */
  baseUrl?: () => string;
}

/** Sends one HTTP request for `my.request`. Never rejects. @param stop aborts it */
export async function sendRequest({ fetch, baseUrl }: Http, params: Value, stop: AbortController): Promise<CallResult> {
  let url: URL;
  try {
    url = new URL(params.url as string, baseUrl?.());
  } catch {
    return fail(jsapiError.invalidParameters, `url: expected an address, got ${params.url}`);
  }
  let isLate = false;
  const stopTimer = startTimer(Number(params.timeout) || requestTimeoutMs, () => {
    isLate = true;
    stop.abort();
  });
  const aborted = new Promise<never>((_resolve, reject) => {
    stop.signal.addEventListener('abort', () => reject(stop.signal.reason));
  });
  try {
    const exchange = async () => {
      const response = await fetch(url, prepare(url, params, stop.signal));
      return read(response, await response.arrayBuffer(), params.dataType);
    };
    return await Promise.race([exchange(), aborted]);
  } catch (error) {
    if (isLate) return fail(TIMED_OUT, 'request timed out');
    return stop.signal.aborted ? fail(ABORTED, 'request aborted') : fail(UNREACHABLE, `network error: ${reason(error)}`);
  } finally {
    stopTimer();
  }
}

/** Puts `data` into the URL of a GET or HEAD, or else into the body. */
function prepare(url: URL, params: Value, signal: AbortSignal): RequestInit {
  const method = text(params.method || 'GET').toUpperCase();
  const given = [params.headers, params.header].find(isObject) ?? {};
  const headers = new Headers(given as Record<string, string>);
  const init: RequestInit = { method, headers, credentials: params.enableCookie ? 'include' : 'same-origin' };
  if (isAccepted(signal)) init.signal = signal;
  const { data } = params;
  if (data === undefined || data === null) return init;
  if (method === 'GET' || method === 'HEAD') {
    for (const [name, value] of query(data)) url.searchParams.append(name, value);
    return init;
  }
  if (!headers.has('Content-Type')) headers.set('Content-Type', 'application/json');
  init.body = encode(data, /urlencoded/i.test(headers.get('Content-Type') ?? ''));
  return init;
}

/**
 * Whether fetch takes the signal. Under jsdom, AbortSignal is jsdom's, and Node's fetch refuses it. The call can be aborted all the
 * same; only the connection goes on.
 */
function isAccepted(signal: AbortSignal): boolean {
  try {
    return Boolean(new Request('http://localhost', { signal }));
  } catch {
    return false;
  }
}

function encode(data: unknown, isForm: boolean): NonNullable<RequestInit['body']> {
  if (typeof data !== 'object') return String(data);
  if (isForm && !Array.isArray(data)) return query(data).toString();
  // Checks the tag, not instanceof: in a simulator the object may come from another realm.
  if (/ (ArrayBuffer|Blob|File|FormData)\]$/.test(Object.prototype.toString.call(data))) return data as ArrayBuffer;
  return JSON.stringify(data);
}

function read({ ok, status, headers }: Response, body: ArrayBuffer, dataType: unknown): CallResult {
  const about: Value = { status, headers: {} };
  headers.forEach((value, name) => {
    (about.headers as Value)[name] = value;
  });
  try {
    const data = decode(body, dataType);
    return ok ? succeed({ ...about, data }) : fail(HTTP_STATUS, 'http status error', { ...about, data });
  } catch {
    const data = decode(body, 'text');
    return ok
      ? fail(NOT_JSON, 'the response is not JSON', { ...about, data })
      : fail(HTTP_STATUS, 'http status error', { ...about, data });
  }
}

/** @throws SyntaxError if the body should be JSON and is not */
function decode(body: ArrayBuffer, dataType: unknown): unknown {
  if (dataType === 'arraybuffer') return body;
  if (dataType === 'base64') return btoa(Array.from(new Uint8Array(body), (byte) => String.fromCharCode(byte)).join(''));
  const words = new TextDecoder().decode(body);
  return dataType === 'text' || !words ? words : JSON.parse(words);
}
