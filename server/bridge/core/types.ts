/** A failed call passes this to `fail`, or rejects its promise with it. It is a plain object, not an Error. */
export interface Failure {
  /**
   * 1 no such call here · 2 invalid parameters · 3 unknown error · 4 not permitted, or a screen is needed that cannot show ·
   * 10 empty authCode, network timeout, or the wallet cannot be reached · 11 the user refused · 1001 the user cancelled ·
   * 1005 system error
   */
  error: number;
  errorMessage: string;
}

/** Called asynchronously: either `success` or `fail`, then `complete`. */
export interface Callbacks<Result, Failed = Failure> {
  success?: ((result: Result) => void) | undefined;
  fail?: ((failure: Failed) => void) | undefined;
  /** Another name for `fail`. If both are given, only `fail` is called. */
  failed?: ((failure: Failed) => void) | undefined;
  complete?: ((ended: Result | Failed) => void) | undefined;
}

export type WithCallback<Result, Failed> = Callbacks<Result, Failed> &
  (
    | { success: (result: Result) => void }
    | { fail: (failure: Failed) => void }
    | { failed: (failure: Failed) => void }
    | { complete: (ended: Result | Failed) => void }
  );

/** A JSAPI. With any callback it returns nothing, without one a promise. */
export interface JsapiCall<Params, Result, Failed = Failure> {
  (options: Params & WithCallback<Result, Failed>): void;
  // biome-ignore lint/complexity/noBannedTypes: tests whether all parameters are optional
  (...options: {} extends Params ? [options?: Params] : [options: Params]): Promise<Result>;
}

export type None = Record<never, never>;

/** The reason why each scope was not granted: `10001` refused, `40006` unknown or not registered for the merchant. */
export type ScopeErrors = Record<string, string>;

export interface AuthCode {
  /** Works once. The merchant's server exchanges it by `applyToken`. */
  authCode: string;
  authSuccessScopes: string[];
  authErrorScopes: ScopeErrors;
}

export interface AuthCodeFailure extends Failure {
  /** Missing if the wallet was not reached. */
  authErrorScopes?: ScopeErrors;
}

export interface TradePayResult {
  /** 9000 paid · 8000 processing · 4000 failed · 6001 cancelled · 6002 network · 6004 unknown */
  resultCode: string;
  [field: string]: unknown;
}

export interface RequestOptions {
  /** In a page, a relative address starts from the page. */
  url: string;
  /** GET by default. */
  method?: string;
  headers?: Record<string, string>;
  /** The query of a GET, or else the body: JSON, unless the Content-Type is application/x-www-form-urlencoded. */
  data?: unknown;
  /** `json` by default. */
  dataType?: 'json' | 'text' | 'base64' | 'arraybuffer';
  /** Milliseconds, 30,000 by default. */
  timeout?: number;
  /** In a page: send cookies to other origins too. */
  enableCookie?: boolean;
}

export interface RequestResult {
  data: unknown;
  status: number;
  headers: Record<string, string>;
}

/** `error`: 2 invalid parameters · 9 aborted · 12 network · 13 timeout · 14 not JSON · 19 an HTTP error status. */
export interface RequestFailure extends Failure, Partial<RequestResult> {}

export interface RequestTask {
  /** Ends the request with error 9. */
  abort(): void;
}

export interface RequestCall {
  (options: RequestOptions & WithCallback<RequestResult, RequestFailure>): RequestTask;
  (options: RequestOptions): Promise<RequestResult> & RequestTask;
}

/** The result of a call that has nothing to tell. */
export interface Done {
  success: true;
}

export interface StorageInfo {
  keys: string[];
  /** Kilobytes. */
  currentSize: number;
  /** Kilobytes. */
  limitSize: number;
}

export interface SystemInfo {
  /** The wallet's name. */
  app: string;
  brand: string;
  model: string;
  platform: 'iOS' | 'Android';
  /** The version of the operating system. */
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

/** The calls that `my` has both in a page and in Node. */
export interface CommonMy {
  /**
   * Gets an authCode. The user is asked, unless the scopes are silent or granted before. Calls made at the same time are
   * answered one after another.
   * @example my.getAuthCode({ scopes: ['auth_user'], success: ({ authCode }) => login(authCode), fail: ({ error }) => … })
   */
  getAuthCode: JsapiCall<{ /** `auth_base` by default. */ scopes?: string | readonly string[] }, AuthCode, AuthCodeFailure>;
  /** In a page, the tester chooses on the sheet how it ends. In Node there is no sheet: error 4. */
  tradePay: JsapiCall<
    { paymentUrl?: string; tradeNO?: string; orderStr?: string },
    TradePayResult,
    Failure & Partial<TradePayResult>
  >;
  /** Any JSAPI by its name. `callback` gets the result or the failure; without any callback it returns a promise. */
  // biome-ignore lint/suspicious/noExplicitAny: each JSAPI has its own
  call(name: string, params: any, callback: (value: any) => void): void;
  // biome-ignore lint/suspicious/noExplicitAny: each JSAPI has its own
  call(name: string, callback: (value: any) => void): void;
  // biome-ignore lint/suspicious/noExplicitAny: each JSAPI has its own
  call<Params extends Record<string, any>>(name: string, params: Params & WithCallback<any, any>): void;
  // biome-ignore lint/suspicious/noExplicitAny: each JSAPI has its own
  call(name: string, params?: Record<string, any>): Promise<any>;

  /**
   * True if the call exists here. Of `name.part`, only the name counts. In Node, the wallet's own JSAPIs are not known before
   * they are called.
   */
  canIUse(name: string): boolean;
  readonly SDKVersion: string;
  /** The id that the script's URL or tag names, or that createMy was given. It is empty if neither names one. */
  getAppIdSync(): { appId: string };
  /** The browser, described as a phone. In Node, a phone that is always the same. */
  getSystemInfo: JsapiCall<None, SystemInfo>;
  getSystemInfoSync(): SystemInfo;

  /** A dialog in a page, a line on the console in Node. So are the toasts; `showLoading` does nothing in Node. */
  alert: JsapiCall<{ title?: string; content?: string; buttonText?: string }, Done>;
  /** `duration` in milliseconds, 2,000 by default. In a page, the call succeeds when the toast has gone. */
  showToast: JsapiCall<{ content?: string; type?: 'none' | 'success' | 'fail' | 'exception'; duration?: number }, Done>;
  hideToast: JsapiCall<None, Done>;
  /** `delay` in milliseconds. */
  showLoading: JsapiCall<{ content?: string; delay?: number }, Done>;
  hideLoading: JsapiCall<None, Done>;

  /** Sends an HTTP request: in a page by the global `fetch`, in Node by node:http or the `fetch` that createMy was given. */
  request: RequestCall;
  httpRequest: RequestCall;

  /**
   * A page stores values in localStorage, separately for each mini program; without localStorage they last as long as the page. In
   * Node they last as long as this `my`.
   */
  setStorage: JsapiCall<{ key: string; data: unknown }, Done>;
  setStorageSync(options: { key: string; data: unknown }): Done | Failure;
  setStorageSync(key: string, data: unknown): Done | Failure;
  getStorage: JsapiCall<{ key: string }, { /** null if there is no such key. */ data: unknown }>;
  getStorageSync(options: { key: string } | string): { data: unknown };
  removeStorage: JsapiCall<{ key: string }, Done>;
  removeStorageSync(options: { key: string } | string): Done;
  clearStorage: JsapiCall<None, Done>;
  clearStorageSync(): Done;
  getStorageInfo: JsapiCall<None, StorageInfo>;
  getStorageInfoSync(): StorageInfo;
}
