import { appId } from './config.ts';
import type { CallResult, Value } from './core/call-result.ts';
import { deliver } from './core/callbacks.ts';
import type { Calls } from './core/calls.ts';
import { startTimer } from './core/timer.ts';

/** The native bridge's names of calls that have another name in `my`. */
const namesInMy = new Map([
  ['toast', 'showToast'],
  ['setTitle', 'setNavigationBar'],
]);

export function createBridge(calls: Calls): Window['AlipayJSBridge'] {
  return {
    startupParams: { appId: appId ?? '', url: location.href },
    call(name: string, params?: unknown, callback?: unknown) {
      const given = typeof params === 'function' ? undefined : params;
      const ended = calls.perform(namesInMy.get(name) ?? name, given).then((result) => withBridgeFields(name, result));
      deliver(given, typeof params === 'function' ? params : callback, ended);
    },
    on: (type, listener) => document.addEventListener(type, listener),
    off: (type, listener) => document.removeEventListener(type, listener),
    trigger: (type, data) => document.dispatchEvent(Object.assign(new Event(type), { data })),
  };
}

/** Adds the fields that only the native bridge returns. */
function withBridgeFields(name: string, { ok, result }: CallResult): CallResult {
  const more: Value = {};
  if (name === 'getAuthCode' && 'authCode' in result) more.authcode = result.authCode;
  if (name === 'confirm' && 'confirm' in result) more.ok = result.confirm;
  return { ok, result: { ...result, ...more } };
}

/** Fires `AlipayJSBridgeReady` after the page's own scripts have had time to listen for it. */
export function announce(): void {
  const fire = () => startTimer(0, () => document.dispatchEvent(new Event('AlipayJSBridgeReady')));
  const [navigation] = performance.getEntriesByType('navigation') as PerformanceNavigationTiming[];
  // readyState does not tell whether the deferred scripts have run: it is `interactive` between two of them already.
  if (document.readyState === 'complete' || (navigation && navigation.domContentLoadedEventStart > 0)) {
    fire();
    return;
  }
  let fired = false;
  const once = () => {
    if (!fired) fire();
    fired = true;
  };
  document.addEventListener('DOMContentLoaded', once);
  window.addEventListener('load', once);
}
