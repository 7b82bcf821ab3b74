import { config } from './config.ts';
import { ILLEGAL, isObject, NOT_PERMITTED, type Outcome, refuse, UNKNOWN, type Value } from './outcome.ts';
import { askWallet, isWalletCall } from './wallet.ts';

type Callback = (value: Value) => unknown;

/** A call that is answered in the page. What it throws is an unknown error (3). */
export type Handler = (params: Value) => Outcome | Promise<Outcome>;

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
  const params = given === undefined || given === null || typeof given === 'function' ? {} : given;
  if (!isObject(params)) return Promise.resolve(refuse(ILLEGAL, `${name} takes an object of parameters`));
  if (isWalletCall(name, params)) return askWallet(name, params);
  const handler = handlers.get(name);
  if (!handler) return Promise.resolve(missing(name));
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

/**
 * Calls the callbacks: success or fail, then complete, then the one for either ending. `failed` is another name for `fail`.
 * @returns whether there is any
 */
export function deliver(given: unknown, callback: unknown, outcome: Promise<Outcome>): boolean {
  const options = isObject(given) ? given : {};
  const failure = isFunction(options.fail) ? options.fail : options.failed;
  const either = isFunction(callback) ? callback : given;
  outcome.then(({ ok, result }) => {
    for (const each of [ok ? options.success : failure, options.complete, either]) if (isFunction(each)) invoke(each, result);
  });
  return [options.success, failure, options.complete, either].some(isFunction);
}

function isFunction(value: unknown): value is Callback {
  return typeof value === 'function';
}

/** What a callback throws is the page's own error, and no other callback's. */
function invoke(callback: Callback, value: Value): void {
  try {
    callback(value);
  } catch (error) {
    setTimeout(() => {
      throw error;
    });
  }
}
