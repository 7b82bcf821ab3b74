import { offer } from './call.ts';
import { appId } from './config.ts';
import { type Handler, ILLEGAL, type Outcome, refuse, succeed, type Value } from './core/outcome.ts';

/** Mini programs of one origin do not see each other's data. */
const PREFIX = `billetera:${appId ?? ''}:`;

/** Where the browser keeps none (a sandboxed frame), data lasts as long as the page. */
const values = new Map<string, string>();

function disk(): Storage | undefined {
  try {
    return window.localStorage;
  } catch {
    return undefined;
  }
}

function keys(): string[] {
  return [...Object.keys(disk() ?? {}), ...values.keys()]
    .filter((key) => key.startsWith(PREFIX))
    .map((key) => key.slice(PREFIX.length));
}

function remove(key: string): void {
  disk()?.removeItem(PREFIX + key);
  values.delete(PREFIX + key);
}

function keyed(params: Value, then: (key: string) => Outcome): Outcome {
  return typeof params.key === 'string' ? then(params.key) : refuse(ILLEGAL, 'key: a string is expected');
}

const setStorage = (params: Value): Outcome =>
  keyed(params, (key) => {
    try {
      const data = JSON.stringify(params.data ?? null);
      const place = disk();
      if (place) place.setItem(PREFIX + key, data);
      else values.set(PREFIX + key, data);
      return succeed({ success: true });
    } catch (error) {
      return refuse(ILLEGAL, `data of ${key} cannot be kept: ${error}`);
    }
  });

const getStorage = (params: Value): Outcome =>
  keyed(params, (key) => {
    const data = disk()?.getItem(PREFIX + key) ?? values.get(PREFIX + key);
    try {
      return succeed({ data: JSON.parse(data ?? 'null'), success: true });
    } catch {
      return succeed({ data, success: true });
    }
  });

const removeStorage = (params: Value): Outcome =>
  keyed(params, (key) => {
    remove(key);
    return succeed({ success: true });
  });

const clearStorage = (): Outcome => {
  for (const key of keys()) remove(key);
  return succeed({ success: true });
};

const getStorageInfo = (): Outcome => {
  const size = keys().reduce(
    (sum, key) => sum + key.length + (disk()?.getItem(PREFIX + key) ?? values.get(PREFIX + key) ?? '').length,
    0,
  );
  return succeed({ keys: keys(), currentSize: Math.ceil(size / 1024), limitSize: 10240, success: true });
};

const calls = { setStorage, getStorage, removeStorage, clearStorage, getStorageInfo };

/** Offers the storage calls, and returns their forms that answer at once: `({ key, data })` or `(key, data)`. */
export function offerStorage(): Record<string, unknown> {
  offer(calls);
  const sync: Record<string, unknown> = {};
  for (const [name, handler] of Object.entries<Handler>(calls)) {
    sync[`${name}Sync`] = (given?: unknown, data?: unknown) => {
      const params = typeof given === 'string' ? { key: given, data } : ((given ?? {}) as Value);
      return (handler(params) as Outcome).result;
    };
  }
  return sync;
}
