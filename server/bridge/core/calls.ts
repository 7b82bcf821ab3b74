import { jsapiError } from '../../engine/jsapi-errors.js';
import { type CallResult, fail, type Handler, isObject, reason, type Value } from './call-result.js';
import { deliver } from './callbacks.js';
import { type Http, sendRequest } from './request.js';
import { createWalletCall, type WalletConnection } from './wallet.js';

/** The calls that every wallet answers. */
const walletCalls = ['getAuthCode', 'tradePay'];
const requestCalls = ['request', 'httpRequest'];

export interface CallOptions {
  /** The emulator's name, for messages. */
  name: string;
  /** Calls that are answered without the wallet. */
  handlers: Record<string, Handler>;
  /** The wallet's own JSAPIs. If they are not known here, the wallet is asked for each name without a handler. */
  jsapis?: readonly string[];
  http: Http;
  wallet: WalletConnection;
}

export interface Calls {
  /** The names of all calls that exist. */
  names: string[];
  /** Carries a call out. Never rejects. @param given the caller's options; a single function is a callback */
  perform(name: string, given: unknown): Promise<CallResult>;
  /**
   * Carries a call out as `my.<name>(options)` does: with a callback it returns nothing, without one a promise. A failure
   * rejects the promise with a plain object.
   */
  call(name: string, given: unknown, callback?: unknown): Promise<Value> | undefined;
  /** `my.request`. Its task can be aborted; without a callback, the task is also a promise. */
  request(given: unknown): (Promise<Value> | object) & { abort(): void };
  /** The result of a call that does not exist. The console shows each name once. */
  missing(name: string): CallResult;
  /** Hands a call's result to the callbacks, or to a promise. */
  answer(name: string, given: unknown, callback: unknown, ended: Promise<CallResult>): Promise<Value> | undefined;
}

export function createCalls({ name: emulator, handlers: given, jsapis, http, wallet }: CallOptions): Calls {
  const request: Handler = (params) => sendRequest(http, params, new AbortController());
  const handlers = new Map(Object.entries({ ...given, request, httpRequest: request }));
  const askWallet = createWalletCall(wallet);
  const warned = new Set<string>();

  /** A call with an address to authorize at belongs to the wallet, whatever its name. */
  const isWalletCall = (name: string, params: Value) =>
    walletCalls.includes(name) || jsapis?.includes(name) || typeof params.authUrl === 'string';

  const calls: Calls = {
    names: [...handlers.keys(), ...walletCalls, ...(jsapis ?? [])],

    perform(name, given) {
      const params = isObject(given) ? given : {};
      const handler = isWalletCall(name, params) ? undefined : handlers.get(name);
      const isKnown = handler || isWalletCall(name, params);
      if (!isKnown && jsapis) return Promise.resolve(calls.missing(name));
      if (isKnown && params !== given && given !== undefined && given !== null && typeof given !== 'function')
        return Promise.resolve(fail(jsapiError.invalidParameters, `${name} takes an object of parameters`));
      if (!handler) return askWallet(name, params);
      return new Promise<CallResult>((resolve) => resolve(handler(params))).catch((error) =>
        fail(jsapiError.unknown, reason(error)),
      );
    },

    call: (name, given, callback) => calls.answer(name, given, callback, calls.perform(name, given)),

    request(given) {
      const stop = new AbortController();
      const ended = sendRequest(http, isObject(given) ? given : {}, stop);
      const promise = calls.answer('request', given, undefined, ended);
      const abort = () => {
        // The caller wanted this failure, so it need not be handled.
        promise?.catch(() => {});
        stop.abort();
      };
      return Object.assign(promise ?? {}, { abort });
    },

    missing(name) {
      const message = `${name} is not among the calls that ${emulator} emulates`;
      if (!warned.has(name)) {
        warned.add(name);
        console.warn(`[billetera] ${message}`);
      }
      return fail(jsapiError.notPermitted, message);
    },

    answer(name, given, callback, ended) {
      if (deliver(given, callback, ended)) return undefined;
      const promise = ended.then(({ ok, result }) => {
        if (!ok) throw result;
        return result;
      });
      // Few mini programs await a toast. Its failure must not become an unhandled rejection, which ends a Node process.
      if (!requestCalls.includes(name) && !isWalletCall(name, isObject(given) ? given : {})) promise.catch(() => {});
      return promise;
    },
  };
  return calls;
}
