import type { SentAccessToken } from '../../engine/credentials.js';
import type { Verb } from './verb.js';

/** Reads the user's information that the granted scopes cover. */
export const readUser: Verb = async ({ tenant, caller, credentials }) => {
  const read = tenant.tokens.readUser(credentials.accessToken as SentAccessToken, caller);
  if (read.outcome !== 'done') return read;
  const { user, userInfo, grant, reason } = read;
  return { outcome: 'done', reason, answer: { user, userInfo, grant } };
};
