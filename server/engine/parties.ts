/** Lifetimes in milliseconds. */
export interface Lifetimes {
  authCode: number;
  accessToken: number;
  refreshToken: number;
}

/** A merchant's client, as the engine sees it. */
export interface Client {
  clientId: string;
  status: 'ACTIVE' | 'SUSPENDED';
  grantTypes: readonly GrantType[];
  /** `*` means all scopes of the wallet. */
  scopes: '*' | readonly string[];
}

/** A mini program, as the engine sees it. */
export interface App {
  appId: string;
  clientId: string;
  /** The wallet's own mini program, for which the profile makes some scopes silent. */
  ownApp?: boolean;
}

/** A user, as the engine sees it. The profile says which other fields the scopes read. */
export interface User {
  userId: string;
}

export type GrantType = 'AUTHORIZATION_CODE' | 'REFRESH_TOKEN';
