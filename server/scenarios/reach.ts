import type { Then } from './schema.js';

/**
 * Who calls: a merchant's server (`openapi`), or a mini program: for an authorization of which the user would be asked (`asked`), for
 * one that is silent (`silent`), or for something else (`jsapi`). Or nobody: a user has come to the screen of an authorization that the
 * server's side prepared (`prepared`), and all that a scenario can do there is to decide.
 */
export type CallKind = 'openapi' | 'asked' | 'silent' | 'jsapi' | 'prepared';

export const callKinds: readonly CallKind[] = ['openapi', 'asked', 'silent', 'jsapi', 'prepared'];
const merchants: readonly CallKind[] = ['openapi'];

/** Which calls each part of a step can act on; what is not here goes along with another part. */
const reaches: { [Part in keyof Then]?: readonly CallKind[] } = {
  result: merchants,
  status: merchants,
  consent: ['asked', 'prepared'],
  denyScopes: ['asked', 'prepared'],
  error: ['asked', 'silent', 'jsapi', 'prepared'],
  lifetimes: ['openapi', 'asked', 'silent'],
};
/** What decides in the user's place. */
const deciding = ['consent', 'denyScopes', 'error'] as const;
const signatureFaults = new Set<Then['fault']>(['bad-signature', 'no-signature', 'stale-response-time']);

/** Which calls a part of a step can act on. */
export function reachOf(part: keyof Then, then: Then): readonly CallKind[] {
  if (part === 'fault' && signatureFaults.has(then.fault)) return merchants;
  return reaches[part] ?? callKinds.filter((kind) => kind !== 'prepared' || (part !== 'fault' && decides(then)));
}

/** Whether a step can do all that it says to a call: a refusal by the user, say, means nothing to a merchant's server. */
export function canActOn(then: Then, kind: CallKind): boolean {
  return (Object.keys(then) as (keyof Then)[]).every((part) => reachOf(part, then).includes(kind));
}

function decides(then: Then): boolean {
  return deciding.some((part) => then[part] !== undefined);
}
