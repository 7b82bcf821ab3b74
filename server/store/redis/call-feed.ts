import type { TenantCopies } from '../state-store.js';
import type { RedisConnection } from './connection.js';

/** Entries that wait to be sent. Over it, the oldest are dropped: the journal is what is lost first. */
const maxWaiting = 5000;
/** Entries that a tenant's journal keeps in Redis. */
const maxCalls = 2000;
const channel = 'calls';

/** A call that emulators tell each other. Without an entry, the journal was emptied. */
interface ToldCall {
  tenant: string;
  entry?: object | undefined;
}

/** Keeps the journals of all tenants in Redis, and tells the other emulators of each call. It does not hold up answers. */
export class CallFeed {
  readonly #redis: RedisConnection;
  readonly #emulatorId: string;
  #waiting: ToldCall[] = [];
  #sending: Promise<void> | undefined;

  constructor(redis: RedisConnection, emulatorId: string) {
    this.#redis = redis;
    this.#emulatorId = emulatorId;
  }

  /** Adds the calls of other emulators to the copies. @param heard is called with each entry's id */
  async listen(copies: TenantCopies): Promise<void> {
    await this.#redis.listen(channel, (message) => {
      const { by, calls } = JSON.parse(message) as { by: string; calls: ToldCall[] };
      if (by === this.#emulatorId) return;
      for (const { tenant, entry } of calls) copies.addCall(tenant, entry);
    });
  }

  tell(tenant: string, entry: object | undefined): void {
    this.#waiting.push({ tenant, entry });
    if (this.#waiting.length > maxWaiting) this.#waiting.shift();
    this.#sending ??= this.#sendAll().finally(() => {
      this.#sending = undefined;
    });
  }

  /** Reads a tenant's journal, oldest first. */
  async read(tenant: string): Promise<object[]> {
    await this.settled();
    const stored = await this.#redis.run((commands) => commands.xRange(this.#redis.key('calls', tenant), '-', '+'));
    return (stored ?? []).map(({ message }) => JSON.parse(message.e ?? '{}') as object);
  }

  /** Waits until everything is sent. */
  async settled(): Promise<void> {
    await this.#sending;
  }

  async #sendAll(): Promise<void> {
    while (this.#waiting.length > 0) {
      await new Promise((resolve) => setImmediate(resolve));
      const calls = this.#waiting;
      this.#waiting = [];
      await this.#redis
        .run((commands) =>
          Promise.all([
            ...calls.map(({ tenant, entry }) => this.#store(commands, tenant, entry)),
            commands.publish(this.#redis.key(channel), JSON.stringify({ by: this.#emulatorId, calls })),
          ]),
        )
        .catch(() => {
          // The caller of the next request is told that Redis does not answer.
        });
    }
  }

  #store(commands: RedisConnection['commands'], tenant: string, entry: object | undefined): Promise<unknown> {
    const key = this.#redis.key('calls', tenant);
    if (entry === undefined) return commands.del(key);
    const trim = { TRIM: { strategy: 'MAXLEN', strategyModifier: '~', threshold: maxCalls } } as const;
    return commands.xAdd(key, '*', { e: JSON.stringify(entry) }, trim);
  }
}
