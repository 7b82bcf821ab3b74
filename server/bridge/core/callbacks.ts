import { type CallResult, isObject, type Value } from './call-result.js';

type Callback = (value: Value) => unknown;

/**
 * Calls the callbacks when the call has ended: `success` or `fail`, then `complete`, then a single function given for both.
 * `failed` is another name for `fail`.
 * @returns whether there are any callbacks
 */
export function deliver(given: unknown, callback: unknown, ended: Promise<CallResult>): boolean {
  const { success, complete, fail, failed } = isObject(given) ? given : {};
  const failure = isFunction(fail) ? fail : failed;
  const both = isFunction(callback) ? callback : given;
  ended.then(({ ok, result }) => {
    for (const each of [ok ? success : failure, complete, both]) if (isFunction(each)) invoke(each, result);
  });
  return [success, failure, complete, both].some(isFunction);
}

function isFunction(value: unknown): value is Callback {
  return typeof value === 'function';
}

/** An error in one callback is reported as uncaught, and the other callbacks still run. */
function invoke(callback: Callback, value: Value): void {
  try {
    callback(value);
  } catch (error) {
    const { reportError } = globalThis as { reportError?: (error: unknown) => void };
    // Node has no reportError. There, a rejection that nobody handles is an uncaught error.
    if (reportError) reportError(error);
    else Promise.reject(error);
  }
}
