import type { FastifyBaseLogger, FastifyInstance } from 'fastify';
import type { EventStream } from '../http/event-stream.js';
import type { Tenant } from '../tenants/tenant.js';

/** The stream, and the tools to write its messages. */
export interface StreamContext {
  app: FastifyInstance;
  stream: EventStream;
  log: FastifyBaseLogger;
}

/** After a message, the next one waits this many times as long as it took, so that readers cost calls at most a twentieth of the time. */
const pauseFactor = 20;
/** A message does not wait longer than this, in milliseconds. */
const maxPauseMs = 2000;

/** Sends what was collected, at most once in an interval. The first time after a quiet time is at once. */
export abstract class Sender {
  readonly context: StreamContext;
  readonly #intervalMs: number;
  #nextAt = Number.NEGATIVE_INFINITY;
  #timer: NodeJS.Timeout | undefined;
  #isSending = false;
  #again = false;
  #isStopped = false;

  constructor(context: StreamContext, intervalMs: number) {
    this.context = context;
    this.#intervalMs = intervalMs;
  }

  protected abstract send(): Promise<void>;

  protected schedule(): void {
    this.#again ||= this.#isSending;
    if (this.#timer !== undefined || this.#isSending || this.#isStopped) return;
    const delayMs = Math.max(this.#nextAt - performance.now(), 0);
    this.#timer = setTimeout(() => void this.#sendNow(), delayMs).unref();
  }

  async #sendNow(): Promise<void> {
    this.#timer = undefined;
    this.#isSending = true;
    const began = performance.now();
    this.delayNext(this.#intervalMs);
    await this.send().catch((error) => this.context.log.error(error));
    this.delayNext(Math.min(pauseFactor * (performance.now() - began), maxPauseMs));
    this.#isSending = false;
    if (!this.#again) return;
    this.#again = false;
    this.schedule();
  }

  /** @param ms the time to the next message, from now */
  protected delayNext(ms: number): void {
    this.#nextAt = Math.max(this.#nextAt, performance.now() + ms);
  }

  stop(): void {
    this.#isStopped = true;
    clearTimeout(this.#timer);
  }
}

/** Sends a message about a tenant if it differs from the one that was sent before. */
export abstract class TenantSender extends Sender {
  #tenant: Tenant | undefined;
  #sent = '';

  /** @param tenant the one that has changed */
  add(tenant: Tenant): void {
    this.#tenant = tenant;
    this.schedule();
  }

  /** Writes the message, in the form of server-sent events. */
  protected abstract message(tenant: Tenant): string | Promise<string>;

  protected async send(): Promise<void> {
    if (this.#tenant === undefined) return;
    await this.#tenant.settled().catch(() => {});
    const message = await this.message(this.#tenant);
    if (message === this.#sent) return;
    this.#sent = message;
    this.context.stream.write(message);
  }
}
