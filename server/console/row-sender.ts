import { withoutTenant } from '../http/address.js';
import type { JournalEntry } from '../journal/entry.js';
import { entryMatcher } from '../journal/entry-filter.js';
import { renderPart } from '../pages/render.js';
import { allTenants, listCalls, type TenantEntry, tenantsNamed } from '../tenants/list-calls.js';
import type { Tenant } from '../tenants/tenant.js';
import { entryFilterOf, readCallQuery } from './call-query.js';
import { callRow, type RowOptions } from './call-row.js';
import { eventText, type OpenPage, Sender } from './sender.js';

/** Rows are sent together, at least this far apart, in milliseconds of the machine's time. */
const intervalMs = 250;
/** After a message, the next one waits this long for each row of it. */
const msPerRow = 10;
/** The rows of one message, if the address has no limit. */
const defaultLimit = 100;

/**
 * Sends the rows of new calls that match the address: `{ count, rows }`, the newest first. A page does not show more rows than the limit
 * of its address, so the older ones are only counted. The event `emptied` says that the calls are gone.
 */
export class RowSender extends Sender {
  readonly #filters = readCallQuery(this.page.query).filters;
  readonly #filter = entryFilterOf(this.#filters);
  readonly #matches = this.#filter === undefined ? () => false : entryMatcher(this.#filter);
  /** The name of the tenant whose calls the page lists, or `*`. */
  readonly #tenantName = this.#filters.tenant ?? this.page.tenant.name;
  readonly #limit = limitOf(this.page.query);
  readonly #options: RowOptions;
  #waiting: TenantEntry[] = [];
  /** Calls since the last message, also those whose rows are not sent. */
  #count = 0;

  constructor(page: OpenPage) {
    super(page, intervalMs);
    const { lang, showSecrets, prefix, tenant } = page;
    const root = withoutTenant({ base: prefix, tenant });
    this.#options = { lang, showSecrets, root, withTenant: this.#filters.tenant !== undefined };
  }

  override start(_missed: boolean, after: number): void {
    if (Number.isNaN(after)) return;
    const { tenants, tenant } = this.page;
    const searched = [...tenantsNamed(tenants, tenant, this.#filters.tenant)];
    const isGone = after > 0 && searched.every(({ journal }) => journal.get(String(after)) === undefined);
    if (isGone) this.page.stream.write(eventText('emptied', {}));
    if (this.#filter === undefined) return;
    const missed = listCalls(searched, this.#filter, undefined, isGone ? {} : { after });
    for (const call of missed.reverse()) this.#add(call);
  }

  override added(tenant: Tenant, entry: JournalEntry): void {
    if (this.#lists(tenant) && this.#matches(entry)) this.#add({ tenant, entry });
  }

  override emptied({ name }: Tenant): void {
    if (name !== this.#tenantName) return;
    this.#waiting = [];
    this.#count = 0;
    this.page.stream.write(eventText('emptied', {}));
  }

  protected async send(): Promise<void> {
    const [calls, count] = [this.#waiting.reverse(), this.#count];
    this.#waiting = [];
    this.#count = 0;
    if (count === 0) return;
    this.delayNext(calls.length * msPerRow);
    await this.stored([...new Set(calls.map(({ tenant }) => tenant))]);
    const rows = await Promise.all(calls.map((call) => this.#render(call)));
    this.page.stream.write(eventText('calls', { count, rows }, calls[0]?.entry.id));
  }

  #lists({ name }: Tenant): boolean {
    return this.#tenantName === allTenants || this.#tenantName === name;
  }

  #add(call: TenantEntry): void {
    this.#count++;
    this.#waiting.push(call);
    if (this.#waiting.length > this.#limit) this.#waiting.shift();
    this.schedule();
  }

  #render(call: TenantEntry): Promise<string> {
    return renderPart(this.page.app, 'call-row', { lang: this.page.lang, ...callRow(call, this.#options) });
  }
}

function limitOf({ limit }: OpenPage['query']): number {
  const asked = Number(limit ?? defaultLimit);
  return asked >= 0 && asked <= defaultLimit ? asked : defaultLimit;
}
