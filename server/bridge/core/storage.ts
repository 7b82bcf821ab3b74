import { jsapiError } from '../../engine/jsapi-errors.js';
import { type CallResult, fail, reason, succeed, type Value } from './call-result.js';

/** The backend of the storage calls. Its keys belong to one mini program. */
export interface KeyValueStore {
  keys(): string[];
  get(key: string): string | undefined;
  /** @throws if there is no room for the value */
  set(key: string, value: string): void;
  delete(key: string): void;
}

type StorageCall = (params: Value) => CallResult;

const sizeLimitKilobytes = 10_240;

/** A store that lives as long as the object. */
export function memoryStore(): KeyValueStore {
  const values = new Map<string, string>();
  return {
    keys: () => [...values.keys()],
    get: (key) => values.get(key),
    set: (key, value) => void values.set(key, value),
    delete: (key) => void values.delete(key),
  };
}

/** The storage calls of `my`. Values are stored as JSON, so the mini program never shares an object with the store. */
export function storageCalls(store: KeyValueStore): Record<string, StorageCall> {
  const withKey =
    (act: (key: string, params: Value) => CallResult): StorageCall =>
    (params) =>
      typeof params.key === 'string' ? act(params.key, params) : fail(jsapiError.invalidParameters, 'key: expected a string');
  return {
    setStorage: withKey((key, { data }) => {
      try {
        store.set(key, JSON.stringify(data ?? null));
        return succeed();
      } catch (error) {
        return fail(jsapiError.invalidParameters, `data of ${key} cannot be stored: ${reason(error)}`);
      }
    }),
    getStorage: withKey((key) => {
      const stored = store.get(key) ?? 'null';
      try {
        return succeed({ data: JSON.parse(stored), success: true });
      } catch {
        // The page wrote it into localStorage by itself.
        return succeed({ data: stored, success: true });
      }
    }),
    removeStorage: withKey((key) => {
      store.delete(key);
      return succeed();
    }),
    clearStorage: () => {
      for (const key of store.keys()) store.delete(key);
      return succeed();
    },
    getStorageInfo: () => {
      const keys = store.keys();
      const size = keys.reduce((sum, key) => sum + key.length + (store.get(key) ?? '').length, 0);
      return succeed({ keys, currentSize: Math.ceil(size / 1024), limitSize: sizeLimitKilobytes, success: true });
    },
  };
}

/** The forms that return at once: `setStorageSync({ key, data })` or `setStorageSync(key, data)`. */
export function syncForms(calls: Record<string, StorageCall>): Record<string, (given?: unknown, data?: unknown) => Value> {
  const forms: ReturnType<typeof syncForms> = {};
  for (const [name, call] of Object.entries(calls)) {
    forms[`${name}Sync`] = (given, data) =>
      call(typeof given === 'string' ? { key: given, data } : ((given ?? {}) as Value)).result;
  }
  return forms;
}
