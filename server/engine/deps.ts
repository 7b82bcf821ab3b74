import type { EngineEvent } from './events.js';
import type { Client, Lifetimes, User } from './parties.js';
import type { Scopes } from './scopes.js';
import type { EngineStore } from './store.js';

/** Makes what is given out. Every value is unguessable and new. */
export interface TokenFactory {
  authCode(): string;
  accessToken(about: TokenSubject): string | Promise<string>;
  refreshToken(about: TokenSubject): string | Promise<string>;
}

/** What a token that carries claims may say. Times are milliseconds since the epoch. */
export interface TokenSubject {
  clientId: string;
  appId?: string;
  userId: string;
  scopes: readonly string[];
  issuedAt: number;
  expiresAt: number;
}

/** What the platform stands on. It asks for everything: it opens no file, no socket, and no watch. */
export interface EngineDeps {
  /** The wallet's name: what another wallet issued is not this one's. */
  wallet: string;
  store: EngineStore;
  scopes: Scopes;
  tokenFactory: TokenFactory;
  /** Milliseconds since the epoch. */
  now(): number;
  /** How long things live that are issued for these two, in milliseconds. */
  lifetimes(client: Client, user: User, asked?: Partial<Lifetimes>): Lifetimes;
  /** Hears of what a merchant may wait for. */
  tell?(event: EngineEvent): void;
  findUser(userId: string): User | undefined;
  /** Whether a refresh ends the access token that it replaces. */
  refreshEndsAccessToken: boolean;
}
