import { call, missing } from './call.ts';
import { notACall } from './core/not-a-call.ts';

type Call = (given?: unknown) => unknown;

const GIVES_AN_OBJECT = /^create[A-Z]|^get\w*(Manager|Context|Query|Rect)$/;
const GIVES_A_TASK = /^(uploadFile|downloadFile|connectSocket)$/;

/** Stands in for an object of a call that there is not: all that is read from it or called on it is itself. */
const inert: Call = new Proxy((() => inert) as Call, {
  get(target, name) {
    if (name === Symbol.toPrimitive) return (hint: string) => (hint === 'string' ? '' : 0);
    return typeof name === 'symbol' || notACall.test(name) ? Reflect.get(target, name) : inert;
  },
  set: () => true,
});

/** `known`, with every other call on it failing as one that this wallet lacks, and the mini program going on. */
export function withAbsentCalls<Known extends object>(known: Known, prefix = ''): Known {
  const absent = new Map<string, unknown>();
  return new Proxy(known, {
    get(target, name) {
      if (typeof name === 'symbol' || name in target || notACall.test(name)) return Reflect.get(target, name);
      if (!absent.has(name)) absent.set(name, name === 'ap' ? withAbsentCalls({}, 'ap.') : absentCall(prefix + name));
      return absent.get(name);
    },
  });
}

function absentCall(name: string): Call {
  return (given) => {
    const isListener = /^(on|off)[A-Z]/.test(name);
    if (isListener || name.endsWith('Sync')) {
      const { result } = missing(name);
      return isListener ? undefined : result;
    }
    const ended = call(name, given);
    if (GIVES_AN_OBJECT.test(name)) return inert;
    return GIVES_A_TASK.test(name) ? task(ended) : ended;
  };
}

/** A promise as well, where there is no callback. */
function task(ended: Promise<unknown> | undefined): object {
  return new Proxy(ended ?? {}, {
    get(target, name) {
      const own = Reflect.get(target, name);
      if (typeof own === 'function') return own.bind(target);
      return typeof name === 'symbol' || notACall.test(name) ? own : inert;
    },
  });
}
