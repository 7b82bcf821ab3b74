import type { JournalEntry } from '../journal/entry.js';
import { entryMatcher } from '../journal/entry-filter.js';
import { isMerchantCall } from '../journal/merchant-call.js';
import type { RunningChange } from '../journal/running-calls.js';
import type { Tenant } from '../tenants/tenant.js';
import { entryFilterOf, readCallQuery } from './call-query.js';
import { eventText, type OpenPage, Sender } from './sender.js';

/** A call, as the page is told of it: one in the journal by its id, and one that waits for the user without an id. */
interface Step {
  id?: string;
  authorizationId?: string;
  /** The tab whose phone asked, as the address of its mini program says. Only calls of a page have it. */
  run?: string;
}

/** The shortest time between two messages about calls, in milliseconds of the machine's time. */
const intervalMs = 50;
/** A message has at most this many calls, the newest ones. */
const maxSteps = 100;

/** Tells the playground the ids of the calls of mini programs and merchants' servers that match the address, oldest first. */
export class StepSender extends Sender {
  readonly #filter = entryFilterOf(readCallQuery(this.page.query).filters) ?? {};
  readonly #matches = entryMatcher(this.#filter);
  #waiting: Step[] = [];

  constructor(page: OpenPage) {
    super(page, intervalMs);
  }

  override start(missed: boolean, after: number): void {
    if (!missed || Number.isNaN(after)) return;
    for (const entry of this.page.tenant.journal.list(this.#filter, maxSteps, { after }).reverse()) this.#add(entry);
  }

  override ran(tenant: Tenant, { call: { entry }, hasEnded }: RunningChange): void {
    const run = runOf(entry);
    if (tenant.name !== this.page.tenant.name || hasEnded || run === undefined || entry.authorizationId === undefined) return;
    this.#push({ authorizationId: entry.authorizationId, run });
  }

  override added(tenant: Tenant, entry: JournalEntry): void {
    if (tenant.name === this.page.tenant.name && this.#matches(entry)) this.#add(entry);
  }

  protected async send(): Promise<void> {
    const steps = this.#waiting;
    this.#waiting = [];
    await this.stored();
    this.page.stream.write(eventText('steps', { steps }, steps.findLast(({ id }) => id !== undefined)?.id));
  }

  #add(entry: JournalEntry): void {
    if (entry.kind !== 'jsapi' && !isMerchantCall(entry)) return;
    const { id, authorizationId } = entry;
    const run = runOf(entry);
    this.#push({ id, ...(authorizationId !== undefined && { authorizationId }), ...(run !== undefined && { run }) });
  }

  #push(step: Step): void {
    this.#waiting.push(step);
    if (this.#waiting.length > maxSteps) this.#waiting.shift();
    this.schedule();
  }
}

function runOf({ request: { headers } }: JournalEntry): string | undefined {
  const { referer } = headers;
  if (typeof referer !== 'string' || !URL.canParse(referer)) return undefined;
  return new URL(referer).searchParams.get('run') ?? undefined;
}
