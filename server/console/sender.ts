import type { FastifyBaseLogger, FastifyInstance } from 'fastify';
import type { EventStream } from '../http/event-stream.js';

/** What a stream writes to, and with. */
export interface StreamContext {
  app: FastifyInstance;
  stream: EventStream;
  log: FastifyBaseLogger;
}

/** Sends what was collected, at most once in an interval. The first time after a quiet time is at once. */
export abstract class Sender {
  readonly context: StreamContext;
  readonly #intervalMs: number;
  #nextAt = Number.NEGATIVE_INFINITY;
  #timer: NodeJS.Timeout | undefined;

  constructor(context: StreamContext, intervalMs: number) {
    this.context = context;
    this.#intervalMs = intervalMs;
  }

  protected abstract send(): Promise<void>;

  protected schedule(): void {
    if (this.#timer !== undefined) return;
    const delayMs = Math.max(this.#nextAt - performance.now(), 0);
    this.#timer = setTimeout(() => {
      this.#timer = undefined;
      this.delayNext(this.#intervalMs);
      this.send().catch((error) => this.context.log.error(error));
    }, delayMs).unref();
  }

  /** @param ms the time to the next message, from now */
  protected delayNext(ms: number): void {
    this.#nextAt = Math.max(this.#nextAt, performance.now() + ms);
  }

  stop(): void {
    clearTimeout(this.#timer);
  }
}
