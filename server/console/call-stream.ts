import type { FastifyReply, FastifyRequest } from 'fastify';
import { withoutTenant } from '../http/address.js';
import { startEventStream } from '../http/event-stream.js';
import { entryMatcher } from '../journal/entry-filter.js';
import { renderPart } from '../pages/render.js';
import { allTenants, listCalls, type TenantEntry, tenantsNamed } from '../tenants/list-calls.js';
import type { Tenant } from '../tenants/tenant.js';
import type { Tenants } from '../tenants/tenants.js';
import { entryFilterOf, readCallQuery } from './call-query.js';
import { callRow, type RowOptions } from './call-row.js';
import { panelsModel } from './panels-model.js';
import { Sender, type StreamContext, TenantSender } from './sender.js';

/** Rows are sent together, at least this far apart, in milliseconds of the machine's time. */
const rowIntervalMs = 250;
/** After a message, the next one waits this long for each row of it. */
const msPerRow = 10;
/** The panels are computed from the whole journal, so they are sent less often. */
const panelIntervalMs = 1000;
/** The rows of one message. If more calls came, only the newest are sent: a reader does not slow down a load test. */
const maxRows = 100;
/** The calls that a reader is told of when it comes back. */
const missedLimit = 100;

export interface CallStreamOptions {
  tenants: Tenants;
  showSecrets: boolean;
  lang: string;
}

/**
 * Streams the rows of new calls that match the address, and the panels of the dashboard when they have changed. A message is JSON:
 * `{ count, rows }`, the newest row first. The event `reset` says that the calls are gone.
 */
export async function sendCalls(
  request: FastifyRequest,
  reply: FastifyReply,
  { tenants, showSecrets, lang }: CallStreamOptions,
): Promise<FastifyReply> {
  const { tenant: own, prefix } = request;
  const { filters } = readCallQuery(request.query);
  const filter = entryFilterOf(filters);
  const name = filters.tenant ?? own.name;
  const matches = filter === undefined ? () => false : entryMatcher(filter);
  const withTenant = filters.tenant !== undefined;
  const stream = startEventStream(reply);
  const context = { app: request.server, stream, log: request.log };
  const rows = new RowSender(context, { lang, showSecrets, root: withoutTenant({ base: prefix, tenant: own }), withTenant });
  const hasPanels = (request.query as { panels?: unknown }).panels !== undefined;
  const panels = new PanelSender(context, lang, prefix);
  const missed =
    filter === undefined
      ? []
      : listCalls(tenantsNamed(tenants, own, filters.tenant), filter, missedLimit, { after: lastIdOf(request) });
  for (const call of missed.reverse()) rows.add(call);
  const stop = tenants.watchCalls((tenant, entry) => {
    if (hasPanels && tenant.name === own.name) panels.add(tenants.find(own.name) ?? tenant);
    if (name !== allTenants && tenant.name !== name) return;
    if (entry !== undefined && matches(entry)) rows.add({ tenant, entry });
    if (entry === undefined && name !== allTenants) stream.write('event: reset\ndata: {}\n\n');
  });
  stream.onClose(() => {
    stop();
    rows.stop();
    panels.stop();
  });
  return reply;
}

/** The id of the last call that the reader has: the page says it, and after a pause the browser. */
function lastIdOf({ headers, query }: FastifyRequest): number {
  return Number(headers['last-event-id'] ?? (query as { after?: unknown }).after ?? Number.NaN);
}

/** Sends the rows of new calls. */
class RowSender extends Sender {
  readonly #options: RowOptions;
  #waiting: TenantEntry[] = [];
  /** Calls since the last message, also those whose rows are not sent. */
  #count = 0;

  constructor(context: StreamContext, options: RowOptions) {
    super(context, rowIntervalMs);
    this.#options = options;
  }

  add(call: TenantEntry): void {
    this.#count++;
    this.#waiting.push(call);
    if (this.#waiting.length > maxRows) this.#waiting.shift();
    this.schedule();
  }

  protected async send(): Promise<void> {
    const [calls, count] = [this.#waiting.reverse(), this.#count];
    this.#waiting = [];
    this.#count = 0;
    this.delayNext(calls.length * msPerRow);
    // A page shows only what is stored.
    await Promise.all([...new Set(calls.map(({ tenant }) => tenant))].map((tenant) => tenant.settled().catch(() => {})));
    const { lang } = this.#options;
    const rows = await Promise.all(
      calls.map((call) => renderPart(this.context.app, 'call-row', { lang, ...callRow(call, this.#options) })),
    );
    this.context.stream.write(`id: ${calls[0]?.entry.id}\ndata: ${JSON.stringify({ count, rows })}\n\n`);
  }
}

/** Sends the panels of a tenant's dashboard. */
class PanelSender extends TenantSender {
  readonly #lang: string;
  readonly #prefix: string;

  constructor(context: StreamContext, lang: string, prefix: string) {
    super(context, panelIntervalMs);
    this.#lang = lang;
    this.#prefix = prefix;
  }

  protected async message(tenant: Tenant): Promise<string> {
    const model = await panelsModel(tenant, this.#prefix, this.#lang);
    const html = await renderPart(this.context.app, 'live-panels', { lang: this.#lang, base: this.#prefix, ...model });
    return `event: panels\ndata: ${JSON.stringify({ html })}\n\n`;
  }
}
