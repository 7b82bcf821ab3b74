import Type, { type Static } from 'typebox';
import { parseDuration } from '../../clock/duration.js';
import { onClosed } from '../../http/on-closed.js';
import { endTurns } from '../../http/turns.js';
import { type JournalEntry, PresentedEntry, PresentedRunningCall } from '../../journal/entry.js';
import type { EntryFilter } from '../../journal/entry-filter.js';
import { Har, harOf } from '../../journal/har.js';
import { journalCapacity, type WaitResult } from '../../journal/journal.js';
import { presentEntry, presentRunning } from '../../journal/present.js';
import { closed, Duration } from '../../schemas/common.js';
import type { Tenant } from '../../tenants/tenant.js';
import type { TenantReplacements } from '../../tenants/tenant-replacements.js';
import { text } from '../../texts/text.js';
import { invalid, notFound } from '../control-error.js';
import { downloadName } from '../download-name.js';
import { Entries, entryFilter, filterFields, ListQuery, listEntries } from '../journal-entries.js';
import type { ControlApp, ControlOptions, ControlPlugin } from '../options.js';
import { Failure, NoContent, responses } from '../response-schemas.js';

/** In milliseconds of the machine's time. */
const defaultTimeoutMs = 5000;
const maxTimeoutMs = 60 * 60 * 1000;

export const Wait = Type.Object(
  {
    match: Type.Object(filterFields, { ...closed, description: 'which entries' }),
    count: Type.Optional(
      Type.Integer({
        minimum: 1,
        maximum: journalCapacity,
        default: 1,
        description: 'how many entries must match, earlier ones included',
      }),
    ),
    timeout: Type.Optional(Duration),
  },
  { ...closed, examples: [{ match: { operation: 'applyToken', resultCode: 'SUCCESS' }, count: 1, timeout: 'PT5S' }] },
);
const TimedOut = Type.Object(
  { ...Failure.properties, nearest: Type.Array(PresentedEntry, { description: 'the entries that match most fields' }) },
  { description: 'Too few entries matched in time' },
);

const tags = ['journal'];

export const journal: ControlPlugin = async (app, options) => {
  addList(app, options);
  addHar(app, options);
  addRunning(app, options);
  addClear(app);
  addRead(app, options);
  addWait(app, options);
};

function addList(app: ControlApp, options: ControlOptions): void {
  const list = {
    operationId: 'listEntries',
    tags,
    summary: 'What happened, newest first',
    description: 'Reads of the control API are not in the journal.',
    querystring: ListQuery,
    response: responses(200, Entries, 400),
  };
  app.get('/_emulator/journal', { schema: list }, async (request) => ({
    entries: listEntries(request, request.query, options),
  }));
}

function addHar(app: ControlApp, options: ControlOptions): void {
  const har = {
    operationId: 'readHar',
    tags,
    summary: 'The journal as HAR 1.2',
    description:
      'For tools that show or replay HTTP calls. It has the same filters as the list, and codes and tokens are shortened as there.',
    querystring: ListQuery,
    response: responses(200, Har, 400),
  };
  app.get('/_emulator/journal.har', { schema: har }, async (request, reply) => {
    reply.header('content-disposition', downloadName(request.tenant, 'har'));
    const { base, prefix, query } = request;
    return harOf(listEntries(request, query, options), base.slice(0, base.length - prefix.length), options.version);
  });
}

function addRunning(app: ControlApp, { showSecrets }: ControlOptions): void {
  const running = {
    operationId: 'listRunningCalls',
    tags,
    summary: 'The calls that have begun and not ended, newest first',
    description:
      'A call is listed while a scenario or a user delays it, while its sheet waits for the user, or while it gets no answer.',
    response: responses(200, Type.Object({ running: Type.Array(PresentedRunningCall) }, { description: 'Newest first' })),
  };
  app.get('/_emulator/journal/running', { schema: running }, async ({ tenant }) => ({
    running: tenant.running.list().map((call) => presentRunning(call, tenant, showSecrets)),
  }));
}

function addClear(app: ControlApp): void {
  const clear = { operationId: 'clearJournal', tags, summary: 'Empties the journal', response: responses(204, NoContent) };
  app.delete('/_emulator/journal', { schema: clear, config: { journaled: false } }, async ({ tenant }, reply) => {
    tenant.journal.clear();
    return reply.status(204).send(null);
  });
}

function addRead(app: ControlApp, { showSecrets }: ControlOptions): void {
  const read = {
    operationId: 'readEntry',
    tags,
    summary: 'One entry',
    params: Type.Object({ id: Type.String() }),
    response: responses(200, PresentedEntry, 404),
  };
  app.get('/_emulator/journal/:id', { schema: read }, async ({ tenant, params: { id } }) => {
    const entry = tenant.journal.get(id);
    if (entry === undefined) throw notFound(text('entry-unknown', { id: id.slice(0, 40), capacity: journalCapacity }));
    return presentEntry(entry, tenant, showSecrets);
  });
}

function addWait(app: ControlApp, { showSecrets, tenants }: ControlOptions): void {
  const wait = {
    operationId: 'waitForEntries',
    tags,
    summary: 'Waits until enough entries match',
    description: "The timeout is in the machine's time: PT5S by default, PT1H at most.",
    body: Wait,
    response: { ...responses(200, Entries, 400), 408: TimedOut },
  };
  app.post('/_emulator/journal/wait', { schema: wait, config: { journaled: false } }, async (request, reply) => {
    const { match, count = 1 } = request.body;
    const timeoutMs = timeoutOf(request.body);
    const filter = entryFilter(match);
    const tenantWait = new TenantWait(request.tenant, tenants.replacements);
    endTurns(request);
    onClosed(reply.raw, () => tenantWait.stop());
    const result = await tenantWait.run(filter, count, timeoutMs);
    const { tenant } = tenantWait;
    if ('entries' in result) return { entries: presentAll(result.entries, tenant, showSecrets) };
    const found = tenant.journal.list(filter, count).length;
    const rest = result.nearest.length === 0 ? 'the journal is empty' : 'the nearest entries are below';
    return reply.status(408).send({
      error: 'not-in-time',
      message: `timed out after ${timeoutMs / 1000} s: ${found} of ${count} entries matching ${JSON.stringify(match)}; ${rest}`,
      nearest: presentAll(result.nearest, tenant, showSecrets),
    });
  });
}

function presentAll(entries: JournalEntry[], tenant: Tenant, showSecrets: boolean) {
  return entries.map((entry) => presentEntry(entry, tenant, showSecrets));
}

/** A wait for entries that continues with the tenant's successor when a reset or a snapshot replaces the tenant. */
class TenantWait {
  tenant: Tenant;
  readonly #replacements: TenantReplacements;
  #attempt = new AbortController();
  #stopped = false;

  constructor(tenant: Tenant, replacements: TenantReplacements) {
    this.tenant = tenant;
    this.#replacements = replacements;
  }

  stop(): void {
    this.#stopped = true;
    this.#attempt.abort();
  }

  async run(filter: EntryFilter, count: number, timeoutMs: number): Promise<WaitResult> {
    const deadline = performance.now() + timeoutMs;
    const stopListening = this.#replacements.listen(this.tenant.name, (successor) => {
      this.tenant = successor;
      this.#attempt.abort();
    });
    try {
      for (;;) {
        const waiting = this.tenant;
        const remainingMs = Math.max(deadline - performance.now(), 0);
        const result = await waiting.journal.wait(filter, count, remainingMs, this.#attempt.signal);
        if ('entries' in result || this.#stopped || waiting === this.tenant) return result;
        this.#attempt = new AbortController();
      }
    } finally {
      stopListening();
    }
  }
}

/** In milliseconds. @throws ControlError 400 */
function timeoutOf({ timeout }: Static<typeof Wait>): number {
  if (timeout === undefined) return defaultTimeoutMs;
  const timeoutMs = parseDuration(timeout);
  if (timeoutMs === undefined || timeoutMs > maxTimeoutMs)
    throw invalid(text('timeout-wrong', { value: String(timeout).slice(0, 60) }));
  return timeoutMs;
}
