import type { StoredChange } from '../change-log.js';
import type { StoredEntry } from '../disk-persistence.js';
import type { Kind } from '../persistence.js';
import type { RedisConnection } from './connection.js';

/** A turn ends by itself after this time, if its emulator was killed (milliseconds). */
const turnMs = 1500;
/** Fields written by one command. */
const fieldsPerCommand = 500;
/** The state of a snapshot that is never made current is deleted after this time, in seconds. */
const abandonedSeconds = 3600;

/** The channels on which emulators tell each other about turns. A message has the emulator's id and the tenant's name. */
export const channels = { wanted: 'wanted', free: 'free', changed: 'changed' } as const;

/** The kinds whose keys are codes and tokens. */
const credentialKinds: ReadonlySet<Kind> = new Set(['auth-codes', 'access-tokens', 'refresh-tokens']);

/** The life and the number of the write that a copy has. */
export interface CopyVersion {
  life: string;
  seq: number;
}

/** The news for a copy: nothing, the changes since its version, or everything. An empty life: nothing is stored. */
export type CopyUpdate = CopyVersion &
  ({ is: 'same' } | { is: 'changes'; changes: StoredChange[][] } | { is: 'all'; entries: StoredEntry[] });

type CopyReply = [life: string, seq: number, is: 'same' | 'changes' | 'all', data?: unknown[]];

/** The keys of a tenant in Redis, and the commands that read and change them. Each method is one round trip unless it says more. */
export class RedisTenant {
  readonly #name: string;
  readonly #redis: RedisConnection;
  readonly #emulatorId: string;
  readonly #isIndexed: boolean;

  /** @param isIndexed the tenant's codes and tokens are in the index of all tenants */
  constructor(name: string, redis: RedisConnection, emulatorId: string, isIndexed: boolean) {
    this.#name = name;
    this.#redis = redis;
    this.#emulatorId = emulatorId;
    this.#isIndexed = isIndexed;
  }

  /** Takes the turn. @returns what is new for a copy; undefined if another emulator has the turn */
  async takeTurn(known: CopyVersion): Promise<CopyUpdate | undefined> {
    const args = [
      this.#emulatorId,
      String(turnMs),
      known.life,
      String(known.seq),
      this.#redis.key(channels.wanted),
      this.#message,
    ];
    const reply = (await this.#redis.run((commands) => commands.enterTenant(this.#turnKeys, args))) as CopyReply | [];
    return reply.length === 0 ? undefined : this.#updateOf(reply as CopyReply);
  }

  /** Reads what is new for a copy, without the turn. */
  async read(known: CopyVersion): Promise<CopyUpdate> {
    const args = [known.life, String(known.seq)];
    return this.#updateOf(
      (await this.#redis.run((commands) => commands.readTenant(this.#keys('meta', 'state', 'log'), args))) as CopyReply,
    );
  }

  /** Makes the turn last. */
  async keepTurn(): Promise<void> {
    await this.#redis.run((commands) => commands.keepTurn(this.#keys('turn'), [this.#emulatorId, String(turnMs)]));
  }

  /**
   * Writes changes.
   * @param life that of the copy; empty: nothing is stored yet, and `next` begins
   * @param givesBack ends the turn in the same step
   * @returns the number of the write; -1 if the turn was lost, and then nothing is written
   */
  async write(changes: readonly StoredChange[], life: string, next: string, givesBack: boolean): Promise<number> {
    const args = [
      ...[this.#emulatorId, life, next, givesBack ? '1' : '', this.#redis.key(channels.changed), this.#redis.key(channels.free)],
      ...[this.#message, changes.length === 0 ? '' : JSON.stringify(changes)],
    ];
    for (const [kind, key, entry] of changes) args.push(fieldOf(kind, key), entry === null ? '' : JSON.stringify(entry));
    const [seq] = await Promise.all([
      this.#redis.run((commands) => commands.writeTenant(this.#turnKeys, args)),
      this.#index(changes),
    ]);
    return seq as number;
  }

  /**
   * Replaces the life by one with these entries, in several round trips. The last one makes it current.
   * @returns false if the turn was lost
   */
  async replace(changes: readonly StoredChange[], life: string, next: string): Promise<boolean> {
    const key = this.#key('next');
    const fields = changes.flatMap(([kind, id, entry]) => (entry === null ? [] : [[fieldOf(kind, id), JSON.stringify(entry)]]));
    await this.#redis.run((commands) => commands.del(key));
    for (let start = 0; start < fields.length; start += fieldsPerCommand) {
      const some = Object.fromEntries(fields.slice(start, start + fieldsPerCommand));
      await this.#redis.run((commands) => commands.hSet(key, some));
    }
    await this.#redis.run((commands) => commands.expire(key, abandonedSeconds));
    await this.#index(changes);
    return this.#replaceLife(life, next);
  }

  /** Deletes the life, in two round trips. @returns false if the turn was lost */
  async delete(life: string): Promise<boolean> {
    if (this.#isIndexed) {
      const fields = await this.#redis.run((commands) => commands.hKeys(this.#key('state')));
      await this.#index(fields.map((field) => [...kindAndKey(field), null]));
    }
    return this.#replaceLife(life, '');
  }

  get #turnKeys(): string[] {
    return this.#keys('turn', 'wanted', 'meta', 'state', 'log');
  }

  get #message(): string {
    return `${this.#emulatorId} ${this.#name}`;
  }

  #key(name: string): string {
    return this.#redis.key(name, this.#name);
  }

  #keys(...names: string[]): string[] {
    return names.map((name) => this.#key(name));
  }

  async #replaceLife(life: string, next: string): Promise<boolean> {
    const keys = this.#keys('turn', 'meta', 'state', 'log', 'calls', 'next');
    const args = [this.#emulatorId, life, next, this.#redis.key(channels.changed), this.#message];
    return (await this.#redis.run((commands) => commands.replaceTenant(keys, args))) !== -1;
  }

  /** Brings the index of codes and tokens up to date. It is in another slot of a cluster, so it is a step of its own. */
  async #index(changes: readonly StoredChange[]): Promise<void> {
    if (!this.#isIndexed) return;
    const credentials = changes.filter(([kind]) => credentialKinds.has(kind));
    const added = credentials.filter(([, , entry]) => entry !== null).map(([, key]) => [key, this.#name]);
    const removed = credentials.filter(([, , entry]) => entry === null).map(([, key]) => key);
    const index = this.#redis.key('credentials');
    if (added.length > 0) await this.#redis.run((commands) => commands.hSet(index, Object.fromEntries(added)));
    if (removed.length > 0) await this.#redis.run((commands) => commands.hDel(index, removed));
  }

  #updateOf([life, seq, is, data = []]: CopyReply): CopyUpdate {
    if (is === 'same') return { life, seq, is };
    if (is === 'all') return { life, seq, is, entries: this.#entriesOf(data as string[]) };
    const writes = data as [id: string, fields: [name: string, changes: string]][];
    return { life, seq, is, changes: writes.map(([, [, changes]]) => JSON.parse(changes) as StoredChange[]) };
  }

  /** @param fields the fields of the state, each followed by its entry */
  #entriesOf(fields: readonly string[]): StoredEntry[] {
    const place = `${this.#redis.address.shown} ${this.#key('state')}`;
    const entries: StoredEntry[] = [];
    for (let index = 0; index + 1 < fields.length; index += 2) {
      const [kind, key] = kindAndKey(fields[index] as string);
      entries.push({ kind, key, entry: JSON.parse(fields[index + 1] as string) as object, place });
    }
    return entries;
  }
}

/** The field of an entry in the tenant's state. */
function fieldOf(kind: Kind, key: string): string {
  return `${kind} ${key}`;
}

function kindAndKey(field: string): [Kind, string] {
  const end = field.indexOf(' ');
  return [field.slice(0, end) as Kind, field.slice(end + 1)];
}
