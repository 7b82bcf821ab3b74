import { withAbsentCalls } from './absent-calls.js';
import { succeed } from './call-result.js';
import { type CallOptions, Calls } from './calls.js';
import { type KeyValueStore, storageCalls, syncForms } from './storage.js';
import type { SystemInfo } from './types.js';

/** The parts of `my` that differ between a page and Node. Everything else is the same in both. */
export interface Platform extends CallOptions {
  /** The mini program's id, if it is known here. */
  appId: string | null | undefined;
  /** Describes the phone. */
  systemInfo(): SystemInfo;
  store: KeyValueStore;
  /** Further members of `my`. Accessors stay accessors. */
  more: object;
}

/** Builds `my` for a platform. @returns it, and its calls for another interface to them */
export function createMyFor(platform: Platform): { my: Record<string, unknown>; calls: Calls } {
  const storage = storageCalls(platform.store);
  const getSystemInfo = () => succeed({ ...platform.systemInfo() });
  const calls = new Calls({ ...platform, handlers: { ...storage, getSystemInfo, ...platform.handlers } });
  const my: Record<string, unknown> = { SDKVersion: '2.0.0', ...syncForms(storage), getSystemInfoSync: platform.systemInfo };
  for (const name of calls.names) my[name] = (options?: unknown) => calls.call(name, options);
  my.request = my.httpRequest = (options?: unknown) => calls.request(options);
  my.call = (name: string, params?: unknown, callback?: unknown) =>
    typeof params === 'function' ? calls.call(name, undefined, params) : calls.call(name, params, callback);
  my.getAppIdSync = () => ({ appId: platform.appId ?? '' });
  Object.defineProperties(my, Object.getOwnPropertyDescriptors(platform.more));
  my.canIUse = (name: unknown) => Object.keys(my).includes(String(name).split('.')[0] ?? '');
  return { my: withAbsentCalls(my, calls), calls };
}
