import type { EngineEvent } from './events.js';
import type { Client, Lifetimes, User } from './parties.js';
import type { Scopes } from './scopes.js';
import type { EngineStore } from './store.js';

/** Makes codes and tokens. Every value is new and unguessable. */
export interface TokenFactory {
  authCode(): string;
  accessToken(about: TokenSubject): string | Promise<string>;
  refreshToken(about: TokenSubject): string | Promise<string>;
}

/** The claims of a token. Times are milliseconds since the epoch. */
export interface TokenSubject {
  clientId: string;
  appId?: string;
  userId: string;
  scopes: readonly string[];
  issuedAt: number;
  expiresAt: number;
  /** The address of the wallet as the caller reaches it. Default: the wallet's own. */
  issuer?: string;
}

/** Everything that the engine needs from outside. It has no files, no sockets and no clock. */
export interface EngineDeps {
  /** The wallet's name. Codes and tokens of another wallet are refused. */
  wallet: string;
  store: EngineStore;
  scopes: Scopes;
  tokenFactory: TokenFactory;
  /** Milliseconds since the epoch. */
  now(): number;
  /** Lifetimes of codes and tokens for this client and user, in milliseconds. */
  lifetimes(client: Client, user: User, asked?: Partial<Lifetimes>): Lifetimes;
  /** Receives the events that a merchant may subscribe to. */
  tell?(event: EngineEvent): void;
  findUser(userId: string): User | undefined;
  /** True if a refresh ends the old access token. */
  refreshEndsAccessToken: boolean;
}
