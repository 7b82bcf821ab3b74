import { activeInWords } from '../pages/library-text.js';
import type { Tenant } from '../tenants/tenant.js';
import { eventText, type OpenPage, TenantSender } from './sender.js';

/** Changes are sent together, at least this far apart, in milliseconds of the machine's time. */
const intervalMs = 250;

/** Sends which scenarios are on, when one is switched on or off, or acts for the last time. */
export class ActiveSender extends TenantSender {
  constructor(page: OpenPage) {
    super(page, intervalMs);
  }

  /** A scenario may have acted on a call between the page and its stream. */
  override start(): void {
    this.schedule();
  }

  protected message(tenant: Tenant): string {
    return eventText('active', activeInWords(tenant, this.page.lang));
  }
}
