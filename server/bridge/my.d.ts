/** The browser's side of billetera: what `<script src="http://127.0.0.1:4010/my.js">` defines. */

import type {
  AuthCode,
  AuthCodeFailure,
  Done,
  Failure,
  JsapiCall,
  None,
  RequestFailure,
  RequestOptions,
  RequestResult,
  WithCallback,
} from 'billetera/my';

export type {
  AuthCode,
  AuthCodeFailure,
  Callbacks,
  Failure,
  JsapiCall,
  RequestOptions,
  RequestResult,
  ScopeErrors,
} from 'billetera/my';

export interface TradePayResult {
  /** 9000 paid · 8000 processing · 4000 failed · 6001 cancelled · 6002 network · 6004 unknown */
  resultCode: string;
  [field: string]: unknown;
}

export interface SystemInfo {
  /** The wallet's name. */
  app: string;
  brand: string;
  model: string;
  platform: 'iOS' | 'Android';
  /** The system's version. */
  system: string;
  /** The wallet's version. */
  version: string;
  language: string;
  pixelRatio: number;
  windowWidth: number;
  windowHeight: number;
  screenWidth: number;
  screenHeight: number;
  statusBarHeight: number;
  titleBarHeight: number;
  fontSizeSetting: number;
}

export interface RequestTask {
  abort(): void;
}

/** `enableCookie` sends the cookies of another origin too. */
type PageRequest = RequestOptions & { enableCookie?: boolean };

interface RequestCall {
  (options: PageRequest & WithCallback<RequestResult, RequestFailure>): RequestTask;
  (options: PageRequest): Promise<RequestResult> & RequestTask;
}

export interface StorageInfo {
  keys: string[];
  /** Kilobytes. */
  currentSize: number;
  /** Kilobytes. */
  limitSize: number;
}

/**
 * A name that is not here is a function too: it fails with error 4, and the console says so, once. So ask `canIUse`, not
 * whether it is there.
 */
export interface My {
  /**
   * Asks the user, where the scopes are not silent or consented to already, for an authCode. Calls made at once are
   * answered one after another.
   * @example my.getAuthCode({ scopes: ['auth_user'], success: ({ authCode }) => login(authCode), fail: ({ error }) => … })
   */
  getAuthCode: JsapiCall<{ /** `auth_base` by default. */ scopes?: string | readonly string[] }, AuthCode, AuthCodeFailure>;
  /** Ends as the tester chooses on the sheet. */
  tradePay: JsapiCall<
    { paymentUrl?: string; tradeNO?: string; orderStr?: string },
    TradePayResult,
    Failure & Partial<TradePayResult>
  >;
  /** The wallets' own JSAPIs; another one is called by `my.call`. */
  [name: `getUser${string}AuthCode`]: JsapiCall<
    { usage?: string; scopes?: string | readonly string[] },
    { resultCode: number | string; result?: string },
    { resultCode?: number | string } & Partial<Failure>
  >;
  /** Any JSAPI by its name. `callback` gets the value of either ending; with no callback at all, a promise. */
  // biome-ignore lint/suspicious/noExplicitAny: each JSAPI has its own
  call(name: string, params: any, callback: (value: any) => void): void;
  // biome-ignore lint/suspicious/noExplicitAny: each JSAPI has its own
  call(name: string, callback: (value: any) => void): void;
  // biome-ignore lint/suspicious/noExplicitAny: each JSAPI has its own
  call<Params extends Record<string, any>>(name: string, params: Params & WithCallback<any, any>): void;
  // biome-ignore lint/suspicious/noExplicitAny: each JSAPI has its own
  call(name: string, params?: Record<string, any>): Promise<any>;

  /** Whether there is such a call; of `name.part` the name is looked at. */
  canIUse(name: string): boolean;
  readonly SDKVersion: string;
  /** The id that the script's address or tag names; empty where neither does and the wallet goes by the page's origin. */
  getAppIdSync(): { appId: string };
  getSiteInfo: JsapiCall<None, { siteName: string }>;
  getRunScene: JsapiCall<None, { envVersion: string }>;
  getServerTime: JsapiCall<None, { /** Milliseconds since the epoch, by the machine's clock. */ time: number }>;
  getSystemInfo: JsapiCall<None, SystemInfo>;
  getSystemInfoSync(): SystemInfo;
  getEnv(callback: (env: { miniprogram: boolean }) => void): void;
  getEnv(): Promise<{ miniprogram: boolean }>;

  alert: JsapiCall<{ title?: string; content?: string; buttonText?: string }, None>;
  /** Escape is a no. */
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
    { /** -1: cancelled. */ index: number }
  >;
  /** `duration` in milliseconds, 2,000 by default; succeeds when the toast has gone. */
  showToast: JsapiCall<{ content?: string; type?: 'none' | 'success' | 'fail' | 'exception'; duration?: number }, None>;
  hideToast: JsapiCall<None, None>;
  /** `delay` in milliseconds. */
  showLoading: JsapiCall<{ content?: string; delay?: number }, None>;
  hideLoading: JsapiCall<None, None>;
  setNavigationBar: JsapiCall<{ title?: string }, None>;
  pageScrollTo: JsapiCall<{ scrollTop: number }, None>;
  hideKeyboard: JsapiCall<None, None>;

  /** By the page's own `fetch`. */
  request: RequestCall;
  httpRequest: RequestCall;

  /** Kept in localStorage, apart for each mini program; in a page that has none, as long as the page lives. */
  setStorage: JsapiCall<{ key: string; data: unknown }, Done>;
  setStorageSync(options: { key: string; data: unknown }): Done | Failure;
  setStorageSync(key: string, data: unknown): Done | Failure;
  getStorage: JsapiCall<{ key: string }, { /** null where there is none. */ data: unknown }>;
  getStorageSync(options: { key: string } | string): { data: unknown };
  removeStorage: JsapiCall<{ key: string }, Done>;
  removeStorageSync(options: { key: string } | string): Done;
  clearStorage: JsapiCall<None, Done>;
  clearStorageSync(): Done;
  getStorageInfo: JsapiCall<None, StorageInfo>;
  getStorageInfoSync(): StorageInfo;

  setClipboard: JsapiCall<{ text: string }, Done>;
  getClipboard: JsapiCall<None, { text: string }>;
  getNetworkType: JsapiCall<None, { networkType: 'WIFI' | 'NOTREACHABLE'; networkAvailable: boolean }>;
  /** By the browser's geolocation; 11 not permitted, 13 failed, 14 time-out (`timeout` in milliseconds). */
  getLocation: JsapiCall<{ timeout?: number }, { latitude: string; longitude: string; accuracy: string }>;
  makePhoneCall: JsapiCall<{ number: string }, None>;
  vibrate: JsapiCall<None, None>;
  vibrateShort: JsapiCall<None, None>;
  vibrateLong: JsapiCall<None, None>;
}

/** The native bridge, under `my`. There as soon as the script has run; `AlipayJSBridgeReady` is fired on the document later. */
export interface AlipayBridge {
  startupParams: { appId: string; url: string; [name: string]: unknown };
  // biome-ignore lint/suspicious/noExplicitAny: each JSAPI has its own
  call(name: string, callback: (value: any) => void): void;
  /**
   * Any JSAPI by its name. `callback` gets the value of either ending, a failure's with `error`; `success`, `fail` and
   * `complete` in `params` are called as well.
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
