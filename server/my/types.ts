/** What a failed call gives to `fail`, or rejects its promise with: a plain object, not an Error. */
export interface Failure {
  /**
   * 2 invalid parameters · 3 unknown error · 4 no permission to call, no such call here, or a screen would be needed · 10 the wallet
   * was not reached · 11 the user refused · 1001 the user cancelled
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
export interface JsapiCall<Params, Result, Failed = Failure> {
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
}

export interface RequestResult {
  data: unknown;
  status: number;
  headers: Record<string, string>;
}

/** `error`: 12 network · 13 time-out · 14 not JSON · 19 an HTTP status of failure. */
export interface RequestFailure extends Failure, Partial<RequestResult> {}

interface Done {
  success: true;
}

/** The mini program's `my`, where no phone and no page is. A call that is not here is a function too: it fails with error 4. */
export interface My {
  /**
   * Asks for an authCode. Silent scopes are granted; for the others the user must be one who decides alone (`behaviour`), or the
   * setting `consent` says grant or deny: where a screen would be needed, it fails with error 4.
   */
  getAuthCode: JsapiCall<{ /** `auth_base` by default. */ scopes?: string | readonly string[] }, AuthCode, AuthCodeFailure>;
  /** Any JSAPI by its name. `callback` gets the value of either ending; with no callback at all, a promise. */
  // biome-ignore lint/suspicious/noExplicitAny: each JSAPI has its own
  call(name: string, params: any, callback: (value: any) => void): void;
  // biome-ignore lint/suspicious/noExplicitAny: each JSAPI has its own
  call(name: string, callback: (value: any) => void): void;
  // biome-ignore lint/suspicious/noExplicitAny: each JSAPI has its own
  call(name: string, params?: Record<string, any>): Promise<any>;
  /** Whether it is one of those that are answered here; the wallet may know more. */
  canIUse(name: string): boolean;
  readonly SDKVersion: string;
  getAppIdSync(): { appId: string };
  /** Says it on the console. */
  alert: JsapiCall<{ title?: string; content?: string; buttonText?: string }, None>;
  /** Says it on the console. */
  showToast: JsapiCall<{ content?: string; type?: string; duration?: number }, None>;
  hideToast: JsapiCall<None, None>;
  showLoading: JsapiCall<{ content?: string; delay?: number }, None>;
  hideLoading: JsapiCall<None, None>;
  /** By `fetch`. */
  request: JsapiCall<RequestOptions, RequestResult, RequestFailure>;
  httpRequest: JsapiCall<RequestOptions, RequestResult, RequestFailure>;
  /** Kept as long as this `my` is. */
  setStorage: JsapiCall<{ key: string; data: unknown }, Done>;
  setStorageSync(options: { key: string; data: unknown }): Done | Failure;
  getStorage: JsapiCall<{ key: string }, { /** null where there is none. */ data: unknown }>;
  getStorageSync(options: { key: string }): { data: unknown };
  removeStorage: JsapiCall<{ key: string }, Done>;
  removeStorageSync(options: { key: string }): Done;
  clearStorage: JsapiCall<None, Done>;
  clearStorageSync(): Done;
  // biome-ignore lint/suspicious/noExplicitAny: the wallet's own, and those that there are not
  [name: string]: any;
}
