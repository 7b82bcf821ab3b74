import type { Text } from '../texts/text.js';

/**
 * Every outcome of an operation. A wallet's profile maps each to a result code; the engine and the gateway only use these names.
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
 * The result of an operation that failed.
 *
 * `message` goes to the merchant: what is wrong, where, and what to do. `reason` is for the journal, with more times and names.
 * Without `reason`, the journal shows the message.
 */
export interface Refusal {
  outcome: RefusalName;
  message: Text;
  reason?: Text;
  /** The token was revoked. The outcome alone does not say so: it is the same for a token that never existed. */
  revoked?: true;
}

export type Done<Value> = { outcome: 'done'; reason?: Text | undefined } & Value;
export type OperationResult<Value> = Done<Value> | Refusal;

/** @param message what is wrong, where, and what to do, in a sentence or two */
export function refuse(outcome: RefusalName, message: Text, reason?: Text): Refusal {
  return reason === undefined ? { outcome, message } : { outcome, message, reason };
}

/**
 * Shortens a code or token for messages, journal and logs. The result can be recognized, but not used. Shortened again, it stays the
 * same.
 */
export function shorten(secret: string): string {
  if (secret.includes('…')) return secret;
  return secret.length <= 12 ? `${secret.slice(0, 3)}…` : `${secret.slice(0, 6)}…${secret.slice(-4)}`;
}

/** Formats milliseconds since the epoch for messages: ISO 8601 in UTC, to the second. */
export function at(instant: number): string {
  return `${new Date(instant).toISOString().slice(0, 19)}Z`;
}
