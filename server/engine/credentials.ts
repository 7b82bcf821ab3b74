import type { AccessToken, AuthCode, EngineStore, Grant, RefreshToken, TokenWithGrant } from './store.js';

/** A code or token that a caller sent, and what the store has for it: undefined if it does not exist. */
export interface Sent<Stored> {
  value: string;
  stored: Stored | undefined;
}

export type SentAuthCode = Sent<AuthCode>;
export type SentAccessToken = Sent<TokenWithGrant<AccessToken>>;
export type SentRefreshToken = Sent<TokenWithGrant<RefreshToken>>;

/** The codes and tokens of one call. */
export interface Credentials {
  authCode?: SentAuthCode;
  accessToken?: SentAccessToken;
  refreshToken?: SentRefreshToken;
}

/** Looks up the codes and tokens among a call's fields. A field that is not a text is left out. */
export async function findCredentials(
  store: EngineStore,
  { authCode, accessToken, refreshToken }: Readonly<Record<string, unknown>>,
): Promise<Credentials> {
  const credentials: Credentials = {};
  if (typeof authCode === 'string') credentials.authCode = { value: authCode, stored: await store.findAuthCode(authCode) };
  if (typeof accessToken === 'string')
    credentials.accessToken = { value: accessToken, stored: await store.findAccessToken(accessToken) };
  if (typeof refreshToken === 'string')
    credentials.refreshToken = { value: refreshToken, stored: await store.findRefreshToken(refreshToken) };
  return credentials;
}

/** The authorization that a call's code or token belongs to. */
export function authorizationOf({ authCode, accessToken, refreshToken }: Credentials): AuthCode | Grant | undefined {
  if (authCode !== undefined) return authCode.stored;
  return (accessToken ?? refreshToken)?.stored?.grant;
}
