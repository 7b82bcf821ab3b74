import type {
  AccessToken,
  AuthCode,
  Consent,
  LineOwner,
  PlatformStore,
  RefreshToken,
  Taken,
  Taker,
  Ticket,
  TokenLine,
  TokenPair,
} from '../platform/store.js';
import { ConsentBook } from './consent-book.js';
import { type Keeper, type Kind, memoryOnly } from './keeper.js';
import { Ledger } from './ledger.js';
import { OwnerIndex } from './owner-index.js';

/** What has ended is told apart from what never was for 30 days of the emulator's time (milliseconds). */
const remembered = 30 * 24 * 60 * 60 * 1000;
/** How many codes, lines and tokens of each kind a tenant holds. */
const limit = 200_000;

/** A line as a store keeps it. */
export interface StoredLine extends TokenLine {
  latest: { accessToken: string; refreshToken: string };
  /** When the last token of the line ends. */
  expiresAt: number;
}

export interface TokenStoreOptions {
  /** Milliseconds since the epoch. */
  now(): number;
  keeper?: Keeper;
  /** Hears of every code and token that comes to live here, and of every one that leaves. */
  credentials?: { add(credential: string): void; remove(credential: string): void };
}

/** The platform's state in memory, kept elsewhere too where there is a keeper. */
export class TokenStore implements PlatformStore {
  readonly #keeper: Keeper;
  readonly #authCodes: Ledger<AuthCode>;
  readonly #lines: Ledger<StoredLine>;
  readonly #accessTokens: Ledger<AccessToken>;
  readonly #refreshTokens: Ledger<RefreshToken>;
  readonly #consents: ConsentBook;
  readonly #tickets: Ledger<Ticket>;
  readonly #linesByOwner = new OwnerIndex();
  readonly #credentials: NonNullable<TokenStoreOptions['credentials']>;

  constructor({ now, keeper = memoryOnly, credentials = { add() {}, remove() {} } }: TokenStoreOptions) {
    this.#keeper = keeper;
    this.#credentials = credentials;
    const ledger = <Entry extends object>(kind: Kind, endedAt: (entry: Entry) => number, removed?: (entry: Entry) => void) =>
      new Ledger<Entry>({
        limit,
        ended: (entry) => endedAt(entry) <= now(),
        forgettable: (entry) => endedAt(entry) + remembered <= now(),
        changed: (key, entry) => keeper.changed(kind, key, entry),
        ...(removed && { removed }),
      });
    this.#authCodes = ledger(
      'auth-codes',
      (code: AuthCode) => code.usedAt ?? code.expiresAt,
      (code) => credentials.remove(code.authCode),
    );
    this.#accessTokens = ledger(
      'access-tokens',
      (token: AccessToken) => token.expiresAt,
      (token) => credentials.remove(token.accessToken),
    );
    this.#refreshTokens = ledger(
      'refresh-tokens',
      (token: RefreshToken) => token.usedAt ?? token.expiresAt,
      (token) => credentials.remove(token.refreshToken),
    );
    this.#lines = ledger(
      'lines',
      (line: StoredLine) => line.revokedAt ?? line.expiresAt,
      (line) => this.#linesByOwner.remove(line, line.lineId),
    );
    this.#tickets = ledger('tickets', (ticket: Ticket) => ticket.answeredAt ?? ticket.expiresAt);
    this.#consents = new ConsentBook((removed) => ledger('consents', () => Number.POSITIVE_INFINITY, removed));
  }

  /** Puts back an entry that a keeper had. */
  restore(kind: Kind, key: string, entry: object): void {
    if (kind === 'auth-codes') this.#authCodes.restore(key, entry as AuthCode);
    else if (kind === 'access-tokens') this.#accessTokens.restore(key, entry as AccessToken);
    else if (kind === 'refresh-tokens') this.#refreshTokens.restore(key, entry as RefreshToken);
    else if (kind === 'consents') this.#consents.restore(key, entry as Consent);
    else if (kind === 'tickets') this.#tickets.restore(key, entry as Ticket);
    else if (kind === 'lines') {
      this.#lines.restore(key, entry as StoredLine);
      this.#linesByOwner.add(entry as StoredLine, key);
    }
    if (kind === 'auth-codes' || kind === 'access-tokens' || kind === 'refresh-tokens') this.#credentials.add(key);
  }

  /** Takes over an entry that another store had. */
  adopt(kind: Kind, key: string, entry: object): void {
    this.restore(kind, key, entry);
    this.#keeper.changed(kind, key, entry);
  }

  /** Everything of users' authorizations that lives here; not the screens that wait, nor tokens whose owner is gone. */
  entries() {
    const owned = <Token extends { lineId: string }>(tokens: Iterable<Token>) =>
      [...tokens].filter(({ lineId }) => this.#lines.get(lineId) !== undefined);
    return {
      consents: this.#consents.all(),
      authCodes: [...this.#authCodes.values()],
      lines: [...this.#lines.values()],
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

  async keepAuthCode(code: AuthCode): Promise<void> {
    this.#authCodes.add(code.authCode, code);
    this.#credentials.add(code.authCode);
    await this.#keeper.settled();
  }

  async findAuthCode(authCode: string): Promise<AuthCode | undefined> {
    return this.#authCodes.get(authCode);
  }

  async exchange(authCode: string, by: Taker, line: TokenLine, pair: TokenPair): Promise<Taken<AuthCode>> {
    const taken = this.#takeCode(authCode, by, line);
    if (taken.ending === 'taken') this.#addPair(line, pair);
    await this.#keeper.settled();
    return taken;
  }

  #takeCode(authCode: string, by: Taker, line: TokenLine): Taken<AuthCode> {
    const thing = this.#authCodes.get(authCode);
    if (thing === undefined) return { ending: 'unknown' };
    const stranger = strangerTo(thing, by);
    if (stranger !== undefined) return { ending: stranger, thing };
    if (thing.usedAt !== undefined) return { ending: 'used', thing };
    if (thing.expiresAt <= by.at) return { ending: 'expired', thing };
    this.#authCodes.change(authCode, { usedAt: by.at });
    return { ending: 'taken', thing, line };
  }

  async keepPair(line: TokenLine, pair: TokenPair): Promise<void> {
    this.#addPair(line, pair);
    await this.#keeper.settled();
  }

  async findAccessToken(accessToken: string): Promise<{ token: AccessToken; line: TokenLine } | undefined> {
    return this.#withLine(this.#accessTokens.get(accessToken));
  }

  async findRefreshToken(refreshToken: string): Promise<{ token: RefreshToken; line: TokenLine } | undefined> {
    return this.#withLine(this.#refreshTokens.get(refreshToken));
  }

  async refresh(refreshToken: string, by: Taker, pair: TokenPair, endOldAccessToken: boolean): Promise<Taken<RefreshToken>> {
    const taken = this.#takeRefreshToken(refreshToken, by);
    if (taken.ending === 'taken') {
      if (endOldAccessToken) this.#endAccessToken(taken.thing.accessToken, by.at);
      this.#addPair(taken.line, pair);
    }
    await this.#keeper.settled();
    return taken;
  }

  #takeRefreshToken(refreshToken: string, by: Taker): Taken<RefreshToken> {
    const found = this.#withLine(this.#refreshTokens.get(refreshToken));
    if (found === undefined) return { ending: 'unknown' };
    const { token: thing, line } = found;
    const stranger = strangerTo(line, by);
    if (stranger !== undefined) return { ending: stranger, thing };
    if (thing.usedAt !== undefined) return { ending: 'used', thing };
    if (line.revokedAt !== undefined) return { ending: 'revoked', thing };
    if (thing.expiresAt <= by.at) return { ending: 'expired', thing };
    this.#refreshTokens.change(refreshToken, { usedAt: by.at });
    return { ending: 'taken', thing, line };
  }

  async revokeLine(lineId: string, at: number, by: string): Promise<boolean> {
    const live =
      this.#lines.get(lineId)?.revokedAt === undefined &&
      this.#lines.change(lineId, { revokedAt: at, revokedBy: by }) !== undefined;
    await this.#keeper.settled();
    return live;
  }

  async linesOf(owner: LineOwner): Promise<TokenLine[]> {
    return this.#linesOf(owner);
  }

  async lines(): Promise<TokenLine[]> {
    return [...this.#lines.values()];
  }

  async latestPair(lineId: string): Promise<TokenPair | undefined> {
    const line = this.#lines.get(lineId);
    const access = line && this.#accessTokens.get(line.latest.accessToken);
    const refresh = line && this.#refreshTokens.get(line.latest.refreshToken);
    return access && refresh && { access, refresh };
  }

  async expireLines(lineIds: ReadonlySet<string>, at: number): Promise<number> {
    const ended = new Set<string>();
    // A line knows its latest pair only, and those before may live on: a tester's wish is worth a look at all tokens.
    for (const { accessToken, lineId } of lineIds.size === 0 ? [] : this.#accessTokens.values()) {
      if (lineIds.has(lineId) && this.#endAccessToken(accessToken, at)) ended.add(lineId);
    }
    for (const { refreshToken, lineId, usedAt } of lineIds.size === 0 ? [] : this.#refreshTokens.values()) {
      if (lineIds.has(lineId) && usedAt === undefined && this.#endRefreshToken(refreshToken, at)) ended.add(lineId);
    }
    await this.#keeper.settled();
    return ended.size;
  }

  async expireAccessToken(accessToken: string, at: number): Promise<boolean> {
    const ended = this.#endAccessToken(accessToken, at);
    await this.#keeper.settled();
    return ended;
  }

  async expireRefreshToken(refreshToken: string, at: number): Promise<boolean> {
    const ended = this.#endRefreshToken(refreshToken, at);
    await this.#keeper.settled();
    return ended;
  }

  async forgetCodes({ userId, appOrClientId }: { userId?: string; appOrClientId: string }): Promise<void> {
    for (const code of [...this.#authCodes.values()]) {
      const own = (code.appId ?? code.clientId) === appOrClientId && (userId === undefined || code.userId === userId);
      if (own && code.usedAt === undefined) this.#authCodes.remove(code.authCode);
    }
    await this.#keeper.settled();
  }

  async forgetOwner(owner: LineOwner): Promise<void> {
    for (const lineId of this.#linesByOwner.of(owner)) this.#lines.remove(lineId);
    for (const code of [...this.#authCodes.values()]) if (isOf(owner, code)) this.#authCodes.remove(code.authCode);
    this.#consents.forgetOwner(owner);
    await this.#keeper.settled();
  }

  async keepTicket(ticket: Ticket): Promise<void> {
    this.#tickets.add(ticket.ticketId, ticket);
    await this.#keeper.settled();
  }

  async findTicket(ticketId: string): Promise<Ticket | undefined> {
    return this.#tickets.get(ticketId);
  }

  async bindTicket(ticketId: string, page: { name: string; origin: string; ancestors: readonly string[] }): Promise<boolean> {
    const ticket = this.#tickets.get(ticketId);
    if (ticket === undefined || (ticket.origin !== undefined && ticket.origin !== page.origin)) return false;
    this.#tickets.change(ticketId, page);
    await this.#keeper.settled();
    return true;
  }

  async takeTicket(ticketId: string, at: number): Promise<'taken' | 'unknown' | 'used' | 'expired'> {
    const ticket = this.#tickets.get(ticketId);
    if (ticket === undefined) return 'unknown';
    if (ticket.answeredAt !== undefined) return 'used';
    if (ticket.expiresAt <= at) return 'expired';
    this.#tickets.change(ticketId, { answeredAt: at });
    await this.#keeper.settled();
    return 'taken';
  }

  async findConsent(userId: string, appOrClientId: string): Promise<Consent | undefined> {
    return this.#consents.find(userId, appOrClientId);
  }

  async rememberConsent(consent: Consent): Promise<void> {
    this.#consents.remember(consent);
    await this.#keeper.settled();
  }

  async forgetConsent(userId: string, appOrClientId: string, scopes?: readonly string[]): Promise<boolean> {
    const forgot = this.#consents.forget(userId, appOrClientId, scopes);
    await this.#keeper.settled();
    return forgot;
  }

  async consentsOf(userId: string): Promise<Consent[]> {
    return this.#consents.of({ userId });
  }

  async consents(): Promise<Consent[]> {
    return this.#consents.all();
  }

  #addPair(line: TokenLine, { access, refresh }: TokenPair): void {
    const latest = { accessToken: access.accessToken, refreshToken: refresh.refreshToken };
    const expiresAt = Math.max(access.expiresAt, refresh.expiresAt, this.#lines.get(line.lineId)?.expiresAt ?? 0);
    if (this.#lines.change(line.lineId, { latest, expiresAt }) === undefined) {
      const stored = { ...line, latest, expiresAt };
      this.#lines.add(line.lineId, stored);
      this.#linesByOwner.add(stored, line.lineId);
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

  #withLine<Token extends { lineId: string }>(token: Token | undefined): { token: Token; line: TokenLine } | undefined {
    const line = token && this.#lines.get(token.lineId);
    return token && line && { token, line };
  }

  #linesOf(owner: LineOwner): StoredLine[] {
    const lines = this.#linesByOwner.of(owner).map((lineId) => this.#lines.get(lineId));
    return lines.filter((line) => line !== undefined);
  }
}

function strangerTo(thing: { clientId: string; appId?: string }, by: Taker): 'other-client' | 'other-app' | undefined {
  if (thing.clientId !== by.clientId) return 'other-client';
  return thing.appId !== undefined && by.appId !== undefined && thing.appId !== by.appId ? 'other-app' : undefined;
}

function isOf(owner: LineOwner, { userId, clientId }: { userId: string; clientId: string }): boolean {
  return (owner.userId ?? userId) === userId && (owner.clientId ?? clientId) === clientId;
}
