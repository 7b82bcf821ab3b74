/** The browser's side of billetera: what `<script src="http://127.0.0.1:4010/my.js">` defines. */

/** What a failed call gives to `fail`, or rejects its promise with: a plain object, not an Error. */
export interface Failure {
  /**
   * 2 invalid parameters · 3 unknown error · 4 no permission to call, or no such call here · 10 empty authCode or network
   * time-out · 11 the user refused · 1001 the user cancelled · 1005 system error
   */
  error: number;
  errorMessage: string;
}

/** Called asynchronously: exactly one of `success` and `fail`, then `complete`. */
export interface Callbacks<Result, Failed = Failure> {
  success?: ((result: Result) => void) | undefined;
  fail?: ((failure: Failed) => void) | undefined;
  /** Another name for `fail`; where both are given, `fail` is called. */
  failed?: ((failure: Failed) => void) | undefined;
  complete?: ((ended: Result | Failed) => void) | undefined;
}

type WithCallback<Result, Failed> = Callbacks<Result, Failed> &
  (
    | { success: (result: Result) => void }
    | { fail: (failure: Failed) => void }
    | { failed: (failure: Failed) => void }
    | { complete: (ended: Result | Failed) => void }
  );

/** A JSAPI: with any callback it returns nothing, with none a promise. */
export interface Call<Params, Result, Failed = Failure> {
  (options: Params & WithCallback<Result, Failed>): void;
  // biome-ignore lint/complexity/noBannedTypes: asks whether every parameter is optional
  (...options: {} extends Params ? [options?: Params] : [options: Params]): Promise<Result>;
}

type None = Record<never, never>;

/** Why a scope was not granted, by scope: `10001` refused, `40006` not there or not registered for. */
export type ScopeErrors = Record<string, string>;

export interface AuthCode {
  /** Works once, on the merchant's server: `applyToken` exchanges it. */
  authCode: string;
  authSuccessScopes: string[];
  authErrorScopes: ScopeErrors;
}

export interface AuthCodeFailure extends Failure {
  /** Left out where the wallet was not reached. */
  authErrorScopes?: ScopeErrors;
}

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

export interface RequestOptions {
  url: string;
  /** GET by default. */
  method?: string;
  headers?: Record<string, string>;
  /** In the address of a GET; else the body, as JSON unless the Content-Type is application/x-www-form-urlencoded. */
  data?: unknown;
  /** `json` by default. */
  dataType?: 'json' | 'text' | 'base64' | 'arraybuffer';
  /** Milliseconds, 30,000 by default. */
  timeout?: number;
  /** Sends the cookies of another origin too. */
  enableCookie?: boolean;
}

export interface RequestResult {
  data: unknown;
  status: number;
  headers: Record<string, string>;
}

/** `error`: 9 aborted · 12 network · 13 time-out · 14 not JSON · 19 an HTTP status of failure. */
export interface RequestFailure extends Failure, Partial<RequestResult> {}

export interface RequestTask {
  abort(): void;
}

interface RequestCall {
  (options: RequestOptions & WithCallback<RequestResult, RequestFailure>): RequestTask;
  (options: RequestOptions): Promise<RequestResult> & RequestTask;
}

export interface StorageInfo {
  keys: string[];
  /** Kilobytes. */
  currentSize: number;
  /** Kilobytes. */
  limitSize: number;
}

interface Done {
  success: true;
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
  getAuthCode: Call<{ /** `auth_base` by default. */ scopes?: string | readonly string[] }, AuthCode, AuthCodeFailure>;
  /** Ends as the tester chooses on the sheet. */
  tradePay: Call<{ paymentUrl?: string; tradeNO?: string; orderStr?: string }, TradePayResult, Failure & Partial<TradePayResult>>;
  /** The wallets' own JSAPIs; another one is called by `my.call`. */
  [name: `getUser${string}AuthCode`]: Call<
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
  getSiteInfo: Call<None, { siteName: string }>;
  getRunScene: Call<None, { envVersion: string }>;
  getServerTime: Call<None, { /** Milliseconds since the epoch, by the machine's clock. */ time: number }>;
  getSystemInfo: Call<None, SystemInfo>;
  getSystemInfoSync(): SystemInfo;
  getEnv(callback: (env: { miniprogram: boolean }) => void): void;
  getEnv(): Promise<{ miniprogram: boolean }>;

  alert: Call<{ title?: string; content?: string; buttonText?: string }, None>;
  /** Escape is a no. */
  confirm: Call<
    { title?: string; content?: string; confirmButtonText?: string; cancelButtonText?: string },
    { confirm: boolean }
  >;
  prompt: Call<
    { title?: string; message?: string; placeholder?: string; okButtonText?: string; cancelButtonText?: string },
    { ok: boolean; inputValue?: string }
  >;
  showActionSheet: Call<
    { title?: string; items: readonly string[]; cancelButtonText?: string },
    { /** -1: cancelled. */ index: number }
  >;
  /** `duration` in milliseconds, 2,000 by default; succeeds when the toast has gone. */
  showToast: Call<{ content?: string; type?: 'none' | 'success' | 'fail' | 'exception'; duration?: number }, None>;
  hideToast: Call<None, None>;
  /** `delay` in milliseconds. */
  showLoading: Call<{ content?: string; delay?: number }, None>;
  hideLoading: Call<None, None>;
  setNavigationBar: Call<{ title?: string }, None>;
  pageScrollTo: Call<{ scrollTop: number }, None>;
  hideKeyboard: Call<None, None>;

  /** By the page's own `fetch`. */
  request: RequestCall;
  httpRequest: RequestCall;

  /** Kept in localStorage, apart for each mini program; in a page that has none, as long as the page lives. */
  setStorage: Call<{ key: string; data: unknown }, Done>;
  setStorageSync(options: { key: string; data: unknown }): Done | Failure;
  setStorageSync(key: string, data: unknown): Done | Failure;
  getStorage: Call<{ key: string }, { /** null where there is none. */ data: unknown }>;
  getStorageSync(options: { key: string } | string): { data: unknown };
  removeStorage: Call<{ key: string }, Done>;
  removeStorageSync(options: { key: string } | string): Done;
  clearStorage: Call<None, Done>;
  clearStorageSync(): Done;
  getStorageInfo: Call<None, StorageInfo>;
  getStorageInfoSync(): StorageInfo;

  setClipboard: Call<{ text: string }, Done>;
  getClipboard: Call<None, { text: string }>;
  getNetworkType: Call<None, { networkType: 'WIFI' | 'NOTREACHABLE'; networkAvailable: boolean }>;
  /** By the browser's geolocation; 11 not permitted, 13 failed, 14 time-out (`timeout` in milliseconds). */
  getLocation: Call<{ timeout?: number }, { latitude: string; longitude: string; accuracy: string }>;
  makePhoneCall: Call<{ number: string }, None>;
  vibrate: Call<None, None>;
  vibrateShort: Call<None, None>;
  vibrateLong: Call<None, None>;
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
