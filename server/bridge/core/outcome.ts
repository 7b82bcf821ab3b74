export type Value = Record<string, unknown>;

/** How a call ended: `result` is what the callbacks get. */
export interface Outcome {
  ok: boolean;
  result: Value;
}

/** A call that is answered where it is made, without the wallet. What it throws is an unknown error (3). */
export type Handler = (params: Value) => Outcome | Promise<Outcome>;

export const ILLEGAL = 2;
export const UNKNOWN = 3;
export const NOT_PERMITTED = 4;
export const NETWORK = 10;
export const DENIED = 11;
export const CANCELLED = 1001;

export function succeed(result: Value = {}): Outcome {
  return { ok: true, result };
}

export function refuse(error: number, errorMessage: string, more?: Value): Outcome {
  return { ok: false, result: { error, errorMessage, ...more } };
}

export function isObject(value: unknown): value is Value {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function text(value: unknown): string {
  return value === undefined || value === null ? '' : String(value);
}
