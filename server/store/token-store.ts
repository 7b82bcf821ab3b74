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
  Ticket,
  TokenPair,
} from '../engine/store.js';
import { ConsentBook } from './consent-book.js';
import { EvictingMap } from './evicting-map.js';
import { OwnerIndex } from './owner-index.js';
import { type Kind, memoryOnly, type Persistence } from './persistence.js';

/** What has ended is told apart from what never was for 30 days of the emulator's time (milliseconds). */
const remembered = 30 * 24 * 60 * 60 * 1000;
/** How many codes, lines and tokens of each kind a tenant holds. */
const limit = 200_000;

/** A line as a store keeps it. */
export interface StoredGrant extends Grant {
  latest: { accessToken: string; refreshToken: string };
  /** When the last token of the line ends. */
  expiresAt: number;
}

export interface TokenStoreOptions {
  /** Milliseconds since the epoch. */
  now(): number;
  persistence?: Persistence;
  /** Hears of every code and token that comes to live here, and of every one that leaves. */
  credentials?: { add(credential: string): void; remove(credential: string): void };
}

/** The platform's state in memory, kept elsewhere too where there is a persistence. */
export class TokenStore implements EngineStore {
  readonly #persistence: Persistence;
  readonly #authCodes: EvictingMap<AuthCode>;
  readonly #grants: EvictingMap<StoredGrant>;
  readonly #accessTokens: EvictingMap<AccessToken>;
  readonly #refreshTokens: EvictingMap<RefreshToken>;
  readonly #consents: ConsentBook;
  readonly #tickets: EvictingMap<Ticket>;
  readonly #grantsByOwner = new OwnerIndex();
  readonly #credentials: NonNullable<TokenStoreOptions['credentials']>;

  constructor({ now, persistence = memoryOnly, credentials = { add() {}, remove() {} } }: TokenStoreOptions) {
    this.#persistence = persistence;
    this.#credentials = credentials;
    const evictingMap = <Entry extends object>(kind: Kind, endedAt: (entry: Entry) => number, removed?: (entry: Entry) => void) =>
      new EvictingMap<Entry>({
        limit,
        ended: (entry) => endedAt(entry) <= now(),
        forgettable: (entry) => endedAt(entry) + remembered <= now(),
        changed: (key, entry) => persistence.changed(kind, key, entry),
        ...(removed && { removed }),
      });
    this.#authCodes = evictingMap(
      'auth-codes',
      (code: AuthCode) => code.usedAt ?? code.expiresAt,
      (code) => credentials.remove(code.authCode),
    );
    this.#accessTokens = evictingMap(
      'access-tokens',
      (token: AccessToken) => token.expiresAt,
      (token) => credentials.remove(token.accessToken),
    );
    this.#refreshTokens = evictingMap(
      'refresh-tokens',
      (token: RefreshToken) => token.usedAt ?? token.expiresAt,
      (token) => credentials.remove(token.refreshToken),
    );
    this.#grants = evictingMap(
      'grants',
      (grant: StoredGrant) => grant.revokedAt ?? grant.expiresAt,
      (grant) => this.#grantsByOwner.remove(grant, grant.grantId),
    );
    this.#tickets = evictingMap('tickets', (ticket: Ticket) => ticket.answeredAt ?? ticket.expiresAt);
    this.#consents = new ConsentBook((removed) => evictingMap('consents', () => Number.POSITIVE_INFINITY, removed));
  }

  /** Puts back an entry that a persistence had. */
  restore(kind: Kind, key: string, entry: object): void {
    if (kind === 'auth-codes') this.#authCodes.restore(key, entry as AuthCode);
    else if (kind === 'access-tokens') this.#accessTokens.restore(key, entry as AccessToken);
    else if (kind === 'refresh-tokens') this.#refreshTokens.restore(key, entry as RefreshToken);
    else if (kind === 'consents') this.#consents.restore(key, entry as Consent);
    else if (kind === 'tickets') this.#tickets.restore(key, entry as Ticket);
    else if (kind === 'grants') {
      this.#grants.restore(key, entry as StoredGrant);
      this.#grantsByOwner.add(entry as StoredGrant, key);
    }
    if (kind === 'auth-codes' || kind === 'access-tokens' || kind === 'refresh-tokens') this.#credentials.add(key);
  }

  /** Takes over an entry that another store had. */
  adopt(kind: Kind, key: string, entry: object): void {
    this.restore(kind, key, entry);
    this.#persistence.changed(kind, key, entry);
  }

  /** Everything of users' authorizations that lives here; not the screens that wait, nor tokens whose owner is gone. */
  entries() {
    const owned = <Token extends { grantId: string }>(tokens: Iterable<Token>) =>
      [...tokens].filter(({ grantId }) => this.#grants.get(grantId) !== undefined);
    return {
      consents: this.#consents.all(),
      authCodes: [...this.#authCodes.values()],
      grants: [...this.#grants.values()],
      accessTokens: owned(this.#accessTokens.values()),
      refreshTokens: owned(this.#refreshTokens.values()),
    };
  }

  /** Whether this is a code or token that was issued here. */
  issued(word: string): boolean {
    return (
      this.#authCodes.get(word) !== undefined ||
      this.#accessTokens.get(word) !== undefined ||
      this.#refreshTokens.get(word) !== undefined
    );
  }

  /** Every code and token that lives here. */
  *credentialsHeld(): Iterable<string> {
    yield* this.#authCodes.keys();
    yield* this.#accessTokens.keys();
    yield* this.#refreshTokens.keys();
  }

  async saveAuthCode(code: AuthCode): Promise<void> {
    this.#authCodes.add(code.authCode, code);
    this.#credentials.add(code.authCode);
    await this.#persistence.settled();
  }

  async findAuthCode(authCode: string): Promise<AuthCode | undefined> {
    return this.#authCodes.get(authCode);
  }

  async exchange(authCode: string, by: Redeemer, grant: Grant, pair: TokenPair): Promise<Redemption<AuthCode>> {
    const redemption = this.#redeemCode(authCode, by, grant);
    if (redemption.state === 'redeemed') this.#addPair(grant, pair);
    await this.#persistence.settled();
    return redemption;
  }

  #redeemCode(authCode: string, by: Redeemer, grant: Grant): Redemption<AuthCode> {
    const credential = this.#authCodes.get(authCode);
    if (credential === undefined) return { state: 'unknown' };
    const stranger = strangerTo(credential, by);
    if (stranger !== undefined) return { state: stranger, credential };
    if (credential.usedAt !== undefined) return { state: 'used', credential };
    if (credential.expiresAt <= by.at) return { state: 'expired', credential };
    this.#authCodes.change(authCode, { usedAt: by.at });
    return { state: 'redeemed', credential, grant };
  }

  async savePair(grant: Grant, pair: TokenPair): Promise<void> {
    this.#addPair(grant, pair);
    await this.#persistence.settled();
  }

  async findAccessToken(accessToken: string): Promise<{ token: AccessToken; grant: Grant } | undefined> {
    return this.#withGrant(this.#accessTokens.get(accessToken));
  }

  async findRefreshToken(refreshToken: string): Promise<{ token: RefreshToken; grant: Grant } | undefined> {
    return this.#withGrant(this.#refreshTokens.get(refreshToken));
  }

  async refresh(
    refreshToken: string,
    by: Redeemer,
    pair: TokenPair,
    endOldAccessToken: boolean,
  ): Promise<Redemption<RefreshToken>> {
    const redemption = this.#redeemRefreshToken(refreshToken, by);
    if (redemption.state === 'redeemed') {
      if (endOldAccessToken) this.#endAccessToken(redemption.credential.accessToken, by.at);
      this.#addPair(redemption.grant, pair);
    }
    await this.#persistence.settled();
    return redemption;
  }

  #redeemRefreshToken(refreshToken: string, by: Redeemer): Redemption<RefreshToken> {
    const found = this.#withGrant(this.#refreshTokens.get(refreshToken));
    if (found === undefined) return { state: 'unknown' };
    const { token: credential, grant } = found;
    const stranger = strangerTo(grant, by);
    if (stranger !== undefined) return { state: stranger, credential };
    if (credential.usedAt !== undefined) return { state: 'used', credential };
    if (grant.revokedAt !== undefined) return { state: 'revoked', credential };
    if (credential.expiresAt <= by.at) return { state: 'expired', credential };
    this.#refreshTokens.change(refreshToken, { usedAt: by.at });
    return { state: 'redeemed', credential, grant };
  }

  async revokeGrant(grantId: string, at: number, by: string): Promise<boolean> {
    const live =
      this.#grants.get(grantId)?.revokedAt === undefined &&
      this.#grants.change(grantId, { revokedAt: at, revokedBy: by }) !== undefined;
    await this.#persistence.settled();
    return live;
  }

  async grantsOf(owner: GrantOwner): Promise<Grant[]> {
    return this.#grantsOf(owner);
  }

  async grants(): Promise<Grant[]> {
    return [...this.#grants.values()];
  }

  async latestPair(grantId: string): Promise<TokenPair | undefined> {
    const grant = this.#grants.get(grantId);
    const access = grant && this.#accessTokens.get(grant.latest.accessToken);
    const refresh = grant && this.#refreshTokens.get(grant.latest.refreshToken);
    return access && refresh && { access, refresh };
  }

  async expireGrants(grantIds: ReadonlySet<string>, at: number): Promise<number> {
    const ended = new Set<string>();
    // A line knows its latest pair only, and those before may live on: a tester's wish is worth a look at all tokens.
    for (const { accessToken, grantId } of grantIds.size === 0 ? [] : this.#accessTokens.values()) {
      if (grantIds.has(grantId) && this.#endAccessToken(accessToken, at)) ended.add(grantId);
    }
    for (const { refreshToken, grantId, usedAt } of grantIds.size === 0 ? [] : this.#refreshTokens.values()) {
      if (grantIds.has(grantId) && usedAt === undefined && this.#endRefreshToken(refreshToken, at)) ended.add(grantId);
    }
    await this.#persistence.settled();
    return ended.size;
  }

  async expireAccessToken(accessToken: string, at: number): Promise<boolean> {
    const ended = this.#endAccessToken(accessToken, at);
    await this.#persistence.settled();
    return ended;
  }

  async expireRefreshToken(refreshToken: string, at: number): Promise<boolean> {
    const ended = this.#endRefreshToken(refreshToken, at);
    await this.#persistence.settled();
    return ended;
  }

  async forgetCodes({ userId, appOrClientId }: { userId?: string; appOrClientId: string }): Promise<void> {
    for (const code of [...this.#authCodes.values()]) {
      const own = (code.appId ?? code.clientId) === appOrClientId && (userId === undefined || code.userId === userId);
      if (own && code.usedAt === undefined) this.#authCodes.remove(code.authCode);
    }
    await this.#persistence.settled();
  }

  async forgetOwner(owner: GrantOwner): Promise<void> {
    for (const grantId of this.#grantsByOwner.of(owner)) this.#grants.remove(grantId);
    for (const code of [...this.#authCodes.values()]) if (isOf(owner, code)) this.#authCodes.remove(code.authCode);
    this.#consents.forgetOwner(owner);
    await this.#persistence.settled();
  }

  async saveTicket(ticket: Ticket): Promise<void> {
    this.#tickets.add(ticket.ticketId, ticket);
    await this.#persistence.settled();
  }

  async findTicket(ticketId: string): Promise<Ticket | undefined> {
    return this.#tickets.get(ticketId);
  }

  async bindTicket(ticketId: string, page: { name: string; origin: string; ancestors: readonly string[] }): Promise<boolean> {
    const ticket = this.#tickets.get(ticketId);
    if (ticket === undefined || (ticket.origin !== undefined && ticket.origin !== page.origin)) return false;
    this.#tickets.change(ticketId, page);
    await this.#persistence.settled();
    return true;
  }

  async takeTicket(ticketId: string, at: number): Promise<'taken' | 'unknown' | 'used' | 'expired'> {
    const ticket = this.#tickets.get(ticketId);
    if (ticket === undefined) return 'unknown';
    if (ticket.answeredAt !== undefined) return 'used';
    if (ticket.expiresAt <= at) return 'expired';
    this.#tickets.change(ticketId, { answeredAt: at });
    await this.#persistence.settled();
    return 'taken';
  }

  async findConsent(userId: string, appOrClientId: string): Promise<Consent | undefined> {
    return this.#consents.find(userId, appOrClientId);
  }

  async rememberConsent(consent: Consent): Promise<void> {
    this.#consents.remember(consent);
    await this.#persistence.settled();
  }

  async forgetConsent(userId: string, appOrClientId: string, scopes?: readonly string[]): Promise<boolean> {
    const forgot = this.#consents.forget(userId, appOrClientId, scopes);
    await this.#persistence.settled();
    return forgot;
  }

  async consentsOf(userId: string): Promise<Consent[]> {
    return this.#consents.of({ userId });
  }

  async consents(): Promise<Consent[]> {
    return this.#consents.all();
  }

  #addPair(grant: Grant, { access, refresh }: TokenPair): void {
    const latest = { accessToken: access.accessToken, refreshToken: refresh.refreshToken };
    const expiresAt = Math.max(access.expiresAt, refresh.expiresAt, this.#grants.get(grant.grantId)?.expiresAt ?? 0);
    if (this.#grants.change(grant.grantId, { latest, expiresAt }) === undefined) {
      const stored = { ...grant, latest, expiresAt };
      this.#grants.add(grant.grantId, stored);
      this.#grantsByOwner.add(stored, grant.grantId);
    }
    this.#accessTokens.add(access.accessToken, access);
    this.#refreshTokens.add(refresh.refreshToken, refresh);
    this.#credentials.add(access.accessToken);
    this.#credentials.add(refresh.refreshToken);
  }

  #endAccessToken(accessToken: string, at: number): boolean {
    const token = this.#accessTokens.get(accessToken);
    return token !== undefined && token.expiresAt > at && this.#accessTokens.change(accessToken, { expiresAt: at }) !== undefined;
  }

  #endRefreshToken(refreshToken: string, at: number): boolean {
    const token = this.#refreshTokens.get(refreshToken);
    return (
      token !== undefined && token.expiresAt > at && this.#refreshTokens.change(refreshToken, { expiresAt: at }) !== undefined
    );
  }

  #withGrant<Token extends { grantId: string }>(token: Token | undefined): { token: Token; grant: Grant } | undefined {
    const grant = token && this.#grants.get(token.grantId);
    return token && grant && { token, grant };
  }

  #grantsOf(owner: GrantOwner): StoredGrant[] {
    const grants = this.#grantsByOwner.of(owner).map((grantId) => this.#grants.get(grantId));
    return grants.filter((grant) => grant !== undefined);
  }
}

function strangerTo(credential: { clientId: string; appId?: string }, by: Redeemer): 'other-client' | 'other-app' | undefined {
  if (credential.clientId !== by.clientId) return 'other-client';
  return credential.appId !== undefined && by.appId !== undefined && credential.appId !== by.appId ? 'other-app' : undefined;
}

function isOf(owner: GrantOwner, { userId, clientId }: { userId: string; clientId: string }): boolean {
  return (owner.userId ?? userId) === userId && (owner.clientId ?? clientId) === clientId;
}
