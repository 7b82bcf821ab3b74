import type { KeyObject } from 'node:crypto';
import { Clock } from '../clock/clock.js';
import { Authorizations } from '../engine/authorization.js';
import type { EngineDeps } from '../engine/deps.js';
import type { EngineEvent } from '../engine/events.js';
import type { Client, Lifetimes, User } from '../engine/parties.js';
import { Tokens } from '../engine/tokens.js';
import { Journal, type JournalOptions } from '../journal/journal.js';
import { RunningCalls, type RunningOptions } from '../journal/running-calls.js';
import type { Profile } from '../profiles/profile.js';
import type { Profiles } from '../profiles/profiles.js';
import { type AppEntry, type ClientEntry, lifetimesOf, type UserEntry } from '../records/entries.js';
import type { Fixtures } from '../records/fixtures.js';
import type { Listing } from '../records/listing.js';
import type { AppRecord, ClientRecord, UserRecord } from '../records/schema.js';
import { ScenarioList } from '../scenarios/scenario-list.js';
import type { StoreLimit } from '../store/create-map.js';
import type { CredentialIndex } from '../store/credential-index.js';
import { MemoryStore } from '../store/memory-store.js';
import { memoryOnly, type Persistence, type Kind as StoredKind } from '../store/persistence.js';
import { text } from '../texts/text.js';
import { errorAt, textOf } from '../texts/text-error.js';
import { Parties, type PartyKind } from './parties.js';
import { RateLimiter } from './rate-limiter.js';
import { initialSettings, type SettingsRecord } from './settings.js';
import { applyToParts, restoreParts, type StoredParts } from './stored-parts.js';
import { hasTokenForm, type Issuer, tokenFactory } from './token-factory.js';

/** The first segment of a path that names a tenant: `/t/<tenant>/…`. */
export const tenantSegment = 't';

/** The profiles of the wallets that a tenant can have. */
export type WalletProfiles = Pick<Profiles, 'get' | 'names'>;

export interface TenantOptions {
  name: string;
  wallet: string;
  /** The setting `openapiCors` of a new tenant; default: off. */
  openapiCors?: boolean;
  profiles: WalletProfiles;
  fixtures: Fixtures;
  /** Signs the tokens if they are JWTs. */
  issuer: Issuer;
  /** Called with the events that merchants can be notified of. */
  tell?(event: EngineEvent): void;
  persistence?: Persistence;
  credentials?: CredentialIndex;
  /** Default: no limit. */
  limit?: StoreLimit;
  journal?: JournalOptions;
  running?: Omit<RunningOptions, 'now'>;
  /** Returns true if another tenant issued this code or token. */
  issuedElsewhere?(word: string): boolean;
}

/** An isolated wallet with its own clock, users, clients, codes, tokens, consents and journal. */
export class Tenant {
  readonly name: string;
  readonly clock = new Clock();
  readonly journal: Journal;
  readonly running: RunningCalls;
  readonly store: MemoryStore;
  readonly rateLimiter = new RateLimiter();
  readonly scenarios: ScenarioList;
  readonly clients: Listing<ClientEntry>;
  readonly apps: Listing<AppEntry>;
  readonly users: Listing<UserEntry>;
  readonly #parties: Parties;
  readonly #profiles: WalletProfiles;
  readonly #persistence: Persistence;
  readonly #issuer: Issuer;
  readonly #tell: TenantOptions['tell'];
  readonly #issuedElsewhere: NonNullable<TenantOptions['issuedElsewhere']>;
  #settings: SettingsRecord;
  #settingLifetimes: Partial<Lifetimes> = {};
  #profile!: Profile;
  #authorizations!: Authorizations;
  #tokens!: Tokens;

  constructor({
    name,
    wallet,
    openapiCors = false,
    profiles,
    fixtures,
    issuer,
    tell,
    persistence = memoryOnly,
    credentials,
    limit,
    journal,
    running,
    issuedElsewhere = () => false,
  }: TenantOptions) {
    this.journal = new Journal(journal);
    this.running = new RunningCalls({ ...running, now: () => this.clock.now() });
    this.#issuer = issuer;
    this.#tell = tell;
    this.#issuedElsewhere = issuedElsewhere;
    this.name = name;
    this.#profiles = profiles;
    this.#persistence = persistence;
    this.store = new MemoryStore({
      now: () => this.clock.now(),
      persistence,
      ...(credentials && { credentials }),
      ...(limit && { limit }),
    });
    this.#parties = new Parties(fixtures);
    this.clients = this.#parties.clients;
    this.apps = this.#parties.apps;
    this.users = this.#parties.users;
    this.scenarios = new ScenarioList({
      fixtures: fixtures.scenarios,
      changed: (id, stored) => persistence.changed('tenant', `scenario ${id}`, stored),
    });
    this.#useProfile(profiles.get(wallet));
    this.#settings = initialSettings(this.#profile, this.users, { wallet, openapiCors });
  }

  get profile(): Profile {
    return this.#profile;
  }

  /** The wallets that the tenant can change to. A profile that was added while the emulator runs, and is invalid, is left out. */
  get wallets(): readonly Profile[] {
    return this.#profiles.names().flatMap((name) => {
      try {
        return [this.#profiles.get(name)];
      } catch {
        return [];
      }
    });
  }

  get authorizations(): Authorizations {
    return this.#authorizations;
  }

  get tokens(): Tokens {
    return this.#tokens;
  }

  get settings(): Readonly<SettingsRecord> {
    return this.#settings;
  }

  /** The platform's private key, which signs its answers. */
  get platformKey(): KeyObject {
    return this.#issuer.privateKey;
  }

  /** The user who is logged in to the wallet. Undefined only if there are no users. */
  get currentUser(): UserEntry | undefined {
    return this.users.get(this.#settings.user) ?? this.users.all().next().value;
  }

  /**
   * Returns true if a word is a code or token that was issued here or in another tenant, or that looks like one: it may have been
   * removed since.
   */
  issued(word: string): boolean {
    return this.store.issued(word) || this.#issuedElsewhere(word) || hasTokenForm(word, this.#profile.source);
  }

  /** A client's mini programs. */
  appsOf(clientId: string): readonly AppEntry[] {
    return this.#parties.appsOf(clientId);
  }

  /**
   * Changes the given settings.
   * @throws TextError that starts with the field and says what was expected; nothing is changed then
   */
  changeSettings(changes: Partial<SettingsRecord>): void {
    if (changes.user !== undefined && this.users.get(changes.user) === undefined)
      throw errorAt('user', text('expected-user-id', { value: changes.user }));
    this.#applySettings(changes);
    this.#persistence.changed('tenant', 'settings', this.#settings);
  }

  /** Stores the clock. Call it after the clock was changed. */
  clockChanged(): void {
    this.#persistence.changed('tenant', 'clock', this.clock.state);
  }

  /**
   * Adds, replaces, or (without a record) removes a client, mini program or user.
   * @throws TextError that starts with the field and says what was expected
   */
  put(kind: 'client', id: string, record: ClientRecord | undefined): void;
  put(kind: 'app', id: string, record: AppRecord | undefined): void;
  put(kind: 'user', id: string, record: UserRecord | undefined): void;
  put(kind: PartyKind, id: string, record: object | undefined): void {
    this.#parties.put(kind, id, record);
    this.#persistence.changed('tenant', `${kind} ${id}`, record === undefined ? { removed: true } : { record });
  }

  /** Replaces the fixtures and the profile. Codes, tokens and changes made at run time stay. */
  useFixtures(fixtures: Fixtures): void {
    this.#parties.useFixtures(fixtures);
    this.scenarios.useFixtures(fixtures.scenarios);
    this.#useProfile(this.#profiles.get(this.#settings.wallet));
  }

  /**
   * Restores what the persistence has of the tenant itself, and not of its store.
   * @param place names the file of a key, for errors
   * @throws Error in one line: file, key and field
   */
  restore(stored: ReadonlyMap<string, object>, place: (key: string) => string): void {
    restoreParts(this.#storedParts, stored, place);
  }

  /** Takes over a change that is stored already. @param entry undefined: it was removed */
  apply(kind: StoredKind, key: string, entry: object | undefined): void {
    if (kind === 'tenant') applyToParts(this.#storedParts, key, entry);
    else this.store.apply(kind, key, entry);
  }

  /** Resolves when everything that changed before this call is stored. */
  settled(): Promise<void> {
    return this.#persistence.settled();
  }

  /** The lifetimes of codes and tokens, in milliseconds. These decide, the first that applies: request, user, client, setting, profile. */
  lifetimes(client: Client, user: User, ...requested: (Partial<Lifetimes> | undefined)[]): Lifetimes {
    const ofUser = this.users.get(user.userId)?.lifetimes;
    const ofClient = this.clients.get(client.clientId)?.lifetimes;
    const sources = [...requested, ofUser, ofClient, this.#settingLifetimes, this.#profile.lifetimes];
    const first = (name: keyof Lifetimes) => sources.find((source) => source?.[name] !== undefined)?.[name] as number;
    return { authCode: first('authCode'), accessToken: first('accessToken'), refreshToken: first('refreshToken') };
  }

  get #storedParts(): StoredParts {
    const { clock, scenarios } = this;
    return { parties: this.#parties, scenarios, clock, applySettings: (changes) => this.#applySettings(changes) };
  }

  #applySettings(changes: Partial<SettingsRecord>): void {
    const isOtherWallet = changes.wallet !== undefined && changes.wallet !== this.#settings.wallet;
    const profile = isOtherWallet ? this.#findProfile(changes.wallet as string) : undefined;
    const lifetimes = changes.lifetimes && lifetimesOf(changes.lifetimes, 'lifetimes');
    this.#settings = { ...this.#settings, ...changes };
    if (lifetimes !== undefined) this.#settingLifetimes = lifetimes;
    if (profile !== undefined) this.#useProfile(profile);
  }

  #findProfile(wallet: string): Profile {
    try {
      return this.#profiles.get(wallet);
    } catch (error) {
      throw errorAt('wallet', textOf(error));
    }
  }

  #useProfile(profile: Profile): void {
    const deps: EngineDeps = {
      wallet: profile.name,
      store: this.store,
      scopes: profile.scopes,
      tokenFactory: tokenFactory(profile.source, this.#issuer),
      tell: (event) => this.#tell?.(event),
      now: () => this.clock.now(),
      lifetimes: (client, user, ...requested) => this.lifetimes(client, user, ...requested),
      findUser: (userId) => this.users.get(userId),
      refreshEndsAccessToken: profile.source.refreshEndsAccessToken,
    };
    this.#profile = profile;
    this.#authorizations = new Authorizations(deps);
    this.#tokens = new Tokens(deps);
  }
}
