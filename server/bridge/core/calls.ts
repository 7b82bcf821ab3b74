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

/** The calls of `my`, by name. In its methods, `given` is what the caller passed: options, or a single callback. */
export class Calls {
  /** The names of all calls that exist. */
  readonly names: string[];
  private readonly options: CallOptions;
  private readonly handlers: Map<string, Handler>;
  private readonly askWallet: ReturnType<typeof createWalletCall>;
  private readonly warned = new Set<string>();

  constructor(options: CallOptions) {
    this.options = options;
    this.handlers = new Map(Object.entries(options.handlers));
    for (const name of requestCalls) this.handlers.set(name, (params) => this.send(params));
    this.askWallet = createWalletCall(options.wallet);
    this.names = [...this.handlers.keys(), ...walletCalls, ...(options.jsapis ?? [])];
  }

  /**
   * Carries a call out as `my.<name>(given)` does: with a callback it returns nothing, without one a promise. A failure rejects
   * the promise with a plain object.
   */
  call(name: string, given: unknown, callback?: unknown): Promise<Value> | undefined {
    return this.answer(name, given, callback, this.perform(name, given));
  }

  /** `my.request`. It returns a task that can be aborted. Without a callback, the task is also a promise. */
  request(given: unknown): (Promise<Value> | object) & { abort(): void } {
    const stop = new AbortController();
    const promise = this.answer('request', given, undefined, this.send(isObject(given) ? given : {}, stop));
    const abort = () => {
      // The caller wanted this failure, so it need not be handled.
      promise?.catch(() => {});
      stop.abort();
    };
    return Object.assign(promise ?? {}, { abort });
  }

  /** Carries a call out. Never rejects. */
  perform(name: string, given: unknown): Promise<CallResult> {
    const params = isObject(given) ? given : {};
    const isOfWallet = this.isWalletCall(name, params);
    const handler = isOfWallet ? undefined : this.handlers.get(name);
    const exists = isOfWallet || handler !== undefined;
    if (!exists && this.options.jsapis) return Promise.resolve(this.missing(name));
    if (exists && params !== given && !canBeLeftOut(given))
      return Promise.resolve(fail(jsapiError.invalidParameters, `${name} takes an object of parameters`));
    if (!handler) return this.askWallet(name, params);
    return new Promise<CallResult>((resolve) => resolve(handler(params))).catch((error) =>
      fail(jsapiError.unknown, reason(error)),
    );
  }

  /** Passes a call's result to the callbacks, or to the returned promise if there are none. */
  answer(name: string, given: unknown, callback: unknown, ended: Promise<CallResult>): Promise<Value> | undefined {
    if (deliver(given, callback, ended)) return undefined;
    const promise = ended.then(({ ok, result }) => {
      if (!ok) throw result;
      return result;
    });
    // Few mini programs await a toast. Its failure must not become an unhandled rejection, which ends a Node process.
    const mustBeHandled = requestCalls.includes(name) || this.isWalletCall(name, isObject(given) ? given : {});
    if (!mustBeHandled) promise.catch(() => {});
    return promise;
  }

  /** The result of a call that does not exist. The console shows each name once. */
  missing(name: string): CallResult {
    const message = `${name} is not among the calls that ${this.options.name} emulates`;
    if (!this.warned.has(name)) {
      this.warned.add(name);
      console.warn(`[billetera] ${message}`);
    }
    return fail(jsapiError.absent, message);
  }

  private send(params: Value, stop = new AbortController()): Promise<CallResult> {
    return sendRequest(this.options.http, params, stop);
  }

  /** A call with a URL to authorize at belongs to the wallet, whatever its name. */
  private isWalletCall(name: string, params: Value): boolean {
    return walletCalls.includes(name) || this.options.jsapis?.includes(name) === true || typeof params.authUrl === 'string';
  }
}

function canBeLeftOut(given: unknown): boolean {
  return given === undefined || given === null || typeof given === 'function';
}
