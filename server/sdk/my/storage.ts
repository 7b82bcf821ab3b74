import { ILLEGAL, type Outcome, refuse, succeed, type Value } from '../../bridge/core/outcome.js';

/** A mini program's storage, in memory. Values are copied, as through a disk. */
export function createStorage(): Record<string, (params: Value) => Outcome> {
  const values = new Map<string, string>();
  const keyed = ({ key }: Value, then: (key: string) => Outcome) =>
    typeof key === 'string' ? then(key) : refuse(ILLEGAL, 'key: a string is expected');
  return {
    setStorage: (params) =>
      keyed(params, (key) => {
        try {
          values.set(key, JSON.stringify(params.data ?? null));
        } catch (error) {
          return refuse(ILLEGAL, `data of ${key} cannot be kept: ${error}`);
        }
        return succeed({ success: true });
      }),
    getStorage: (params) => keyed(params, (key) => succeed({ data: JSON.parse(values.get(key) ?? 'null'), success: true })),
    removeStorage: (params) =>
      keyed(params, (key) => {
        values.delete(key);
        return succeed({ success: true });
      }),
    clearStorage: () => {
      values.clear();
      return succeed({ success: true });
    },
  };
}

/** The forms that answer at once: `({ key, data })` or `(key, data)`. */
export function inSync(storage: ReturnType<typeof createStorage>): Record<string, (given?: unknown, data?: unknown) => Value> {
  const forms = Object.entries(storage).map(([name, handler]) => {
    const form = (given?: unknown, data?: unknown) =>
      handler(typeof given === 'string' ? { key: given, data } : ((given ?? {}) as Value)).result;
    return [`${name}Sync`, form] as const;
  });
  return Object.fromEntries(forms);
}
