/** What a failed call gives to `fail`, or rejects its promise with: a plain object, not an Error. */
export interface Failure {
  /**
   * 2 invalid parameters · 3 unknown error · 4 no permission to call, no such call here, or, where no page is, a screen would be
   * needed · 10 empty authCode, network time-out, or the wallet was not reached · 11 the user refused · 1001 the user cancelled ·
   * 1005 system error
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

export type WithCallback<Result, Failed> = Callbacks<Result, Failed> &
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

export type None = Record<never, never>;

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

/** `error`: 9 aborted · 12 network · 13 time-out · 14 not JSON · 19 an HTTP status of failure. */
export interface RequestFailure extends Failure, Partial<RequestResult> {}

/** What storage answers where it did as it was told. */
export interface Done {
  success: true;
}
