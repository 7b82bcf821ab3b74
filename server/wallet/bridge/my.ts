import { call, missing, offer, offered } from './call.ts';
import { appId, config } from './config.ts';
import { offerDevice, systemInfo } from './device.ts';
import { offerDialogs } from './dialogs.ts';
import { watchGestures } from './gesture.ts';
import { announce, createBridge } from './native-bridge.ts';
import { request, send } from './request.ts';
import { offerStorage } from './storage.ts';
import { offerToasts } from './toast.ts';

const MARK = Symbol.for('billetera.bridge');

/** What consoles, test runners and `await` look for on any object: a function in its place would mislead them. */
const NOT_A_CALL = /^(then|toJSON|nodeType|tagName|asymmetricMatch|inspect)$|^[^a-z]/;

function createMy(): Window['my'] {
  offerDialogs();
  offerToasts();
  offerDevice();
  offer({ request: (params) => send(params) });
  const my: Record<string, unknown> = { ...offerStorage() };
  for (const name of [...offered(), 'getAuthCode', 'tradePay', ...config.jsapis]) {
    my[name] = (options?: unknown) => call(name, options);
  }
  my.request = my.httpRequest = request;
  my.call = (name: string, params?: unknown, callback?: unknown) =>
    typeof params === 'function' ? call(name, undefined, params) : call(name, params, callback);
  my.SDKVersion = '2.0.0';
  my.getSystemInfoSync = systemInfo;
  my.getAppIdSync = () => ({ appId: appId ?? '' });
  my.canIUse = (name: unknown) => Object.keys(my).includes(String(name).split('.')[0] ?? '');

  const absent = new Map<string, unknown>();
  return new Proxy(my, {
    get(target, name) {
      if (typeof name === 'symbol' || name in target || NOT_A_CALL.test(name)) return Reflect.get(target, name);
      if (!absent.has(name)) absent.set(name, absentCall(name));
      return absent.get(name);
    },
  }) as unknown as Window['my'];
}

/** A call that this wallet lacks fails as such, and the mini program goes on. */
function absentCall(name: string): (given?: unknown) => unknown {
  return (given) => {
    const isListener = /^(on|off)[A-Z]/.test(name);
    if (!isListener && !name.endsWith('Sync')) return call(name, given);
    const { result } = missing(name);
    return isListener ? undefined : result;
  };
}

const marked = window as unknown as Record<symbol, unknown>;
if (!marked[MARK]) {
  Object.defineProperty(window, MARK, { value: true });
  watchGestures();
  window.my = createMy();
  window.AlipayJSBridge = createBridge();
  announce();
}
