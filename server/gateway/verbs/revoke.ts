import type { SentAccessToken } from '../../engine/credentials.js';
import type { Verb } from './verb.js';

/** Revokes the token's grant, and forgets the consent behind it. */
export const revoke: Verb = async ({ tenant, caller, credentials }) => {
  const revoked = await tenant.tokens.revoke(credentials.accessToken as SentAccessToken, caller);
  if (revoked.outcome !== 'done') return revoked;
  return { outcome: 'done', reason: revoked.reason, answer: { grant: revoked.grant } };
};
