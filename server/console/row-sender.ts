import { withoutTenant } from '../http/address.js';
import type { JournalEntry } from '../journal/entry.js';
import { entryMatcher } from '../journal/entry-filter.js';
import type { RunningCall, RunningChange } from '../journal/running-calls.js';
import { renderPart } from '../pages/render.js';
import { allTenants, listCalls, listUnfinished, type TenantEntry, tenantsNamed } from '../tenants/list-calls.js';
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

/** A call that is to be sent. `was`: the id of the row that it replaces, which showed it as running. */
interface WaitingCall extends TenantEntry {
  was?: string;
}

/**
 * Sends the rows of new calls that match the address: `{ count, rows: [{ id, was?, html }], ended: [id] }`, the newest row first. A page
 * does not show more rows than the limit of its address, so the older ones are only counted. `ended`: the calls that do not run any more,
 * and whose rows are not sent. When the stream begins, `running` has the ids of all calls that run. The event `emptied` says that the
 * calls are gone.
 */
export class RowSender extends Sender {
  readonly #filters = readCallQuery(this.page.query).filters;
  readonly #filter = entryFilterOf(this.#filters);
  readonly #matches = this.#filter === undefined ? () => false : entryMatcher(this.#filter);
  /** The name of the tenant whose calls the page lists, or `*`. */
  readonly #tenantName = this.#filters.tenant ?? this.page.tenant.name;
  readonly #limit = limitOf(this.page.query);
  readonly #options: RowOptions;
  #waiting: WaitingCall[] = [];
  #ended: string[] = [];
  /** Calls since the last message, also those whose rows are not sent. */
  #count = 0;
  #timer: NodeJS.Timeout | undefined;

  constructor(page: OpenPage) {
    super(page, intervalMs);
    const { lang, showSecrets, prefix, tenant } = page;
    const root = withoutTenant({ base: prefix, tenant });
    this.#options = { lang, showSecrets, root, withTenant: this.#filters.tenant !== undefined };
  }

  override start(_missed: boolean, after: number): void {
    const searched = this.#searched();
    if (!Number.isNaN(after)) {
      const isGone = after > 0 && searched.every(({ journal }) => journal.get(String(after)) === undefined);
      if (isGone) this.page.stream.write(eventText('emptied', {}));
      const missed = this.#filter && listCalls(searched, this.#filter, undefined, isGone ? {} : { after });
      for (const call of missed?.reverse() ?? []) this.#add(call);
    }
    for (const call of this.#showsRunning && this.#filter ? listUnfinished(searched, this.#filter) : []) this.#add(call);
    const running = searched.flatMap((tenant) => tenant.running.list().map(({ entry }) => entry.id));
    this.page.stream.write(eventText('running', { ids: running }));
    this.#awaitExpiry();
  }

  override added(tenant: Tenant, entry: JournalEntry): void {
    if (this.#lists(tenant) && this.#matches(entry)) this.#add({ tenant, entry });
    // The clock may have been moved past the end of a call.
    if (entry.kind === 'control') this.#awaitExpiry();
  }

  override ran(tenant: Tenant, { call, hasEnded, entry }: RunningChange): void {
    if (!this.#lists(tenant)) return;
    if (hasEnded) this.#end(call, entry);
    else if (this.#showsRunning && !call.isJournaled && this.#matches(call.entry)) this.#add({ tenant, entry: call.entry });
    this.#awaitExpiry();
  }

  override emptied({ name }: Tenant): void {
    if (name !== this.#tenantName) return;
    this.#waiting = [];
    this.#count = 0;
    this.page.stream.write(eventText('emptied', {}));
    this.start(false, Number.NaN);
  }

  override stop(): void {
    super.stop();
    clearTimeout(this.#timer);
  }

  protected async send(): Promise<void> {
    const [calls, ended, count] = [this.#waiting.reverse(), this.#ended, this.#count];
    this.#waiting = [];
    this.#ended = [];
    this.#count = 0;
    if (count === 0 && ended.length === 0) return;
    this.delayNext(calls.length * msPerRow);
    await this.stored([...new Set(calls.map(({ tenant }) => tenant))]);
    const rows = await Promise.all(calls.map((call) => this.#render(call)));
    const newest = calls.find(({ entry }) => Number(entry.id) > 0);
    this.page.stream.write(eventText('calls', { count, rows, ended }, newest?.entry.id));
  }

  /** A page of older calls shows none that run. */
  get #showsRunning(): boolean {
    return this.#limit > 0;
  }

  #searched(): Tenant[] {
    const { tenants, tenant } = this.page;
    return [...tenantsNamed(tenants, tenants.find(tenant.name) ?? tenant, this.#filters.tenant)];
  }

  #lists({ name }: Tenant): boolean {
    return this.#tenantName === allTenants || this.#tenantName === name;
  }

  #add(call: WaitingCall): void {
    this.#count++;
    this.#waiting.push(call);
    if (this.#waiting.length > this.#limit) this.#waiting.shift();
    this.schedule();
  }

  /** The row of the call's entry takes the place of the one that showed it as running. If that was not sent yet, it is left out. */
  #end({ entry: { id }, isJournaled }: RunningCall, entry: JournalEntry | undefined): void {
    const waits = this.#waiting.findIndex((waiting) => waiting.entry.id === id);
    if (waits >= 0 && !isJournaled) {
      this.#waiting.splice(waits, 1);
      this.#count--;
      return;
    }
    const finished = isJournaled ? undefined : this.#waiting.find((waiting) => waiting.entry === entry);
    if (finished === undefined) this.#ended.push(id);
    else finished.was = id;
    this.schedule();
  }

  /** Running calls end by themselves when their time is over, which only a list of them notices. */
  #awaitExpiry(): void {
    const ends = this.#searched().flatMap(({ running, clock }) =>
      running.list().flatMap(({ endsAt }) => (endsAt === undefined || clock.frozen ? [] : [endsAt - clock.now()])),
    );
    // A list that ends a call comes back here before it returns, so there can be a timer by now.
    clearTimeout(this.#timer);
    if (ends.length > 0) this.#timer = setTimeout(() => this.#awaitExpiry(), Math.min(...ends) + 1).unref();
  }

  async #render({ was, ...call }: WaitingCall) {
    const html = await renderPart(this.page.app, 'call-row', { lang: this.page.lang, ...callRow(call, this.#options) });
    return { id: call.entry.id, ...(was !== undefined && { was }), html };
  }
}

function limitOf({ limit }: OpenPage['query']): number {
  const asked = Number(limit ?? defaultLimit);
  return asked >= 0 && asked <= defaultLimit ? asked : defaultLimit;
}
