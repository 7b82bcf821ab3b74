/** The globals that `<script src="http://127.0.0.1:4010/my.js">` defines in a page. */

import type { CommonMy, Done, Failure, JsapiCall, None } from 'billetera/my';

export type {
  AuthCode,
  AuthCodeFailure,
  Callbacks,
  Failure,
  JsapiCall,
  RequestOptions,
  RequestResult,
  RequestTask,
  ScopeErrors,
  StorageInfo,
  SystemInfo,
  TradePayResult,
} from 'billetera/my';

/**
 * Every other name of a call, such as `chooseImage`, is a function too: it fails with error 1, and the console shows it once. So use
 * `canIUse` to find out whether a call exists. Other names, such as `isIDE`, are undefined.
 */
export interface My extends CommonMy {
  /** The wallets' own JSAPIs. Others can be called by `my.call`. */
  [name: `getUser${string}AuthCode`]: JsapiCall<
    { usage?: string; scopes?: string | readonly string[] },
    { resultCode: number | string; result?: string },
    { resultCode?: number | string } & Partial<Failure>
  >;

  /**
   * Sends a message to the native code of the mini program whose web-view the page is in. Both name the same session: the page by
   * `data-session` on the script's tag or `?session=` in its URL, the native code by `createMy({ session })`.
   */
  postMessage(message: unknown): void;
  /** Set it to get the messages of the native code. Messages that came before are not lost. */
  // biome-ignore lint/suspicious/noExplicitAny: the two halves agree on it
  onMessage: ((message: any) => void) | undefined;

  getSiteInfo: JsapiCall<None, { siteName: string }>;
  getRunScene: JsapiCall<None, { envVersion: string }>;
  getServerTime: JsapiCall<None, { /** Milliseconds since the epoch, by the machine's clock. */ time: number }>;
  getEnv(callback: (env: { miniprogram: boolean }) => void): void;
  getEnv(): Promise<{ miniprogram: boolean }>;

  /** Escape counts as cancel. */
  confirm: JsapiCall<
    { title?: string; content?: string; confirmButtonText?: string; cancelButtonText?: string },
    { confirm: boolean }
  >;
  prompt: JsapiCall<
    { title?: string; message?: string; placeholder?: string; okButtonText?: string; cancelButtonText?: string },
    { ok: boolean; inputValue?: string }
  >;
  showActionSheet: JsapiCall<
    { title?: string; items: readonly string[]; cancelButtonText?: string },
    { /** -1 if the user cancelled. */ index: number; success: true }
  >;
  setNavigationBar: JsapiCall<{ title?: string }, Done>;
  pageScrollTo: JsapiCall<{ scrollTop: number }, Done>;
  hideKeyboard: JsapiCall<None, Done>;

  setClipboard: JsapiCall<{ text: string }, Done>;
  getClipboard: JsapiCall<None, { text: string }>;
  getNetworkType: JsapiCall<None, { networkType: 'WIFI' | 'NOTREACHABLE'; networkAvailable: boolean }>;
  /** Uses the browser's geolocation. Errors: 11 not permitted, 13 failed, 14 timeout (`timeout` in milliseconds). */
  getLocation: JsapiCall<{ timeout?: number }, { latitude: string; longitude: string; accuracy: string }>;
  makePhoneCall: JsapiCall<{ number: string }, Done>;
  vibrate: JsapiCall<None, Done>;
  vibrateShort: JsapiCall<None, Done>;
  vibrateLong: JsapiCall<None, Done>;
}

/** The native bridge that `my` is built on. It exists as soon as the script has run; `AlipayJSBridgeReady` is fired later. */
export interface AlipayBridge {
  startupParams: { appId: string; url: string; [name: string]: unknown };
  // biome-ignore lint/suspicious/noExplicitAny: each JSAPI has its own
  call(name: string, callback: (value: any) => void): void;
  /**
   * Any JSAPI by its name. `callback` gets the result, or the failure with its `error`. `success`, `fail` and `complete` in
   * `params` are called as well.
   * @example AlipayJSBridge.call('getAuthCode', { scopeNicks: ['auth_user'] }, ({ authCode, error }) => …)
   */
  // biome-ignore lint/suspicious/noExplicitAny: each JSAPI has its own
  call(name: string, params?: any, callback?: (value: any) => void): void;
  on(type: string, listener: (event: Event) => void): void;
  off(type: string, listener: (event: Event) => void): void;
  /** Fires an event on the document, with `data` as a property. */
  trigger(type: string, data?: unknown): void;
}

declare global {
  const my: My;
  const AlipayJSBridge: AlipayBridge;
  interface Window {
    my: My;
    AlipayJSBridge: AlipayBridge;
  }
  interface DocumentEventMap {
    AlipayJSBridgeReady: Event;
  }
}
