export type Value = Record<string, unknown>;

/** The end of a call. The callbacks get `result`. */
export interface CallResult {
  ok: boolean;
  result: Value;
}

/** Answers a call without the wallet. If it throws, the call fails with error 3 (unknown error). */
export type Handler = (params: Value) => CallResult | Promise<CallResult>;

/** @param result default: `{ success: true }`, which the wallets return for a call without a result */
export function succeed(result: Value = { success: true }): CallResult {
  return { ok: true, result };
}

/** @param more further fields of the result */
export function fail(error: number, errorMessage: string, more?: Value): CallResult {
  return { ok: false, result: { error, errorMessage, ...more } };
}

export function isObject(value: unknown): value is Value {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A parameter as text. A missing one is the empty string. */
export function text(value: unknown): string {
  return value === undefined || value === null ? '' : String(value);
}

/** The message of a caught error. Node's fetch tells the reason in `cause`. */
export function reason(error: unknown): string {
  const { cause, message } = Object(error) as { cause?: { message?: string }; message?: string };
  return cause?.message || message || String(error);
}
