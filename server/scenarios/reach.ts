import type { Then } from './schema.js';

/**
 * Who calls: a merchant's server (`openapi`), or a mini program: for an authorization of which the user would be asked (`asked`), for
 * one that is silent (`silent`), or for something else (`jsapi`).
 */
export type CallKind = 'openapi' | 'asked' | 'silent' | 'jsapi';

const every: readonly CallKind[] = ['openapi', 'asked', 'silent', 'jsapi'];
const merchants: readonly CallKind[] = ['openapi'];

/** Which calls each part of a step can act on; what is not here goes along with another part. */
const reaches: { [Part in keyof Then]?: readonly CallKind[] } = {
  result: merchants,
  status: merchants,
  consent: ['asked'],
  denyScopes: ['asked'],
  error: ['asked', 'silent', 'jsapi'],
  lifetimes: ['openapi', 'asked', 'silent'],
};
const signatureFaults = new Set<Then['fault']>(['bad-signature', 'no-signature', 'stale-response-time']);

/** Which calls a part of a step can act on. */
export function reachOf(part: keyof Then, then: Then): readonly CallKind[] {
  return part === 'fault' && signatureFaults.has(then.fault) ? merchants : (reaches[part] ?? every);
}

/** Whether a step can do all that it says to a call: a refusal by the user, say, means nothing to a merchant's server. */
export function canActOn(then: Then, kind: CallKind): boolean {
  return (Object.keys(then) as (keyof Then)[]).every((part) => reachOf(part, then).includes(kind));
}
