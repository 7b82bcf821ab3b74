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

/** The request for `fetch`. */
export interface FetchOptions {
  method: string;
  headers: Record<string, string>;
  signal: AbortSignal;
  credentials: 'include' | 'same-origin';
  body?: string | ArrayBuffer | Blob | FormData;
}

/** The part of a response that my.request reads. */
export interface FetchedResponse {
  ok: boolean;
  status: number;
  headers: { forEach(visit: (value: string, name: string) => void): void };
  arrayBuffer(): Promise<ArrayBuffer>;
}

export type Fetch = (url: URL, options: FetchOptions) => Promise<FetchedResponse>;

export interface Http {
  fetch: Fetch;
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
function prepare(url: URL, params: Value, signal: AbortSignal): FetchOptions {
  const method = text(params.method || 'GET').toUpperCase();
  const given = [params.headers, params.header].find(isObject) ?? {};
  const headers = Object.fromEntries(Object.entries(given).map(([name, value]) => [name.toLowerCase(), text(value)]));
  const options: FetchOptions = { method, headers, signal, credentials: params.enableCookie ? 'include' : 'same-origin' };
  const { data } = params;
  if (data === undefined || data === null) return options;
  if (method === 'GET' || method === 'HEAD') {
    for (const [name, value] of query(data)) url.searchParams.append(name, value);
    return options;
  }
  headers['content-type'] ??= 'application/json';
  options.body = encode(data, /urlencoded/i.test(headers['content-type']));
  return options;
}

function encode(data: unknown, isForm: boolean): NonNullable<FetchOptions['body']> {
  if (typeof data !== 'object') return String(data);
  if (isForm && !Array.isArray(data)) return query(data).toString();
  // Checks the tag, not instanceof: in a simulator the object may come from another realm.
  if (/ (ArrayBuffer|Blob|File|FormData)\]$/.test(Object.prototype.toString.call(data))) return data as ArrayBuffer;
  return JSON.stringify(data);
}

function read({ ok, status, headers }: FetchedResponse, body: ArrayBuffer, dataType: unknown): CallResult {
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
