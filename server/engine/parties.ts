/** Lifetimes in milliseconds. */
export interface Lifetimes {
  authCode: number;
  accessToken: number;
  refreshToken: number;
}

/** What the engine knows of a merchant's client. */
export interface Client {
  clientId: string;
  status: 'ACTIVE' | 'SUSPENDED';
  grantTypes: readonly GrantType[];
  /** `*`: all that the wallet has. */
  scopes: '*' | readonly string[];
}

/** What the engine knows of a mini program. */
export interface App {
  appId: string;
  clientId: string;
  /** The wallet's own mini program: scopes that the profile says so are silent for it. */
  ownApp?: boolean;
}

/** What the engine knows of a user; what scopes read of them is the profile's to say. */
export interface User {
  userId: string;
}

export type GrantType = 'AUTHORIZATION_CODE' | 'REFRESH_TOKEN';
