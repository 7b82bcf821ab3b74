import type { Then } from './schema.js';

/**
 * The kinds of calls, as far as scenarios treat them differently.
 * - `openapi`: a merchant's server calls.
 * - `authorization`: a mini program asks for an authorization, and the user would be asked.
 * - `silent-authorization`: a mini program asks for an authorization that needs no screen.
 * - `jsapi`: a mini program calls another JSAPI.
 * - `prepared-screen`: a user opens the screen of an authorization that the merchant's server prepared. A scenario can only decide.
 */
export type CallKind = 'openapi' | 'authorization' | 'silent-authorization' | 'jsapi' | 'prepared-screen';

export const callKinds: readonly CallKind[] = ['openapi', 'authorization', 'silent-authorization', 'jsapi', 'prepared-screen'];
const merchants: readonly CallKind[] = ['openapi'];

/** The kinds of calls that a part of a step can act on. A part that is not listed can act on all that the other parts can act on. */
const kindsByPart: { [Part in keyof Then]?: readonly CallKind[] } = {
  result: merchants,
  status: merchants,
  consent: ['authorization', 'prepared-screen'],
  denyScopes: ['authorization', 'prepared-screen'],
  error: ['authorization', 'silent-authorization', 'jsapi', 'prepared-screen'],
  lifetimes: ['openapi', 'authorization', 'silent-authorization'],
};
/** The parts that decide in the user's place. */
const decisions = ['consent', 'denyScopes', 'error'] as const;
const signatureFaults = new Set<Then['fault']>(['bad-signature', 'no-signature', 'stale-response-time']);

/** Returns the kinds of calls that a part of a step can act on. */
export function callKindsFor(part: keyof Then, then: Then): readonly CallKind[] {
  if (part === 'fault' && signatureFaults.has(then.fault)) return merchants;
  return kindsByPart[part] ?? callKinds.filter((kind) => kind !== 'prepared-screen' || (part !== 'fault' && decides(then)));
}

/**
 * Returns true if every part of a step has an effect on a kind of call. A merchant's server, for example, cannot be refused by a user.
 * A step may say how the calls of both end: `result` or `status` for a server, `error` for a mini program.
 */
export function canActOn(then: Then, kind: CallKind): boolean {
  const failsServer = then.result !== undefined || then.status !== undefined;
  const others: readonly (keyof Then)[] =
    failsServer && then.error !== undefined ? (kind === 'openapi' ? ['error'] : ['result', 'status', 'body']) : [];
  const parts = (Object.keys(then) as (keyof Then)[]).filter((part) => !others.includes(part));
  return parts.every((part) => callKindsFor(part, then).includes(kind));
}

function decides(then: Then): boolean {
  return decisions.some((part) => then[part] !== undefined);
}
