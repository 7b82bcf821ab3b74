import type { JournalEntry } from '../journal/entry.js';
import type { RunningChange } from '../journal/running-calls.js';
import type { Tenant } from '../tenants/tenant.js';
import { eventText, type OpenPage, Sender } from './sender.js';

/** The shortest time between two messages about changes, in milliseconds of the machine's time. */
const intervalMs = 100;

/**
 * Tells the page of an authorization to load again: after each of its calls, and after changes by a person or a test, which may end its
 * tokens.
 */
export class AuthorizationSender extends Sender {
  constructor(page: OpenPage) {
    super(page, intervalMs);
  }

  override start(missed: boolean): void {
    if (missed) this.schedule();
  }

  override added(tenant: Tenant, { authorizationId, kind }: JournalEntry): void {
    const isConcerned = kind === 'control' || authorizationId === this.page.query.id;
    if (isConcerned && tenant.name === this.page.tenant.name) this.schedule();
  }

  override ran(tenant: Tenant, { call }: RunningChange): void {
    if (call.entry.authorizationId === this.page.query.id && tenant.name === this.page.tenant.name) this.schedule();
  }

  override emptied({ name }: Tenant): void {
    if (name === this.page.tenant.name) this.schedule();
  }

  override replaced(): void {
    this.schedule();
  }

  protected async send(): Promise<void> {
    await this.stored();
    this.page.stream.write(eventText('authorization', {}));
  }
}
