import { perform } from './call.ts';
import { appId } from './config.ts';
import { deliver } from './core/callbacks.ts';
import type { Outcome, Value } from './core/outcome.ts';

/** What the native bridge calls otherwise than `my` does. */
const NAMES = new Map([
  ['toast', 'showToast'],
  ['httpRequest', 'request'],
  ['setTitle', 'setNavigationBar'],
]);

export function createBridge(): Window['AlipayJSBridge'] {
  return {
    startupParams: { appId: appId ?? '', url: location.href },
    call(name: string, params?: unknown, callback?: unknown) {
      const given = typeof params === 'function' ? undefined : params;
      const outcome = perform(NAMES.get(name) ?? name, given).then((ended) => inBridgeWords(name, ended));
      deliver(given, typeof params === 'function' ? params : callback, outcome);
    },
    on: (type, listener) => document.addEventListener(type, listener),
    off: (type, listener) => document.removeEventListener(type, listener),
    trigger: (type, data) => document.dispatchEvent(Object.assign(new Event(type), { data })),
  };
}

function inBridgeWords(name: string, { ok, result }: Outcome): Outcome {
  const more: Value = {};
  if (name === 'getAuthCode' && 'authCode' in result) more.authcode = result.authCode;
  if (name === 'confirm' && 'confirm' in result) more.ok = result.confirm;
  return { ok, result: { ...result, ...more } };
}

/** Tells the page that the bridge is there, when the page's own scripts have had the time to listen. */
export function announce(): void {
  const fire = () => setTimeout(() => document.dispatchEvent(new Event('AlipayJSBridgeReady')));
  const [navigation] = performance.getEntriesByType('navigation') as PerformanceNavigationTiming[];
  // Between two deferred scripts a document is interactive already.
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
