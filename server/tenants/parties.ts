import { type AppEntry, appEntry, type ClientEntry, clientEntry, type UserEntry, userEntry } from '../records/entries.js';
import type { Fixtures } from '../records/fixtures.js';
import { Listing } from '../records/listing.js';

const entryOf = { client: clientEntry, app: appEntry, user: userEntry } as const;

/** The kinds of parties that a record describes. */
export type PartyKind = keyof typeof entryOf;

/** The clients, mini programs and users of a tenant: those of the fixtures, and what was changed since. */
export class Parties {
  readonly clients: Listing<ClientEntry>;
  readonly apps: Listing<AppEntry>;
  readonly users: Listing<UserEntry>;
  readonly #appsByClient = new Map<string, AppEntry[]>();

  constructor({ clients, apps, users }: Fixtures) {
    this.clients = new Listing(clients);
    this.apps = new Listing(apps);
    this.users = new Listing(users);
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
   * Adds, replaces, or (without a record) removes one.
   * @throws TextError that starts with the field and says what was expected
   */
  put(kind: PartyKind, id: string, record: object | undefined): void {
    const listing = { client: this.clients, app: this.apps, user: this.users }[kind] as Listing<object>;
    if (record === undefined) listing.delete(id);
    else listing.set(id, entryOf[kind](record as never));
    if (kind === 'app') this.#appsByClient.clear();
  }

  /** Replaces the fixtures. Changes made at run time stay. */
  useFixtures({ clients, apps, users }: Fixtures): void {
    this.clients.useFixtures(clients);
    this.apps.useFixtures(apps);
    this.users.useFixtures(users);
    this.#appsByClient.clear();
  }
}
