import { deliver } from '../../bridge/core/callbacks.js';
import { notACall } from '../../bridge/core/not-a-call.js';
import {
  type Handler,
  ILLEGAL,
  isObject,
  NOT_PERMITTED,
  type Outcome,
  refuse,
  succeed,
  UNKNOWN,
  type Value,
} from '../../bridge/core/outcome.js';
import { askWallet } from './ask-wallet.js';
import { request } from './request.js';
import { createStorage, inSync } from './storage.js';
import type { My } from './types.js';

export type * from '../../bridge/core/types.js';
export type { My } from './types.js';

export interface MyOptions {
  /** The wallet's address, with a possible `/t/<tenant>` behind. */
  url: string;
  /** The mini program's id; without it, the wallet's first. */
  appId?: string;
  /** Whose page it would be: for an app with `callbackOrigins`. */
  origin?: string;
}

/**
 * A mini program's `my` for Node and simulators: a native mini program's code, which cannot load a script, gets its authCodes over HTTP.
 * @example globalThis.my = createMy({ url: 'http://127.0.0.1:4010', appId: '3333010071465913000' });
 * @throws Error for an url that is no address
 */
export function createMy({ url, appId, origin }: MyOptions): My {
  if (!URL.canParse(url)) throw new Error(`url: expected the wallet's address, such as http://127.0.0.1:4010, got ${url}`);
  const wallet = { url: url.replace(/\/+$/, ''), appId, origin };
  const storage = createStorage();
  const handlers: Record<string, Handler> = { ...storage, ...spoken, request, httpRequest: request };

  let last: Promise<unknown> = Promise.resolve();
  /** As on a phone: one question to the wallet after another. */
  const inTurn = (name: string, params: Value) => {
    const mine = last.then(() => askWallet(wallet, name, params));
    last = mine;
    return mine;
  };
  const perform = (name: string, given: unknown): Promise<Outcome> => {
    const params = given === undefined || given === null || typeof given === 'function' ? {} : given;
    if (!isObject(params)) return Promise.resolve(refuse(ILLEGAL, `${name} takes an object of parameters`));
    const handler = Object.hasOwn(handlers, name) ? handlers[name] : undefined;
    if (handler === undefined) return inTurn(name, params);
    return new Promise<Outcome>((resolve) => resolve(handler(params))).catch((error) => refuse(UNKNOWN, String(error)));
  };
  const call = (name: string, given?: unknown, callback?: unknown): Promise<Value> | undefined => {
    const outcome = perform(name, given);
    if (deliver(given, callback, outcome)) return undefined;
    const promise = outcome.then(({ ok, result }) => {
      if (!ok) throw result;
      return result;
    });
    // Few await a toast: that there is none must not end the process as an unhandled rejection.
    if (name !== 'getAuthCode' && handlers[name] !== request) promise.catch(() => {});
    return promise;
  };

  const my: Record<string, unknown> = { SDKVersion: '2.0.0', ...inSync(storage) };
  for (const name of ['getAuthCode', ...Object.keys(handlers)]) my[name] = (options?: unknown) => call(name, options);
  my.call = (name: string, params?: unknown, callback?: unknown) =>
    typeof params === 'function' ? call(name, undefined, params) : call(name, params, callback);
  my.getAppIdSync = () => ({ appId: appId ?? '' });
  my.canIUse = (name: unknown) => Object.hasOwn(my, String(name).split('.')[0] ?? '');

  return new Proxy(my, {
    get(target, name) {
      if (typeof name === 'symbol' || name in target || notACall.test(name)) return Reflect.get(target, name);
      // The wallet knows its own JSAPIs, and refuses what it does not have; a value at once is nothing that it could give.
      if (/^(on|off)[A-Z]/.test(name)) return () => undefined;
      if (name.endsWith('Sync')) return () => refuse(NOT_PERMITTED, `${name} is not among the calls of billetera/my`).result;
      return (given?: unknown) => call(name, given);
    },
  }) as My;
}

const say: Handler = ({ title, content, message }) => {
  console.info(`[my] ${[title, content ?? message].filter((words) => words !== undefined).join(': ')}`);
  return succeed();
};
const nothing: Handler = () => succeed();

const spoken: Record<string, Handler> = {
  alert: say,
  showToast: say,
  hideToast: nothing,
  showLoading: nothing,
  hideLoading: nothing,
};
