import { config } from './config.ts';
import { deliver } from './core/callbacks.ts';
import { type Handler, ILLEGAL, isObject, NOT_PERMITTED, type Outcome, refuse, UNKNOWN, type Value } from './core/outcome.ts';
import { askWallet, isWalletCall } from './wallet.ts';

const handlers = new Map<string, Handler>();
const warned = new Set<string>();

export function offer(named: Record<string, Handler>): void {
  for (const name of Object.keys(named)) handlers.set(name, named[name] as Handler);
}

export function offered(): string[] {
  return [...handlers.keys()];
}

/** Carries a call out. `given` are the caller's options; a lone function is a callback for either ending. */
export function perform(name: string, given: unknown): Promise<Outcome> {
  const params = isObject(given) ? given : {};
  const ofWallet = isWalletCall(name, params);
  const handler = handlers.get(name);
  if (!ofWallet && !handler) return Promise.resolve(missing(name));
  if (params !== given && given !== undefined && given !== null && typeof given !== 'function')
    return Promise.resolve(refuse(ILLEGAL, `${name} takes an object of parameters`));
  if (ofWallet || !handler) return askWallet(name, params);
  return new Promise<Outcome>((resolve) => resolve(handler(params))).catch((error) => refuse(UNKNOWN, String(error)));
}

/** The ending of a call that there is not; the console hears of each name once. */
export function missing(name: string): Outcome {
  const message = `${name} is not among the calls that ${config.siteName} emulates`;
  if (!warned.has(name)) {
    warned.add(name);
    console.warn(`[billetera] ${message}`);
  }
  return refuse(NOT_PERMITTED, message);
}

/**
 * `my.<name>(options)`: with a callback, it is called and nothing is returned; without one, a promise, which a failure
 * rejects with the plain object.
 */
export function call(name: string, given: unknown, callback?: unknown): Promise<Value> | undefined {
  return answer(given, callback, perform(name, given), name);
}

export function answer(given: unknown, callback: unknown, outcome: Promise<Outcome>, name: string): Promise<Value> | undefined {
  if (deliver(given, callback, outcome)) return undefined;
  const promise = outcome.then(({ ok, result }) => {
    if (!ok) throw result;
    return result;
  });
  // Few await a toast: that there is none is in the console, and no unhandled rejection.
  if (!isWalletCall(name, isObject(given) ? given : {})) promise.catch(() => {});
  return promise;
}
