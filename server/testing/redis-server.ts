import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { after } from 'node:test';

/** CI sets it, so that the tests are not skipped there without a word. */
const isRequired = (process.env.REQUIRE_REDIS ?? '') !== '';

/** The reason why the tests with Redis cannot run here; false if they can. */
export const withoutRedis: string | false =
  !isRequired && spawnSync('redis-server', ['--version']).error !== undefined && 'redis-server is not installed';

/** A Redis server of its own, without a disk. One that is opened ends with its test, or with its file. */
export class RedisServer {
  readonly url: string;
  readonly #process: ChildProcess;

  private constructor(url: string, process: ChildProcess) {
    this.url = url;
    this.#process = process;
  }

  /** @param flags further ones of redis-server */
  static async open(...flags: string[]): Promise<RedisServer> {
    const opened = await RedisServer.start(...flags);
    after(() => opened.close());
    return opened;
  }

  /** Starts one that does not end with a test. */
  static async start(...flags: string[]): Promise<RedisServer> {
    const port = await freePort();
    const server = spawn(
      'redis-server',
      ['--port', String(port), '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no', ...flags],
      {
        stdio: ['ignore', 'pipe', 'ignore'],
      },
    );
    for await (const line of server.stdout) if (/Ready to accept connections/.test(String(line))) break;
    server.stdout.resume();
    return new RedisServer(`redis://127.0.0.1:${port}/0`, server);
  }

  /** The address of a part of the server that nothing else uses. */
  address(): string {
    return `${this.url}?prefix=test-${++prefixes}`;
  }

  /** Runs a command. @returns its answer as text */
  command(...words: string[]): string {
    const { port } = new URL(this.url);
    return spawnSync('redis-cli', ['-p', port, ...words], { encoding: 'utf8' }).stdout;
  }

  /** Stops answering, without closing connections. */
  suspend(): void {
    this.#process.kill('SIGSTOP');
  }

  resume(): void {
    this.#process.kill('SIGCONT');
  }

  async close(): Promise<void> {
    this.#process.kill('SIGKILL');
    if (this.#process.exitCode === null && this.#process.signalCode === null) await once(this.#process, 'exit');
  }
}

let prefixes = 0;

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as { port: number };
  server.close();
  await once(server, 'close');
  return port;
}
