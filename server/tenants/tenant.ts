import { Clock } from '../clock/clock.js';
import { Authorizations } from '../engine/authorization.js';
import type { EngineDeps } from '../engine/deps.js';
import type { EngineEvent } from '../engine/events.js';
import type { Client, Lifetimes, User } from '../engine/parties.js';
import { Tokens } from '../engine/tokens.js';
import { Journal } from '../journal/journal.js';
import type { Profile } from '../profiles/profile.js';
import type { Profiles } from '../profiles/profiles.js';
import {
  type AppEntry,
  appEntry,
  type ClientEntry,
  clientEntry,
  lifetimesOf,
  type UserEntry,
  userEntry,
} from '../records/entries.js';
import type { Fixtures } from '../records/fixtures.js';
import { Listing } from '../records/listing.js';
import type { AppRecord, ClientRecord, UserRecord } from '../records/schema.js';
import { Scenarios, type StoredScenario } from '../scenarios/scenario-list.js';
import type { CredentialIndex } from '../store/credential-index.js';
import { MemoryStore } from '../store/memory-store.js';
import { memoryOnly, type Persistence } from '../store/persistence.js';
import type { SettingsRecord } from './settings.js';
import { type Issuer, tokenFactory } from './token-factory.js';
import { Traffic } from './traffic.js';

export interface TenantOptions {
  name: string;
  wallet: string;
  profiles: Profiles;
  fixtures: Fixtures;
  /** Who signs tokens, where the wallet's are JWTs. */
  issuer: Issuer;
  /** Hears of what a merchant may wait for. */
  tell?(event: EngineEvent): void;
  persistence?: Persistence;
  credentials?: CredentialIndex;
}

type Kind = 'client' | 'app' | 'user';
const recordKinds = { client: clientEntry, app: appEntry, user: userEntry } as const;

/** A world of its own: a wallet, a clock, users, clients, codes, tokens, consents, a journal. */
export class Tenant {
  readonly name: string;
  readonly clock = new Clock();
  readonly journal = new Journal();
  readonly store: MemoryStore;
  readonly traffic = new Traffic();
  readonly scenarios: Scenarios;
  readonly clients: Listing<ClientEntry>;
  readonly apps: Listing<AppEntry>;
  readonly users: Listing<UserEntry>;
  readonly #appsByClient = new Map<string, AppEntry[]>();
  readonly #profiles: Profiles;
  readonly #persistence: Persistence;
  readonly #issuer: Issuer;
  readonly #tell: TenantOptions['tell'];
  #settings: SettingsRecord;
  #settingLifetimes: Partial<Lifetimes> = {};
  #profile!: Profile;
  #authorizations!: Authorizations;
  #tokens!: Tokens;

  constructor({ name, wallet, profiles, fixtures, issuer, tell, persistence = memoryOnly, credentials }: TenantOptions) {
    this.#issuer = issuer;
    this.#tell = tell;
    this.name = name;
    this.#profiles = profiles;
    this.#persistence = persistence;
    this.store = new MemoryStore({ now: () => this.clock.now(), persistence, ...(credentials && { credentials }) });
    this.clients = new Listing(fixtures.clients);
    this.apps = new Listing(fixtures.apps);
    this.users = new Listing(fixtures.users);
    this.scenarios = new Scenarios({
      beginning: fixtures.scenarios,
      changed: (id, stored) => persistence.changed('tenant', `scenario ${id}`, stored),
    });
    this.#enter(profiles.get(wallet));
    const { firstUser, consent } = this.#profile.source;
    const user = (firstUser !== undefined && this.users.get(firstUser)?.userId) || (this.users.all().next().value?.userId ?? '');
    this.#settings = {
      wallet,
      user,
      consent: 'ask',
      firstScreen: 'note',
      remember: consent.remember,
      lifetimes: {},
      drawer: true,
    };
  }

  get profile(): Profile {
    return this.#profile;
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

  /** Who is logged in to the wallet: undefined only where there are no users. */
  get currentUser(): UserEntry | undefined {
    return this.users.get(this.#settings.user) ?? this.users.all().next().value;
  }

  /** A client's mini programs. */
  appsOf(clientId: string): readonly AppEntry[] {
    let apps = this.#appsByClient.get(clientId);
    if (apps === undefined) {
      apps = [...this.apps.all()].filter((app) => app.clientId === clientId);
      this.#appsByClient.set(clientId, apps);
    }
    return apps;
  }

  /**
   * Changes what is named.
   * @throws Error that begins with the field and says what was expected; nothing is changed then
   */
  changeSettings(changes: Partial<SettingsRecord>): void {
    if (changes.user !== undefined && this.users.get(changes.user) === undefined)
      throw new Error(`user: expected the userId of a user, got ${changes.user}`);
    const profile =
      changes.wallet === undefined || changes.wallet === this.#settings.wallet ? undefined : this.#findProfile(changes.wallet);
    const lifetimes = changes.lifetimes && lifetimesOf(changes.lifetimes, 'lifetimes');
    this.#settings = { ...this.#settings, ...changes };
    if (lifetimes !== undefined) this.#settingLifetimes = lifetimes;
    if (profile !== undefined) this.#enter(profile);
    this.#persistence.changed('tenant', 'settings', this.#settings);
  }

  /** To be called after the clock was moved: a restart begins where it was. */
  clockChanged(): void {
    this.#persistence.changed('tenant', 'clock', this.clock.state);
  }

  /** Adds, replaces, or (without a record) removes one. @throws Error that begins with the field and says what was expected */
  put(kind: 'client', id: string, record: ClientRecord | undefined): void;
  put(kind: 'app', id: string, record: AppRecord | undefined): void;
  put(kind: 'user', id: string, record: UserRecord | undefined): void;
  put(kind: Kind, id: string, record: object | undefined): void {
    const listing = { client: this.clients, app: this.apps, user: this.users }[kind] as Listing<object>;
    if (record === undefined) listing.delete(id);
    else listing.set(id, recordKinds[kind](record as never));
    if (kind === 'app') this.#appsByClient.clear();
    this.#persistence.changed('tenant', `${kind} ${id}`, record === undefined ? { removed: true } : { record });
  }

  /** Goes on from other fixtures and profiles: codes and tokens stay, what was changed while it runs stays changed. */
  rebase(fixtures: Fixtures): void {
    this.clients.rebase(fixtures.clients);
    this.apps.rebase(fixtures.apps);
    this.users.rebase(fixtures.users);
    this.scenarios.rebase(fixtures.scenarios);
    this.#appsByClient.clear();
    this.#enter(this.#profiles.get(this.#settings.wallet));
  }

  /** Puts back what a persistence had of the tenant itself: the parties first, since the settings name one of them. */
  restore(stored: ReadonlyMap<string, object>): void {
    const scenarios: [string, StoredScenario][] = [];
    for (const [key, entry] of stored) {
      const [kind, ...rest] = key.split(' ');
      const id = rest.join(' ');
      if (kind === 'scenario') scenarios.push([id, entry as StoredScenario]);
      else if (rest.length > 0) this.put(kind as 'client', id, (entry as { record?: ClientRecord }).record);
    }
    this.scenarios.restore(scenarios);
    const settings = stored.get('settings');
    const clock = stored.get('clock');
    if (settings !== undefined) {
      const { user, ...others } = settings as SettingsRecord;
      this.changeSettings(this.users.get(user) === undefined ? others : { ...others, user });
    }
    if (clock !== undefined) this.clock.restore(clock as { offset: number });
  }

  /** Resolves once everything that changed before is kept. */
  settled(): Promise<void> {
    return this.#persistence.settled();
  }

  /** How long things live that are issued for these two: request, user, client, setting, profile, the first that says so. */
  lifetimes(client: Client, user: User, asked: Partial<Lifetimes> = {}): Lifetimes {
    return {
      ...this.#profile.lifetimes,
      ...this.#settingLifetimes,
      ...this.clients.get(client.clientId)?.lifetimes,
      ...this.users.get(user.userId)?.lifetimes,
      ...asked,
    };
  }

  #findProfile(wallet: string): Profile {
    try {
      return this.#profiles.get(wallet);
    } catch (error) {
      throw new Error(`wallet: ${(error as Error).message}`);
    }
  }

  #enter(profile: Profile): void {
    const deps: EngineDeps = {
      wallet: profile.name,
      store: this.store,
      scopes: profile.scopes,
      tokenFactory: tokenFactory(profile.source, this.#issuer),
      tell: (event) => this.#tell?.(event),
      now: () => this.clock.now(),
      lifetimes: (client, user, asked) => this.lifetimes(client, user, asked),
      findUser: (userId) => this.users.get(userId),
      refreshEndsAccessToken: profile.source.refreshEndsAccessToken,
    };
    this.#profile = profile;
    this.#authorizations = new Authorizations(deps);
    this.#tokens = new Tokens(deps);
  }
}
