import type { Duration, Lifetimes } from './records.js';

export interface AuthCodeRequest {
  clientId: string;
  /** One of the client's mini programs; its first where left out. */
  appId?: string;
  /** Whoever is logged in to the wallet where left out. */
  userId?: string;
  /** A list of scopes, or one (or several, with commas) as a string. */
  scopes: string | string[];
  lifetime?: Duration;
}

/** What the mini program would get. */
export interface AuthCode {
  /** Left out where nothing was granted. */
  authCode?: string;
  authSuccessScopes: string[];
  /** Scope → 10001 (refused) or 40006 (unknown, or not registered). */
  authErrorScopes: Record<string, string>;
  expiryTime?: string;
  /** Where nothing was granted, as the mini program gets it. */
  error?: number;
  errorMessage?: string;
}

export interface TokenRequest {
  clientId: string;
  /** One of the client's mini programs; its first where left out. */
  appId?: string;
  userId: string;
  /** They need not be registered for the client, nor agreed to by the user; they must be the wallet's. */
  scopes: string[];
  lifetimes?: Lifetimes;
}

/** As applyToken answers. Times are ISO 8601. */
export interface IssuedTokens {
  accessToken: string;
  accessTokenExpiryTime: string;
  refreshToken: string;
  refreshTokenExpiryTime: string;
  /** The user's userId. */
  customerId: string;
}

/** The latest tokens of one authorization. */
export interface Token extends IssuedTokens {
  clientId: string;
  appId?: string;
  userId: string;
  scopes: string[];
  issuedAt: string;
  /** The access token's. */
  status: 'ACTIVE' | 'EXPIRED' | 'REVOKED';
}

/** An accessToken, or a refreshToken, or all of a client, a user, or the two together. */
export interface WhichTokens {
  accessToken?: string;
  refreshToken?: string;
  clientId?: string;
  userId?: string;
}
