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
} from '../../bridge/core/types.js';

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
