import type { Duration, Lifetimes } from './records.js';

export interface AuthCodeRequest {
  clientId: string;
  /** One of the client's mini programs. Default: its first. */
  appId?: string;
  /** Default: the user who is logged in to the wallet. */
  userId?: string;
  /** A list of scopes, or a string with commas. */
  scopes: string | string[];
  lifetime?: Duration;
}

/** The result that the mini program would get. */
export interface AuthCode {
  /** Absent if nothing was granted. */
  authCode?: string;
  authSuccessScopes: string[];
  /** Scope → 10001 (refused) or 40006 (unknown, or not registered). */
  authErrorScopes: Record<string, string>;
  expiryTime?: string;
  /** Present if nothing was granted. */
  error?: number;
  errorMessage?: string;
}

export interface TokenRequest {
  clientId: string;
  /** One of the client's mini programs. Default: its first. */
  appId?: string;
  userId: string;
  /** Scopes of the wallet. The client need not be registered for them, and the user need not agree. */
  scopes: string[];
  lifetimes?: Lifetimes;
}

/** The tokens, as applyToken returns them. Times are ISO 8601. */
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
  /** The status of the access token. */
  status: 'ACTIVE' | 'EXPIRED' | 'REVOKED';
}

/** The facts about a code or token. Times are ISO 8601. */
export interface InspectedToken {
  kind: 'authCode' | 'accessToken' | 'refreshToken';
  /** True if it can be used now. */
  active: boolean;
  clientId: string;
  appId?: string;
  userId: string;
  scopes: string[];
  issuedAt: string;
  expiresAt: string;
  usedAt?: string;
  revokedAt?: string;
  authorizationId?: string;
}

/** One accessToken, or one refreshToken, or all tokens of a client, of a user, or of both. */
export interface WhichTokens {
  accessToken?: string;
  refreshToken?: string;
  clientId?: string;
  userId?: string;
}
