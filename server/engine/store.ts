import type { FindingCode } from './finding-codes.js';
import type { Lifetimes } from './parties.js';

/** An authorization code and what it stands for. Times are milliseconds since the epoch. */
export interface AuthCode {
  /** The wallet that issued it. */
  wallet: string;
  authCode: string;
  /** The authorization that it belongs to. Absent only in data of earlier versions. */
  authorizationId?: string;
  clientId: string;
  /** Absent if the merchant's server prepared the authorization: the code then works for any mini program of the client. */
  appId?: string;
  userId: string;
  scopes: readonly string[];
  issuedAt: number;
  expiresAt: number;
  /** Lifetimes of the tokens that the code is exchanged for. */
  lifetimes?: Partial<Lifetimes>;
  /** Values from the merchant's server, if it prepared the authorization. */
  state?: string;
  notifyUrl?: string;
  secondaryMerchantId?: string;
  usedAt?: number;
}

/** An authorization with all its tokens: the pair from the exchange, and a pair from each refresh. All are revoked together. */
export interface Grant {
  /** The wallet that issued it. */
  wallet: string;
  grantId: string;
  /** The authorization that it belongs to. Absent only in data of earlier versions. */
  authorizationId?: string;
  clientId: string;
  appId?: string;
  userId: string;
  scopes: readonly string[];
  lifetimes?: Partial<Lifetimes>;
  /** The URL for notifications about this grant. Absent: the client's notifyUrl. */
  notifyUrl?: string;
  /** The id that the merchant's server gave for the merchant it acts for. It is not a client's id. */
  secondaryMerchantId?: string;
  startedAt: number;
  revokedAt?: number;
  /** The one who revoked it, for the journal: a client, the user, a tester. */
  revokedBy?: string;
}

export interface AccessToken {
  accessToken: string;
  grantId: string;
  /** The refresh token that was issued with it. */
  refreshToken: string;
  issuedAt: number;
  expiresAt: number;
}

export interface RefreshToken {
  refreshToken: string;
  grantId: string;
  accessToken: string;
  issuedAt: number;
  expiresAt: number;
  usedAt?: number;
}

export interface TokenPair {
  access: AccessToken;
  refresh: RefreshToken;
}

/** A token, and the grant that it belongs to. */
export interface TokenWithGrant<Token> {
  token: Token;
  grant: Grant;
}

/** The client that redeems a code or a refresh token, and the time (milliseconds since the epoch). */
export interface Redeemer {
  clientId: string;
  appId?: string;
  at: number;
}

/** The result of redeeming a code or a refresh token. If it failed, `credential` is the stored code or token. */
export type Redemption<Credential> =
  | { state: 'redeemed'; credential: Credential; grant: Grant }
  | { state: 'unknown' }
  | { state: 'other-client' | 'other-app' | 'used' | 'expired' | 'revoked'; credential: Credential };

/** The scopes that a user agreed to, for a mini program (or for a client, if the authorization had no mini program). */
export interface Consent {
  userId: string;
  clientId: string;
  appId?: string;
  /** Scope → when it was granted (milliseconds since the epoch). */
  scopes: Record<string, number>;
}

/** An authorization that waits for its user's decision. */
export interface Ticket {
  /** Unguessable: anyone who knows it may see the screen. */
  ticketId: string;
  /** The only screen that shows it. */
  screen: 'consent' | 'payment';
  /** The wallet whose screen it is. */
  wallet: string;
  /** The authorization that it belongs to. Absent for payments. */
  authorizationId?: string;
  /** The JSAPI that asked, or the operation that prepared it. */
  name: string;
  /** The operation with which the merchant's server prepared it. Absent if a mini program asked. */
  preparedBy?: string;
  clientId: string;
  appId?: string;
  scopes: readonly string[];
  /** The origin of the page that asked; only this origin gets the result. Absent if the screen is opened by its URL. */
  origin?: string;
  /** The origins of the pages around that page, which may frame the screen too. */
  ancestors: readonly string[];
  /** The contract that the user agrees to, in the merchant's words. */
  contract?: string;
  /** The purpose of the data, in the mini program's words. */
  purpose?: string;
  /** The screen redirects to this URL, with the `authCode` and the state. Absent: the screen shows the result. */
  redirectUrl?: string;
  state?: string;
  /** The URL for notifications about this authorization. Absent: the client's notifyUrl. */
  notifyUrl?: string;
  /** The id that the merchant's server gave for the merchant it acts for. It is not a client's id. */
  secondaryMerchantId?: string;
  /** Findings about the call that asked. */
  findings: readonly FindingCode[];
  /** The scenario that acted on the call, and the lifetimes that it sets. */
  scenario?: string;
  lifetimes?: Partial<Lifetimes>;
  /** The locale that the page's browser prefers. */
  lang?: string;
  issuedAt: number;
  expiresAt: number;
  answeredAt?: number;
}

/** The page that opens a prepared authorization through the bridge. */
export type TicketPage = Pick<Ticket, 'name' | 'ancestors' | 'findings'> & { origin: string };

/** Selects grants: all of a user, all of a client, or those of a user at a client. */
export type GrantOwner = { userId: string; clientId?: string } | { clientId: string; userId?: string };

/** The consents to withdraw: those to a mini program (or to a client without one); only one user's, if `userId` is given. */
export interface Withdrawal {
  userId?: string;
  appOrClientId: string;
}

/** A grant that was revoked, and its newest access token. */
export interface RevokedGrant {
  grant: Grant;
  accessToken: string;
}

/**
 * Stores the engine's state. Every method is one atomic step, so exactly one of any number of racing callers wins, also if several
 * processes share the store. A promise resolves when later calls see the change; answers wait until it is stored. Everything is looked
 * up by key.
 */
export interface EngineStore {
  saveAuthCode(code: AuthCode): Promise<void>;
  findAuthCode(authCode: string): Promise<AuthCode | undefined>;
  /** Checks the code's owner, use and expiry, marks it as used, and stores the grant with its first pair. */
  exchange(authCode: string, by: Redeemer, grant: Grant, pair: TokenPair): Promise<Redemption<AuthCode>>;

  savePair(grant: Grant, pair: TokenPair): Promise<void>;
  findAccessToken(accessToken: string): Promise<TokenWithGrant<AccessToken> | undefined>;
  findRefreshToken(refreshToken: string): Promise<TokenWithGrant<RefreshToken> | undefined>;
  /** Checks the token's owner, use, grant and expiry, marks it as used, and stores the next pair. Ends the old access token if asked to. */
  refresh(refreshToken: string, by: Redeemer, pair: TokenPair, endOldAccessToken: boolean): Promise<Redemption<RefreshToken>>;

  /** Revokes a grant. @returns false if it was revoked before, or does not exist */
  revokeGrant(grantId: string, at: number, by: string): Promise<boolean>;
  /** An owner's grants, live or ended. */
  grantsOf(owner: GrantOwner): Promise<Grant[]>;
  /** The newest pair of a grant. */
  latestPair(grantId: string): Promise<TokenPair | undefined>;
  /** Lets all tokens of these grants expire at an instant. @returns how many grants had a token that lived longer */
  expireGrants(grantIds: ReadonlySet<string>, at: number): Promise<number>;
  /** Lets one token expire at an instant. @returns false if it does not exist, or expired earlier */
  expireAccessToken(accessToken: string, at: number): Promise<boolean>;
  expireRefreshToken(refreshToken: string, at: number): Promise<boolean>;
  /**
   * Withdraws consents: deletes them, revokes their grants, and deletes the codes that are not exchanged yet. An exchange that races
   * with it either comes before, and its grant is revoked, or finds no code.
   * @returns the grants that were live
   */
  withdraw(of: Withdrawal, at: number, by: string): Promise<RevokedGrant[]>;
  /** Deletes all grants, codes and consents of an owner. */
  forgetOwner(owner: GrantOwner): Promise<void>;

  saveTicket(ticket: Ticket): Promise<void>;
  findTicket(ticketId: string): Promise<Ticket | undefined>;
  /** All tickets, answered or not. */
  tickets(): Promise<Ticket[]>;
  /**
   * Binds a prepared ticket to the page that opened it through the bridge.
   * @returns false if the ticket does not exist, or is bound to another origin
   */
  bindTicket(ticketId: string, page: TicketPage): Promise<boolean>;
  /** Marks a ticket as answered. Works once, and only before it expires. */
  redeemTicket(ticketId: string, at: number): Promise<'redeemed' | 'unknown' | 'used' | 'expired'>;

  findConsent(userId: string, appOrClientId: string): Promise<Consent | undefined>;
  /** Adds scopes to a consent. */
  rememberConsent(consent: Consent): Promise<void>;
  /** Forgets some scopes of a consent, or all of it. @returns false if nothing was remembered */
  forgetConsent(userId: string, appOrClientId: string, scopes?: readonly string[]): Promise<boolean>;
  consents(): Promise<Consent[]>;
}
