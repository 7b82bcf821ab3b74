import { appId, config } from './config.ts';
import { ILLEGAL, isObject, NETWORK, NOT_PERMITTED, type Outcome, refuse, UNKNOWN, type Value } from './core/outcome.ts';
import { hadGesture } from './gesture.ts';
import { showSheet } from './sheet.ts';
import { inTurn } from './turn.ts';

const TIMEOUT_MS = 30_000;

const queue = inTurn();
// The page may put a double in fetch's place later: the wallet is no part of what it tests.
const send = window.fetch.bind(window);

/** Whether the wallet's server answers this call; whatever it is called, an address to authorize at is the wallet's. */
export function isWalletCall(name: string, params: Value): boolean {
  return name === 'getAuthCode' || name === 'tradePay' || config.jsapis.includes(name) || typeof params.authUrl === 'string';
}

/** Asks the wallet, after the calls before this one have been answered. Never rejects. */
export function askWallet(name: string, params: Value): Promise<Outcome> {
  let body: string;
  try {
    body = JSON.stringify({
      name,
      params: name === 'getAuthCode' ? withScopes(params) : params,
      appId,
      gesture: hadGesture(),
      ancestors: ancestorOrigins(),
      lang: navigator.language,
      colorScheme: window.matchMedia?.('(prefers-color-scheme: dark)').matches ? 'dark' : 'light',
    });
  } catch (error) {
    return queue(async () => refuse(ILLEGAL, `the parameters of ${name} cannot be sent: ${reason(error)}`));
  }
  return queue(() => ask(name, body).catch((error: unknown) => refuse(UNKNOWN, reason(error))));
}

/** H5 libraries send `scopes` as `scopeNicks`. */
function withScopes({ scopes, scopeNicks, ...rest }: Value): Value {
  return { ...rest, scopes: scopes ?? scopeNicks ?? 'auth_base' };
}

async function ask(name: string, body: string): Promise<Outcome> {
  if (self.origin === 'null') {
    const place = location.protocol === 'file:' ? 'a page from file:' : 'a page in a sandboxed frame';
    return refuse(
      NOT_PERMITTED,
      `${place} has no origin to answer to: serve the page over http://localhost, outside of a sandbox`,
    );
  }
  const stop = new AbortController();
  const timer = setTimeout(() => stop.abort(), TIMEOUT_MS);
  let status: number;
  let answer: unknown;
  try {
    const response = await send(`${config.baseUrl}/wallet/jsapi`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body,
      credentials: 'omit',
      cache: 'no-store',
      signal: stop.signal,
    });
    status = response.status;
    answer = parse(await response.text());
  } catch (error) {
    const what = stop.signal.aborted
      ? `did not answer within ${TIMEOUT_MS / 1000} s`
      : `cannot be reached (${reason(error)}): is it running, and does the page's Content-Security-Policy allow it (connect-src)?`;
    // my.tradePay tells a lost network by its resultCode.
    const more = name === 'tradePay' ? { resultCode: '6002' } : {};
    return refuse(NETWORK, `${config.siteName} at ${config.baseUrl} ${what}`, more);
  } finally {
    clearTimeout(timer);
  }
  if (!isObject(answer)) return refuse(UNKNOWN, `the wallet answered HTTP ${status}, and not in JSON`);
  if (status !== 200)
    return refuse(UNKNOWN, typeof answer.message === 'string' ? answer.message : `the wallet answered HTTP ${status}`);
  if (typeof answer.sheet === 'string') return showSheet(answer.sheet, String(answer.id));
  return { ok: answer.ok === true, result: isObject(answer.result) ? answer.result : {} };
}

function parse(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}

/** The pages around this one, nearest first, as far as the browser tells. */
function ancestorOrigins(): string[] {
  // Not in Firefox.
  if (location.ancestorOrigins) return Array.from(location.ancestorOrigins);
  if (window.parent === window || !document.referrer) return [];
  return [new URL(document.referrer).origin];
}

function reason(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
