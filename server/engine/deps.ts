import type { EngineEvent } from './events.js';
import type { Client, Lifetimes, User } from './parties.js';
import type { Scopes } from './scopes.js';
import type { EngineStore } from './store.js';

/** Makes codes and tokens. Every value is new and unguessable. */
export interface TokenFactory {
  authCode(): string;
  /** @param expiresAt milliseconds since the epoch */
  accessToken(about: TokenSubject, expiresAt: number): string | Promise<string>;
  refreshToken(about: TokenSubject, expiresAt: number): string | Promise<string>;
}

/** The claims that the tokens of a pair share. */
export interface TokenSubject {
  clientId: string;
  appId: string | undefined;
  userId: string;
  scopes: readonly string[];
  /** Milliseconds since the epoch. */
  issuedAt: number;
  /** The address of the wallet as the caller reaches it. Undefined: the wallet's own. */
  issuer: string | undefined;
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
  /** Lifetimes of codes and tokens for this client and user, in milliseconds. @param requested the first that has a lifetime decides it */
  lifetimes(client: Client, user: User, ...requested: (Partial<Lifetimes> | undefined)[]): Lifetimes;
  /** Receives the events that a merchant may subscribe to. */
  tell?(event: EngineEvent): void;
  findUser(userId: string): User | undefined;
  /** True if a refresh ends the old access token. */
  refreshEndsAccessToken: boolean;
}
