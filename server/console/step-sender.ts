import type { JournalEntry } from '../journal/entry.js';
import { entryMatcher } from '../journal/entry-filter.js';
import type { Tenant } from '../tenants/tenant.js';
import { entryFilterOf, readCallQuery } from './call-query.js';
import { eventText, type OpenPage, Sender } from './sender.js';

/** The shortest time between two messages about calls, in milliseconds of the machine's time. */
const intervalMs = 50;
/** A message has at most this many calls, the newest ones. */
const maxSteps = 100;

/** Tells the playground the ids of the calls of mini programs and merchants' servers that match the address, oldest first. */
export class StepSender extends Sender {
  readonly #filter = entryFilterOf(readCallQuery(this.page.query).filters) ?? {};
  readonly #matches = entryMatcher(this.#filter);
  #waiting: JournalEntry[] = [];

  constructor(page: OpenPage) {
    super(page, intervalMs);
  }

  override start(missed: boolean, after: number): void {
    if (!missed || Number.isNaN(after)) return;
    for (const entry of this.page.tenant.journal.list(this.#filter, maxSteps, { after }).reverse()) this.#add(entry);
  }

  override added(tenant: Tenant, entry: JournalEntry): void {
    if (tenant.name === this.page.tenant.name && this.#matches(entry)) this.#add(entry);
  }

  protected async send(): Promise<void> {
    const entries = this.#waiting;
    this.#waiting = [];
    await this.stored();
    const steps = entries.map(({ id, authorizationId }) => ({ id, authorizationId }));
    this.page.stream.write(eventText('steps', { steps }, entries.at(-1)?.id));
  }

  #add(entry: JournalEntry): void {
    if (entry.kind !== 'jsapi' && entry.kind !== 'openapi') return;
    this.#waiting.push(entry);
    if (this.#waiting.length > maxSteps) this.#waiting.shift();
    this.schedule();
  }
}
