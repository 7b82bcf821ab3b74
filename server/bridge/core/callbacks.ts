import { isObject, type Outcome, type Value } from './outcome.js';

type Callback = (value: Value) => unknown;

/**
 * Calls the callbacks: success or fail, then complete, then a lone function for either ending. `failed` is another name for `fail`.
 * @returns whether there is any
 */
export function deliver(given: unknown, callback: unknown, outcome: Promise<Outcome>): boolean {
  const { success, complete, fail, failed } = isObject(given) ? given : {};
  const failure = isFunction(fail) ? fail : failed;
  const either = isFunction(callback) ? callback : given;
  outcome.then(({ ok, result }) => {
    for (const each of [ok ? success : failure, complete, either]) if (isFunction(each)) invoke(each, result);
  });
  return [success, failure, complete, either].some(isFunction);
}

function isFunction(value: unknown): value is Callback {
  return typeof value === 'function';
}

/** What a callback throws is the mini program's own error, and no other callback's. */
function invoke(callback: Callback, value: Value): void {
  try {
    callback(value);
  } catch (error) {
    setTimeout(() => {
      throw error;
    });
  }
}
