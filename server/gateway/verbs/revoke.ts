import type { Verb } from './verb.js';

/** Ends the token's line, and forgets the consent behind it. */
export const revoke: Verb = async ({ tenant, caller, fields }) => {
  const revoked = await tenant.tokens.revoke(fields.accessToken as string, caller);
  return revoked.outcome === 'done' ? { ...revoked, answer: { grant: revoked.grant } } : revoked;
};
