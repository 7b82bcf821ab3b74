import { randomUUID } from 'node:crypto';
import type { Text } from '../../texts/text.js';
import { text } from '../../texts/text.js';
import { textOf } from '../../texts/text-error.js';
import { inEnglish } from '../../texts/write-text.js';
import type { TenantPersistence } from '../persistence.js';
import type { Sharing, StateStore, TenantCopies, Turn } from '../state-store.js';
import { UnreadablePersistence } from '../unreadable-persistence.js';
import { CallFeed } from './call-feed.js';
import { RedisConnection, readRedisAddress } from './connection.js';
import { channels, RedisTenant } from './redis-tenant.js';
import { RunningEmulators } from './running-emulators.js';
import { TenantTurn } from './tenant-turn.js';

/** The version of what is stored. A change that older emulators cannot read needs the next number. */
const formatVersion = '1';
/** The ids of an emulator's journal entries have the same rest. Emulators count up together, so ids come in their order. */
const idsPerCount = 1024;
/** Over this number of turns, those of tenants that are not stored are forgotten. */
const maxTurns = 10_000;
/** Tenants that are loaded at the same time. */
const tenantsAtOnce = 50;

export interface RedisStoreOptions {
  /** The name of the tenant whose codes and tokens are not in the index of all tenants. */
  defaultTenant: string;
  /** Over this number of tenants, the oldest are dropped. */
  maxTenants: number;
  /** Is called when the connection breaks, and with each failed try to connect again. */
  onProblem(problem: Error): void;
  onAgain(): void;
}

/** State in Redis, shared by several emulators. */
export class RedisStore implements StateStore, Sharing {
  readonly emulatorId = randomUUID();
  readonly sharing = this;
  readonly #redis: RedisConnection;
  readonly #options: RedisStoreOptions;
  readonly #turns = new Map<string, TenantTurn>();
  readonly #unreadable = new Map<string, Text>();
  readonly #calls: CallFeed;
  readonly #running: RunningEmulators;
  readonly #emulatorNumber: number;
  #copies: TenantCopies = noCopies;
  /** The highest count in an id that this emulator knows. */
  #count = 0;

  private constructor(redis: RedisConnection, options: RedisStoreOptions, emulatorNumber: number) {
    this.#redis = redis;
    this.#options = options;
    this.#emulatorNumber = emulatorNumber;
    this.#calls = new CallFeed(redis, this.emulatorId);
    this.#running = new RunningEmulators(redis, this.emulatorId);
  }

  /**
   * Connects to the store.
   * @param store such as `redis://localhost:6379/0`
   * @throws Error without the option's name, if the address is wrong, Redis cannot be reached, or another version wrote what is stored
   */
  static async open(store: string, options: RedisStoreOptions): Promise<RedisStore> {
    const address = readRedisAddress(store);
    const redis = await RedisConnection.open(address, options.onProblem);
    try {
      const format = redis.key('format');
      await redis.commands.set(format, formatVersion, { condition: 'NX' });
      const version = await redis.commands.get(format);
      if (version !== formatVersion)
        throw new Error(
          `${format} is ${version}: another version of billetera wrote this state; choose another database, or another ?prefix=`,
        );
      const number = await redis.commands.incr(redis.key('emulators'));
      return new RedisStore(redis, options, Number(number) % idsPerCount);
    } catch (error) {
      await redis.close();
      throw error;
    }
  }

  async tenants(): Promise<string[]> {
    return this.#redis.run((commands) => commands.zRange(this.#redis.key('tenants'), 0, -1));
  }

  /** The turns load the tenants. */
  async load(): Promise<undefined> {
    return undefined;
  }

  persistence(tenant: string, waitsForReplace = false): TenantPersistence {
    const reason = this.#unreadable.get(tenant);
    return reason === undefined ? this.#turnOf(tenant).newCopy(waitsForReplace) : new UnreadablePersistence(reason);
  }

  refuse(tenant: string, reason: Text): void {
    this.#unreadable.set(tenant, reason);
  }

  /** Redis has deleted it in the same step. */
  deleteFiles(): void {}

  async release(): Promise<void> {
    await this.#calls.settled();
    await this.#running.leave();
    await this.#redis.close();
  }

  async join(copies: TenantCopies): Promise<string[]> {
    const problems: string[] = [];
    this.#copies = {
      ...copies,
      addCall: (tenant, entry) => {
        this.#noteIds(entry === undefined ? [] : [entry]);
        copies.addCall(tenant, entry);
      },
      change: (tenant, changes) => copies.change(tenant, changes),
      replace: (tenant, stored) => {
        try {
          this.#noteIds(stored?.calls ?? []);
          copies.replace(tenant, stored);
        } catch (error) {
          const problem = text('tenant-unreadable', { tenant, problem: textOf(error) });
          problems.push(inEnglish(problem));
          this.refuse(tenant, text('redis-tenant-repair', { problem }));
          copies.replace(tenant, undefined);
        }
      },
    };
    this.#redis.onAgain(() => {
      this.#options.onAgain();
      this.#catchUp().catch(() => {
        // The connection broke again.
      });
    });
    await this.#running.join();
    await this.#calls.listen(this.#copies);
    await this.#listen(channels.wanted, (turn) => turn.noteWanted());
    await this.#listen(channels.free, (turn) => turn.noteFree());
    await this.#listen(channels.changed, (turn) => turn.refresh());
    const names = await this.tenants();
    for (let start = 0; start < names.length; start += tenantsAtOnce) {
      const some = names.slice(start, start + tenantsAtOnce);
      for (const turn of await Promise.all(some.map((name) => this.enter(name)))) turn.end();
    }
    return problems;
  }

  enter(tenant: string): Promise<Turn> {
    return this.#turnOf(tenant).enter();
  }

  async tenantOf(credentials: readonly string[]): Promise<string | undefined> {
    if (credentials.length === 0) return undefined;
    const names = await this.#redis.run((commands) => commands.hmGet(this.#redis.key('credentials'), [...credentials]));
    return names.find((name) => name !== null) ?? undefined;
  }

  nextEntryId(): number {
    return ++this.#count * idsPerCount + this.#emulatorNumber;
  }

  tellCall(tenant: string, entry: object | undefined): void {
    this.#calls.tell(tenant, entry);
  }

  isRunning(emulatorId: string): Promise<boolean> {
    return this.#running.isRunning(emulatorId);
  }

  /** Reads what this emulator did not hear while the connection was broken. */
  async #catchUp(): Promise<void> {
    for (const [name, turn] of this.#turns) {
      turn.refresh();
      for (const entry of await this.#calls.read(name)) this.#copies.addCall(name, entry);
    }
  }

  #noteIds(entries: readonly object[]): void {
    for (const { id } of entries as { id?: string }[])
      this.#count = Math.max(this.#count, Math.floor(Number(id ?? 0) / idsPerCount));
  }

  /** Calls an act of the turn that a message of another emulator names. */
  #listen(channel: string, act: (turn: TenantTurn) => void): Promise<void> {
    return this.#redis.listen(channel, (message) => {
      const [by, tenant] = message.split(' ');
      if (by !== this.emulatorId && tenant !== undefined) act(this.#turnOf(tenant));
    });
  }

  #turnOf(name: string): TenantTurn {
    let turn = this.#turns.get(name);
    if (turn === undefined) {
      turn = new TenantTurn({
        tenant: name,
        redis: new RedisTenant(name, this.#redis, this.emulatorId, name !== this.#options.defaultTenant),
        copies: () => this.#copies,
        readCalls: () => this.#calls.read(name),
        onStored: (isStored) => void this.#listTenant(name, isStored).catch(() => {}),
      });
      this.#forgetTurns();
      this.#turns.set(name, turn);
    }
    return turn;
  }

  /** Keeps the number of turns bounded: a page can ask for any name. */
  #forgetTurns(): void {
    if (this.#turns.size < maxTurns) return;
    for (const [name, turn] of this.#turns) if (turn.isUnused) this.#turns.delete(name);
  }

  /** Adds a tenant to the list, and drops those that are too many; or removes one that was dropped. */
  async #listTenant(tenant: string, isStored: boolean): Promise<void> {
    const { defaultTenant, maxTenants } = this.#options;
    const key = this.#redis.key('tenants');
    if (!isStored) {
      await this.#redis.run((commands) => commands.zRem(key, tenant));
      return;
    }
    const score = Number(await this.#redis.run((commands) => commands.incr(this.#redis.key('tenant-count'))));
    await this.#redis.run((commands) => commands.zAdd(key, { score, value: tenant }));
    const count = await this.#redis.run((commands) => commands.zCard(key));
    if (count <= maxTenants) return;
    const oldest = await this.#redis.run((commands) => commands.zRange(key, 0, count - maxTenants));
    for (const name of oldest.filter((other) => other !== defaultTenant && other !== tenant).slice(0, count - maxTenants))
      await this.#turnOf(name).delete();
  }
}

/** Before the emulator joins. */
const noCopies: TenantCopies = { replace() {}, change() {}, addCall() {} };
