import type { FastifyBaseLogger, FastifyInstance } from 'fastify';
import type { EventStream } from '../http/event-stream.js';
import type { JournalEntry } from '../journal/entry.js';
import type { RunningChange } from '../journal/running-calls.js';
import type { Tenant } from '../tenants/tenant.js';
import type { CallWatcher } from '../tenants/tenant-watchers.js';
import type { Tenants } from '../tenants/tenants.js';

/** A page that is open in a browser, with the stream that keeps it up to date. */
export interface OpenPage {
  app: FastifyInstance;
  stream: EventStream;
  log: FastifyBaseLogger;
  tenants: Tenants;
  /** The tenant of the page's address, when its stream began. */
  tenant: Tenant;
  /** The path below which a proxy serves the emulator, then `/t/<tenant>`. */
  prefix: string;
  lang: string;
  showSecrets: boolean;
  /** The query of the stream's address. */
  query: Readonly<Record<string, unknown>>;
}

/** After a message, the next one waits this many times as long as it took, so that readers cost calls at most a twentieth of the time. */
const pauseFactor = 20;
/** A message does not wait longer than this, in milliseconds. */
const maxPauseMs = 2000;

/**
 * Keeps a part of a page up to date. It sends what was collected, at most once in an interval. The first time after a quiet time is at
 * once.
 */
export abstract class Sender implements CallWatcher {
  readonly page: OpenPage;
  readonly #intervalMs: number;
  #nextAt = Number.NEGATIVE_INFINITY;
  #timer: NodeJS.Timeout | undefined;
  #isSending = false;
  #again = false;
  #isStopped = false;

  constructor(page: OpenPage, intervalMs: number) {
    this.page = page;
    this.#intervalMs = intervalMs;
  }

  /**
   * Sends what the page has missed.
   * @param missed true if the journal has changed since the page was made
   * @param after the id of the newest entry that the page knows; NaN: it does not say
   */
  start(_missed: boolean, _after: number): void {}
  added(_tenant: Tenant, _entry: JournalEntry): void {}
  emptied(_tenant: Tenant): void {}
  ran(_tenant: Tenant, _change: RunningChange): void {}
  /** A reset or a snapshot has replaced the page's tenant. */
  replaced(_successor: Tenant): void {}

  protected abstract send(): Promise<void>;

  /** Waits until everything of these tenants is stored: a page shows only that. Default: the page's tenant. */
  protected async stored(tenants = [this.page.tenants.find(this.page.tenant.name)]): Promise<void> {
    await Promise.allSettled(tenants.map((tenant) => tenant?.settled()));
  }

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
    await this.send().catch((error) => this.page.log.error(error));
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

/** Sends a message about the page's tenant if it differs from the one that was sent before. */
export abstract class TenantSender extends Sender {
  #tenant = this.page.tenant;
  #sent = '';

  override start(missed: boolean): void {
    if (missed) this.schedule();
  }

  override added(tenant: Tenant, _entry: JournalEntry): void {
    this.follow(tenant);
  }

  override emptied(tenant: Tenant): void {
    this.follow(tenant);
  }

  override ran(tenant: Tenant): void {
    this.follow(tenant);
  }

  override replaced(successor: Tenant): void {
    this.follow(successor);
  }

  /** @param tenant one that has changed */
  protected follow(tenant: Tenant): void {
    if (tenant.name !== this.page.tenant.name) return;
    this.#tenant = this.page.tenants.find(tenant.name) ?? tenant;
    this.schedule();
  }

  /** Writes the message, in the form of server-sent events. */
  protected abstract message(tenant: Tenant): string | Promise<string>;

  protected async send(): Promise<void> {
    const tenant = this.#tenant;
    await this.stored([tenant]);
    const message = await this.message(tenant);
    if (message === this.#sent) return;
    this.#sent = message;
    this.page.stream.write(message);
  }
}

/** A message of a stream. @param id of the newest entry that it tells of */
export function eventText(name: string, data: object, id?: string): string {
  return `event: ${name}\n${id === undefined ? '' : `id: ${id}\n`}data: ${JSON.stringify(data)}\n\n`;
}
