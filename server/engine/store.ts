import type { FindingCode } from './finding-codes.js';
import type { Lifetimes } from './parties.js';

/** An authorization code and what it stands for. Times are milliseconds since the epoch. */
export interface AuthCode {
  /** The wallet that issued it. */
  wallet: string;
  authCode: string;
  clientId: string;
  /** Absent: bound to no mini program (an authorization that the server's side prepared). */
  appId?: string;
  userId: string;
  scopes: readonly string[];
  issuedAt: number;
  expiresAt: number;
  /** What was asked for with the code; tokens made from it live so long. */
  lifetimes?: Partial<Lifetimes>;
  /** What the server's side gave along when it started the authorization. */
  state?: string;
  notifyUrl?: string;
  usedAt?: number;
}

/** All tokens that come from one authorization: the first pair and every refresh of it. It is revoked as a whole. */
export interface Grant {
  /** The wallet that issued it. */
  wallet: string;
  grantId: string;
  clientId: string;
  appId?: string;
  userId: string;
  scopes: readonly string[];
  lifetimes?: Partial<Lifetimes>;
  /** Where the merchant wants to hear of it; absent: where the client says. */
  notifyUrl?: string;
  startedAt: number;
  revokedAt?: number;
  /** Who ended it, for the journal: a client, the user, a tester. */
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

/** The two tokens of an exchange, before it is known whether they will be kept. */
export interface TokenPair {
  access: AccessToken;
  refresh: RefreshToken;
}

/** Who takes a code or a refresh token, and when (milliseconds since the epoch). */
export interface Redeemer {
  clientId: string;
  appId?: string;
  at: number;
}

/** How a consuming step ended: who came first, or why it was refused, with what is known of the thing. */
export type Redemption<Credential> =
  | { state: 'redeemed'; credential: Credential; grant: Grant }
  | { state: 'unknown' }
  | { state: 'other-client' | 'other-app' | 'used' | 'expired' | 'revoked'; credential: Credential };

/** What a user has agreed to share with a mini program (or with a client, for an authorization without one). */
export interface Consent {
  userId: string;
  clientId: string;
  appId?: string;
  /** Scope → when it was granted (milliseconds since the epoch). */
  scopes: Record<string, number>;
}

/** An authorization that waits for its user's decision. */
export interface Ticket {
  /** Unguessable: who knows it may see the screen. */
  ticketId: string;
  /** The only screen that shows it. */
  screen: 'consent' | 'payment';
  /** The wallet whose screen it is. */
  wallet: string;
  /** By which JSAPI it came, or `prepare`. */
  name: string;
  /** The operation of the server's side that prepared it; absent where a mini program asked. */
  preparedBy?: string;
  clientId: string;
  appId?: string;
  scopes: readonly string[];
  /** The origin of the page that asked, and the only one that hears the result; absent where it came by an address, as a page. */
  origin?: string;
  /** The origins around that page that may frame the screen too. */
  ancestors: readonly string[];
  /** What the user agrees to with AGREEMENT_PAY, in the merchant's words. */
  contract?: string;
  /** Where a page leads back to, with the `authCode` and the state; absent where it just ends. */
  redirectUrl?: string;
  state?: string;
  /** Where the merchant wants to hear of what becomes of it; absent: where the client says. */
  notifyUrl?: string;
  /** What was noticed of the integration when it asked. */
  findings: readonly FindingCode[];
  /** The scenario that acted on the call, and the lifetimes that it gives to what comes of it. */
  scenario?: string;
  lifetimes?: Partial<Lifetimes>;
  /** The locale that the page's browser asks for. */
  lang?: string;
  issuedAt: number;
  expiresAt: number;
  answeredAt?: number;
}

/** The page that opens a prepared authorization by the bridge. */
export type TicketPage = Pick<Ticket, 'name' | 'ancestors' | 'findings'> & { origin: string };

/** Which token lines are meant: all of a user, of a client, or of the two together. */
export type GrantOwner = { userId: string; clientId?: string } | { clientId: string; userId?: string };

/**
 * Where the engine's state lives. Every call is one whole step, atomic in itself, so that of any number of racing callers exactly
 * one wins; an adapter for an engine shared by several processes must keep that. An answer means that the step is kept.
 * Everything is looked up by key.
 */
export interface EngineStore {
  saveAuthCode(code: AuthCode): Promise<void>;
  findAuthCode(authCode: string): Promise<AuthCode | undefined>;
  /** Checks owner, use and expiry, uses the code up, and keeps the line and its first pair. */
  exchange(authCode: string, by: Redeemer, grant: Grant, pair: TokenPair): Promise<Redemption<AuthCode>>;

  savePair(grant: Grant, pair: TokenPair): Promise<void>;
  findAccessToken(accessToken: string): Promise<{ token: AccessToken; grant: Grant } | undefined>;
  findRefreshToken(refreshToken: string): Promise<{ token: RefreshToken; grant: Grant } | undefined>;
  /** Checks owner, line, use and expiry, uses the refresh token up, and keeps the next pair; the old access token may end with it. */
  refresh(refreshToken: string, by: Redeemer, pair: TokenPair, endOldAccessToken: boolean): Promise<Redemption<RefreshToken>>;

  /** Ends a line. @returns false where it had ended before. */
  revokeGrant(grantId: string, at: number, by: string): Promise<boolean>;
  /** Lines of an owner, live or ended. */
  grantsOf(owner: GrantOwner): Promise<Grant[]>;
  /** The latest pair of a line. */
  latestPair(grantId: string): Promise<TokenPair | undefined>;
  /** Makes all tokens of these lines expire at an instant. @returns how many lines had one that did. */
  expireGrants(grantIds: ReadonlySet<string>, at: number): Promise<number>;
  /** Makes one token expire at an instant. @returns whether it did. */
  expireAccessToken(accessToken: string, at: number): Promise<boolean>;
  expireRefreshToken(refreshToken: string, at: number): Promise<boolean>;
  /** Takes away the codes that a consent led to, or all of a mini program, before they are exchanged. */
  forgetCodes(of: { userId?: string; appOrClientId: string }): Promise<void>;
  /** Takes everything of an owner away, as if it had never been. */
  forgetOwner(owner: GrantOwner): Promise<void>;

  saveTicket(ticket: Ticket): Promise<void>;
  findTicket(ticketId: string): Promise<Ticket | undefined>;
  /**
   * Ties a ticket that came by an address to the page that opened it by the bridge.
   * @returns false where there is none such, or another origin has it
   */
  bindTicket(ticketId: string, page: TicketPage): Promise<boolean>;
  /** Takes a ticket for its decision: once, and before it expires. */
  takeTicket(ticketId: string, at: number): Promise<'taken' | 'unknown' | 'used' | 'expired'>;

  findConsent(userId: string, appOrClientId: string): Promise<Consent | undefined>;
  /** Adds to what is remembered. */
  rememberConsent(consent: Consent): Promise<void>;
  /** Forgets some scopes of a consent, or all of it. @returns whether there was anything to forget. */
  forgetConsent(userId: string, appOrClientId: string, scopes?: readonly string[]): Promise<boolean>;
  consents(): Promise<Consent[]>;
}
