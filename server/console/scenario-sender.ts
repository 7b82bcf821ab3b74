import type { Tenant } from '../tenants/tenant.js';
import { cardStates } from './scenario-card.js';
import { eventText, type OpenPage, TenantSender } from './sender.js';

/** Changes are sent together, at least this far apart, in milliseconds of the machine's time. */
const intervalMs = 250;

/** Sends the states of a tenant's scenarios. */
export class ScenarioSender extends TenantSender {
  constructor(page: OpenPage) {
    super(page, intervalMs);
  }

  /** Scenarios may have acted on a call between the page and its stream. */
  override start(): void {
    this.schedule();
  }

  protected message(tenant: Tenant): string {
    return eventText('scenarios', { scenarios: cardStates(tenant, this.page.lang) });
  }
}
