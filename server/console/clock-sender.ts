import type { Tenant } from '../tenants/tenant.js';
import { eventText, type OpenPage, TenantSender } from './sender.js';

/** Changes are sent together, at least this far apart, in milliseconds of the machine's time. */
const intervalMs = 100;

/** Sends the time of the tenant's clock when the stream begins, and when the clock was set, stopped or started. */
export class ClockSender extends TenantSender {
  #stopListening: () => void;
  #state = '';
  #message = '';

  constructor(page: OpenPage) {
    super(page, intervalMs);
    this.#stopListening = this.#listen(page.tenant);
  }

  override start(): void {
    this.schedule();
  }

  override added(): void {}
  override ran(): void {}

  override replaced(successor: Tenant): void {
    this.#stopListening();
    this.#stopListening = this.#listen(successor);
    super.replaced(successor);
  }

  override stop(): void {
    super.stop();
    this.#stopListening();
  }

  /** The same message as long as the clock just runs. */
  protected message({ clock }: Tenant): string {
    const state = JSON.stringify(clock.state);
    if (state !== this.#state) this.#message = eventText('clock', { now: clock.now(), frozen: clock.frozen, moved: clock.moved });
    this.#state = state;
    return this.#message;
  }

  #listen(tenant: Tenant): () => void {
    return tenant.clock.listen(() => this.follow(tenant));
  }
}
