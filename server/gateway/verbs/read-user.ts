import type { Verb } from './verb.js';

/** What the granted scopes let the server read of the user. */
export const readUser: Verb = async ({ tenant, caller, fields }) => {
  const read = await tenant.tokens.readUser(fields.accessToken as string, caller);
  return read.outcome === 'done' ? { ...read, answer: { user: read.user, userInfo: read.userInfo, grant: read.grant } } : read;
};
