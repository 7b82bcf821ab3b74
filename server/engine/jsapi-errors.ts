// This file has no imports: the browser's bridge is bundled with it.

/** The `error` of a JSAPI call that failed. */
export const jsapiError = {
  /** The wallet, or the emulator, has no such JSAPI. */
  absent: 1,
  invalidParameters: 2,
  unknown: 3,
  notPermitted: 4,
  /** No authCode, a network time-out, or the wallet could not be reached. */
  network: 10,
  /** The user refused everything. */
  refused: 11,
  /** Also an unknown error: the platform documents both this number and 3. */
  unknownOther: 1000,
  /** The user closed the screen. */
  cancelled: 1001,
  system: 1005,
} as const;

/** The `errorMessage` of a JSAPI error, unless a call has a better one. */
export function jsapiErrorText(error: number): string {
  // Inside the function, so that the bridge's bundle leaves the texts out.
  const texts: Readonly<Record<number, string>> = {
    [jsapiError.absent]: 'not implemented',
    [jsapiError.invalidParameters]: 'invalid parameters',
    [jsapiError.unknown]: 'unknown error',
    [jsapiError.notPermitted]: 'no permission to call',
    [jsapiError.network]: 'empty authCode or network time-out',
    [jsapiError.refused]: 'the user refused the authorization',
    [jsapiError.unknownOther]: 'unknown error',
    [jsapiError.cancelled]: 'the user cancelled the authorization',
    [jsapiError.system]: 'system error',
  };
  return texts[error] ?? 'unknown error';
}

/** The reason why one scope was not granted: its value in `authErrorScopes`. */
export const scopeError = {
  /** The user refused the scope. */
  refused: '10001',
  /** The wallet has no such scope, or the client is not registered for it. */
  unavailable: '40006',
} as const;
