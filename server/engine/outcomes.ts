/**
 * Every way in which an operation can end. A wallet profile gives each its wire code; nothing else in the engine or the gateway
 * knows what a wallet calls it.
 */
export const outcomeNames = [
  'done',
  'auth-code-unknown',
  'auth-code-used',
  'auth-code-expired',
  'refresh-token-unknown',
  'refresh-token-used',
  'refresh-token-expired',
  'access-token-unknown',
  'access-token-expired',
  'auth-client-mismatch',
  'app-unknown',
  'client-suspended',
  'grant-type-not-allowed',
  'access-denied',
  'parameter-illegal',
  'path-unknown',
  'method-not-supported',
  'media-type-not-acceptable',
  'client-unknown',
  'signature-invalid',
  'agent-token-unknown',
  'agent-token-expired',
  'traffic-exceeded',
  'process-failed',
  'exception-unknown',
] as const;

export type OutcomeName = (typeof outcomeNames)[number];
export type RefusalName = Exclude<OutcomeName, 'done'>;

/**
 * How an operation ended when it was not done.
 *
 * `message` goes out on the wire: what was wrong, where, what to do. `reason` is the journal's: the same at length, with times
 * and names; without it the message says all there is.
 */
export interface Refusal {
  outcome: RefusalName;
  message: string;
  reason?: string;
  /** The token was revoked: its outcome does not tell that apart from one that never was. */
  revoked?: true;
}

export type Done<Value> = { outcome: 'done'; reason?: string } & Value;
export type OperationResult<Value> = Done<Value> | Refusal;

/** @param message what was wrong, where, and what to do, in a sentence or two */
export function refuse(outcome: RefusalName, message: string, reason?: string): Refusal {
  return reason === undefined ? { outcome, message } : { outcome, message, reason };
}

/** A code or token as messages, journal and logs show it: enough to recognise it, not enough to use it. */
export function shorten(secret: string): string {
  return secret.length <= 12 ? `${secret.slice(0, 3)}…` : `${secret.slice(0, 6)}…${secret.slice(-4)}`;
}

/** Milliseconds since the epoch as messages write them: ISO 8601 in UTC, to the second. */
export function at(instant: number): string {
  return `${new Date(instant).toISOString().slice(0, 19)}Z`;
}
