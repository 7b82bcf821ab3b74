import { isCallName } from './call-names.js';
import type { Calls } from './calls.js';
import { reservedNames } from './reserved-names.js';

type Call = (given?: unknown) => unknown;

const returnsObject = /^create[A-Z]|^get\w*(Manager|Context|Query|Rect)$/;
const returnsTask = /^(uploadFile|downloadFile|connectSocket)$/;
const isListener = /^(on|off)[A-Z]/;

/** Stands for an object that an absent call would return. Everything read from it, or returned by it, is the object itself. */
const placeholder: Call = new Proxy((() => placeholder) as Call, {
  get(target, name) {
    if (name === Symbol.toPrimitive) return (hint: string) => (hint === 'string' ? '' : 0);
    return typeof name === 'symbol' || reservedNames.test(name) ? Reflect.get(target, name) : placeholder;
  },
  set: () => true,
});

/**
 * Adds a function for every name of a call that `known` lacks. The function fails with error 1, and never throws. Names of data are
 * undefined.
 */
export function withAbsentCalls<Known extends object>(known: Known, calls: Calls, prefix = ''): Known {
  const absent = new Map<string, unknown>();
  return new Proxy(known, {
    get(target, name) {
      const isNamespace = name === 'ap' && prefix === '';
      if (typeof name === 'symbol' || name in target || !(isNamespace || isCallName(name))) return Reflect.get(target, name);
      if (!absent.has(name)) absent.set(name, isNamespace ? withAbsentCalls({}, calls, 'ap.') : absentCall(calls, prefix + name));
      return absent.get(name);
    },
  });
}

function absentCall(calls: Calls, name: string): Call {
  return (given) => {
    if (isListener.test(name)) return void calls.missing(name);
    if (name.endsWith('Sync')) return calls.missing(name).result;
    const isTask = returnsTask.test(name);
    if (!isTask && !returnsObject.test(name)) return calls.call(name, given);
    const ended = calls.answer(name, given, undefined, Promise.resolve(calls.missing(name)));
    return isTask ? task(ended) : placeholder;
  };
}

/** A task that does nothing. Without a callback it is also the promise of the failure. */
function task(ended: Promise<unknown> | undefined): object {
  return new Proxy(ended ?? {}, {
    get(target, name) {
      const own = Reflect.get(target, name);
      if (typeof own === 'function') return own.bind(target);
      return typeof name === 'symbol' || reservedNames.test(name) ? own : placeholder;
    },
  });
}
