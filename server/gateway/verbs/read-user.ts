import type { SentAccessToken } from '../../engine/credentials.js';
import type { Verb } from './verb.js';

/** Reads the user's information that the granted scopes cover. */
export const readUser: Verb = async ({ tenant, caller, credentials }) => {
  const read = tenant.tokens.readUser(credentials.accessToken as SentAccessToken, caller);
  return read.outcome === 'done' ? { ...read, answer: { user: read.user, userInfo: read.userInfo, grant: read.grant } } : read;
};
