import type {
  AccessToken,
  AuthCode,
  Consent,
  EngineStore,
  Grant,
  GrantOwner,
  Redeemer,
  Redemption,
  RefreshToken,
  RevokedGrant,
  Ticket,
  TicketPage,
  TokenPair,
  Withdrawal,
} from '../engine/store.js';
import { AuthCodes } from './auth-codes.js';
import { Consents } from './consents.js';
import { type CreateMap, mapsWith, type StoreLimit } from './create-map.js';
import { type CredentialIndex, noIndex } from './credential-index.js';
import type { EvictingMap } from './evicting-map.js';
import { Grants, type StoredGrant } from './grants.js';
import { Notifications, type StoredNotification } from './notifications.js';
import { type Kind, memoryOnly, type Persistence } from './persistence.js';
import { Tickets } from './tickets.js';

export interface MemoryStoreOptions {
  /** Milliseconds since the epoch. */
  now(): number;
  persistence?: Persistence;
  credentials?: CredentialIndex;
  /** Default: no limit. */
  limit?: StoreLimit;
}

const noLimit: StoreLimit = { entries: Number.POSITIVE_INFINITY };

/**
 * The engine's state in memory. Every change goes to the persistence too. A method makes its whole change before its first await,
 * so each is one atomic step. Answers wait until the persistence has settled (http/wait-until-stored.ts, gateway/handle.ts).
 */
export class MemoryStore implements EngineStore {
  readonly #persistence: Persistence;
  readonly #authCodes: AuthCodes;
  readonly #grants: Grants;
  readonly #consents: Consents;
  readonly #tickets: Tickets;
  readonly notifications: Notifications;
  readonly #maps = new Map<Kind, Pick<EvictingMap<object>, 'forget'>>();

  constructor({ now, persistence = memoryOnly, credentials = noIndex, limit = noLimit }: MemoryStoreOptions) {
    const newMap = mapsWith(now, persistence, limit);
    const createMap: CreateMap = (kind, endedAt, removed) => {
      const map = newMap(kind, endedAt, removed);
      this.#maps.set(kind, map);
      return map;
    };
    this.#persistence = persistence;
    this.#authCodes = new AuthCodes(createMap, credentials);
    this.#grants = new Grants(createMap, credentials);
    this.#consents = new Consents(createMap);
    this.#tickets = new Tickets(createMap);
    this.notifications = new Notifications(createMap);
  }

  /** Adds an entry that the persistence has. */
  restore(kind: Kind, key: string, entry: object): void {
    if (kind === 'auth-codes') this.#authCodes.restore(key, entry as AuthCode);
    else if (kind === 'grants') this.#grants.restoreGrant(key, entry as StoredGrant);
    else if (kind === 'access-tokens') this.#grants.restoreAccessToken(key, entry as AccessToken);
    else if (kind === 'refresh-tokens') this.#grants.restoreRefreshToken(key, entry as RefreshToken);
    else if (kind === 'consents') this.#consents.restore(key, entry as Consent);
    else if (kind === 'tickets') this.#tickets.restore(key, entry as Ticket);
    else if (kind === 'notifications') this.notifications.restore(key, entry as StoredNotification);
  }

  /** Takes over a change that is stored already: an entry that was added or changed, or (undefined) removed. */
  apply(kind: Kind, key: string, entry: object | undefined): void {
    if (entry === undefined) this.#maps.get(kind)?.forget(key);
    else this.restore(kind, key, entry);
  }

  /** Adds an entry of another store, such as a snapshot's. */
  adopt(kind: Kind, key: string, entry: object): void {
    this.restore(kind, key, entry);
    this.#persistence.changed(kind, key, entry);
  }

  /** All entries for a snapshot: everything but tickets, notifications, and tokens whose grant was removed. */
  entries() {
    return {
      consents: this.#consents.all(),
      authCodes: this.#authCodes.all(),
      grants: this.#grants.all(),
      accessTokens: this.#grants.accessTokens(),
      refreshTokens: this.#grants.refreshTokens(),
    };
  }

  /** Returns true if this is a code or token that was issued here. */
  issued(credential: string): boolean {
    return this.#authCodes.find(credential) !== undefined || this.#grants.hasToken(credential);
  }

  /** Every code and token in this store. */
  *credentials(): Iterable<string> {
    yield* this.#authCodes.keys();
    yield* this.#grants.keys();
  }

  async saveAuthCode(code: AuthCode): Promise<void> {
    return this.#authCodes.save(code);
  }

  async findAuthCode(authCode: string): Promise<AuthCode | undefined> {
    return this.#authCodes.find(authCode);
  }

  async exchange(authCode: string, by: Redeemer, grant: Grant, pair: TokenPair): Promise<Redemption<AuthCode>> {
    const redemption = this.#authCodes.redeem(authCode, by, grant);
    if (redemption.state === 'redeemed') this.#grants.addPair(grant, pair);
    return redemption;
  }

  async savePair(grant: Grant, pair: TokenPair): Promise<void> {
    return this.#grants.addPair(grant, pair);
  }

  async findAccessToken(accessToken: string): Promise<{ token: AccessToken; grant: Grant } | undefined> {
    return this.#grants.findAccessToken(accessToken);
  }

  async findRefreshToken(refreshToken: string): Promise<{ token: RefreshToken; grant: Grant } | undefined> {
    return this.#grants.findRefreshToken(refreshToken);
  }

  async refresh(
    refreshToken: string,
    by: Redeemer,
    pair: TokenPair,
    endOldAccessToken: boolean,
  ): Promise<Redemption<RefreshToken>> {
    const redemption = this.#grants.redeemRefreshToken(refreshToken, by);
    if (redemption.state === 'redeemed') {
      if (endOldAccessToken) this.#grants.expireAccessToken(redemption.credential.accessToken, by.at);
      this.#grants.addPair(redemption.grant, pair);
    }
    return redemption;
  }

  async revokeGrant(grantId: string, at: number, by: string): Promise<boolean> {
    return this.#grants.revoke(grantId, at, by);
  }

  async grantsOf(owner: GrantOwner): Promise<Grant[]> {
    return this.#grants.of(owner);
  }

  async grants(): Promise<Grant[]> {
    return this.#grants.all();
  }

  async latestPair(grantId: string): Promise<TokenPair | undefined> {
    return this.#grants.latestPair(grantId);
  }

  async expireGrants(grantIds: ReadonlySet<string>, at: number): Promise<number> {
    return this.#grants.expire(grantIds, at);
  }

  async expireAccessToken(accessToken: string, at: number): Promise<boolean> {
    return this.#grants.expireAccessToken(accessToken, at);
  }

  async expireRefreshToken(refreshToken: string, at: number): Promise<boolean> {
    return this.#grants.expireRefreshToken(refreshToken, at);
  }

  async withdraw({ userId, appOrClientId }: Withdrawal, at: number, by: string): Promise<RevokedGrant[]> {
    this.#authCodes.forgetUnused(appOrClientId, userId);
    this.#consents.forgetAll(appOrClientId, userId);
    return this.#grants.revokeAll(appOrClientId, userId, at, by);
  }

  async forgetOwner(owner: GrantOwner): Promise<void> {
    this.#grants.forgetOwner(owner);
    this.#authCodes.forgetOwner(owner);
    return this.#consents.forgetOwner(owner);
  }

  async saveTicket(ticket: Ticket): Promise<void> {
    return this.#tickets.save(ticket);
  }

  async findTicket(ticketId: string): Promise<Ticket | undefined> {
    return this.#tickets.find(ticketId);
  }

  async tickets(): Promise<Ticket[]> {
    return this.#tickets.all();
  }

  async bindTicket(ticketId: string, page: TicketPage): Promise<boolean> {
    return this.#tickets.bind(ticketId, page);
  }

  async redeemTicket(ticketId: string, at: number): Promise<'redeemed' | 'unknown' | 'used' | 'expired'> {
    return this.#tickets.redeem(ticketId, at);
  }

  async findConsent(userId: string, appOrClientId: string): Promise<Consent | undefined> {
    return this.#consents.find(userId, appOrClientId);
  }

  async rememberConsent(consent: Consent): Promise<void> {
    return this.#consents.remember(consent);
  }

  async forgetConsent(userId: string, appOrClientId: string, scopes?: readonly string[]): Promise<boolean> {
    return this.#consents.forget(userId, appOrClientId, scopes);
  }

  async consentsOf(userId: string): Promise<Consent[]> {
    return this.#consents.of({ userId });
  }

  async consents(): Promise<Consent[]> {
    return this.#consents.all();
  }
}
