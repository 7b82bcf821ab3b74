import { createClient, createCluster } from 'redis';
import { text } from '../../texts/text.js';
import { TextError } from '../../texts/text-error.js';
import { inEnglish } from '../../texts/write-text.js';
import { StorageError } from '../storage-error.js';
import { redisProblem } from './redis-problem.js';
import { scripts } from './scripts.js';

/** A command fails if Redis does not answer in this time, in milliseconds. */
const commandTimeoutMs = 1000;
const connectTimeoutMs = 2000;
/** The longest pause between two tries to connect, in milliseconds. */
const maxRetryMs = 500;

/** @param isOpen says whether to connect again. A start fails at once */
const createOne = (url: string, isOpen: () => boolean) =>
  createClient({
    url,
    scripts,
    RESP: 2,
    disableOfflineQueue: true,
    socket: {
      connectTimeout: connectTimeoutMs,
      reconnectStrategy: (tries, cause) => (isOpen() ? Math.min(50 * (tries + 1), maxRetryMs) : cause),
    },
  });
type Client = ReturnType<typeof createOne>;

/** The address of a store, in its parts. */
export interface RedisAddress {
  /** For the client: without our own parameters. */
  url: string;
  /** Begins every key. */
  prefix: string;
  /** Without the password, for messages. */
  shown: string;
}

/**
 * Reads the address of a store: `redis://user:password@host:6379/0?prefix=team`. With `rediss:` the connection is encrypted.
 * @throws Error that says what was expected
 */
export function readRedisAddress(store: string): RedisAddress {
  const url = URL.canParse(store) ? new URL(store) : undefined;
  if (url === undefined || !/^rediss?:$/.test(url.protocol) || url.hostname === '')
    throw new Error('expected an address such as redis://localhost:6379/0, or rediss:// for an encrypted connection');
  if (!/^\/?\d*$/.test(url.pathname)) throw new Error(`the database is "${url.pathname.slice(1)}": expected a number, such as 0`);
  const prefix = url.searchParams.get('prefix') ?? 'billetera';
  const unknown = [...url.searchParams.keys()].find((name) => name !== 'prefix');
  if (unknown !== undefined) throw new Error(`unknown parameter "${unknown}"; allowed: prefix`);
  if (!/^[\w.-]{1,64}$/.test(prefix))
    throw new Error(`prefix is "${prefix}": expected up to 64 letters, digits, dots, hyphens and underscores`);
  url.search = '';
  const shown = new URL(url);
  shown.password = '';
  return { url: url.href, prefix, shown: shown.href };
}

/** The connections to Redis: one for commands, one that listens. They connect again by themselves. */
export class RedisConnection {
  readonly address: RedisAddress;
  readonly commands: Client;
  readonly #listener: Client;
  readonly #close: () => Promise<void>;

  private constructor(address: RedisAddress, commands: Client, listener: Client, close: () => Promise<void>) {
    this.address = address;
    this.commands = commands;
    this.#listener = listener;
    this.#close = close;
  }

  /**
   * Connects to a Redis server, or to the cluster that it belongs to.
   * @param onProblem is called when the connection breaks
   * @throws Error without the address, if Redis cannot be reached
   */
  static async open(address: RedisAddress, onProblem: (problem: Error) => void): Promise<RedisConnection> {
    let isOpen = false;
    const single = createOne(address.url, () => isOpen);
    const listener = createOne(address.url, () => isOpen);
    for (const client of [single, listener]) client.on('error', (error: Error) => isOpen && onProblem(error));
    try {
      await withTimeout(Promise.all([single.connect(), listener.connect()]), connectTimeoutMs);
      const isCluster = /^cluster_enabled:1/m.test(await single.info('cluster'));
      const commands = isCluster ? await openCluster(address.url) : single;
      if (isCluster) single.destroy();
      isOpen = true;
      return new RedisConnection(address, commands, listener, async () => {
        listener.destroy();
        await withTimeout(commands.close(), commandTimeoutMs).catch(() => commands.destroy());
      });
    } catch (error) {
      for (const client of [single, listener]) if (client.isOpen) client.destroy();
      throw new Error(`Redis cannot be reached: ${inEnglish(redisProblem(error))}`, { cause: error });
    }
  }

  /** The name of a key. @param tenant keys of one tenant are in one slot of a cluster */
  key(name: string, tenant?: string): string {
    return tenant === undefined ? `${this.address.prefix}:${name}` : `${this.address.prefix}:{${tenant}}:${name}`;
  }

  /** @param act is called when the connection that listens works again */
  onAgain(act: () => void): void {
    this.#listener.on('ready', act);
  }

  listen(channel: string, heard: (message: string) => void): Promise<void> {
    return this.#listener.subscribe(this.key(channel), heard);
  }

  /** Runs commands. @throws StorageError if Redis does not answer */
  async run<Reply>(act: (commands: Client) => Promise<Reply>): Promise<Reply> {
    try {
      return await withTimeout(act(this.commands), commandTimeoutMs);
    } catch (error) {
      const problem = redisProblem(error);
      throw new StorageError('not-stored', text('redis-silent', { address: this.address.shown, problem }), error);
    }
  }

  close(): Promise<void> {
    return this.#close().catch(() => {});
  }
}

/** A cluster has the same commands, so it can stand for a client. */
async function openCluster(url: string): Promise<Client> {
  const { username, password, protocol } = new URL(url);
  const cluster = createCluster({
    rootNodes: [{ url }],
    defaults: {
      ...(username !== '' && { username: decodeURIComponent(username) }),
      ...(password !== '' && { password: decodeURIComponent(password) }),
      ...(protocol === 'rediss:' && { socket: { tls: true } }),
      disableOfflineQueue: true,
    },
    scripts,
    RESP: 2,
  });
  cluster.on('error', () => {});
  await cluster.connect();
  return cluster as unknown as Client;
}

/** The client's own time-out ends only commands that are not sent yet. */
async function withTimeout<Result>(promise: Promise<Result>, ms: number): Promise<Result> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new TextError(text('network-silent', { seconds: ms / 1000 }))), ms);
  });
  return Promise.race([promise, late]).finally(() => clearTimeout(timer));
}
