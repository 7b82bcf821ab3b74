import { withAbsentCalls } from './absent.ts';
import { call, offer, offered } from './call.ts';
import { appId, config } from './config.ts';
import { offerDevice, systemInfo } from './device.ts';
import { offerDialogs } from './dialogs.ts';
import { watchGestures } from './gesture.ts';
import { announce, createBridge } from './native-bridge.ts';
import { request, send } from './request.ts';
import { offerStorage } from './storage.ts';
import { offerToasts } from './toast.ts';

const MARK = Symbol.for('billetera.bridge');

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

  return withAbsentCalls(my) as unknown as Window['my'];
}

const marked = window as unknown as Record<symbol, unknown>;
if (!marked[MARK]) {
  Object.defineProperty(window, MARK, { value: true });
  watchGestures();
  window.my = createMy();
  window.AlipayJSBridge = createBridge();
  announce();
}
