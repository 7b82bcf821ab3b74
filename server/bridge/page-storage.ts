import { appId } from './config.ts';
import { type KeyValueStore, memoryStore } from './core/storage.ts';

/** Keeps mini programs of one origin apart. */
const prefix = `billetera:${appId ?? ''}:`;

/** localStorage, or memory in a page that has none (a sandboxed frame). */
export function pageStore(): KeyValueStore {
  const storage = localStorageOfPage();
  if (!storage) return memoryStore();
  return {
    keys: () =>
      Object.keys(storage)
        .filter((key) => key.startsWith(prefix))
        .map((key) => key.slice(prefix.length)),
    get: (key) => storage.getItem(prefix + key) ?? undefined,
    set: (key, value) => storage.setItem(prefix + key, value),
    delete: (key) => storage.removeItem(prefix + key),
  };
}

function localStorageOfPage(): Storage | null {
  try {
    return window.localStorage;
  } catch {
    return null;
  }
}
