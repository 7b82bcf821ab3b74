import Type from 'typebox';
import { durationHint, parseDuration } from '../../clock/duration.js';
import { PresentedEntry } from '../../journal/entry.js';
import { closed, Duration } from '../../schemas/common.js';
import { invalid, notFound } from '../control-error.js';
import { Entries, entryFilter, entryViewer, filterFields } from '../journal-entries.js';
import type { ControlPlugin } from '../options.js';
import { Failure, NoContent, responses } from '../response-schemas.js';

/** How many entries the journal holds. */
const capacity = 2000;
const listed = 100;
/** Milliseconds of the machine's time. */
const defaultWait = 5000;
const longestWait = 60 * 60 * 1000;

const JournalQuery = Type.Object(
  { ...filterFields, limit: Type.Optional(Type.Integer({ minimum: 1, maximum: capacity, default: listed })) },
  closed,
);
export const Wait = Type.Object(
  {
    match: Type.Object(filterFields, { ...closed, description: 'what entries must be like' }),
    count: Type.Optional(
      Type.Integer({
        minimum: 1,
        maximum: capacity,
        default: 1,
        description: 'how many must match, those that are there already among them',
      }),
    ),
    timeout: Type.Optional(Duration),
  },
  { ...closed, examples: [{ match: { operation: 'applyToken', resultCode: 'SUCCESS' }, count: 1, timeout: 'PT5S' }] },
);
const Missed = Type.Object(
  { ...Failure.properties, nearest: Type.Array(PresentedEntry) },
  { description: 'They did not come; with the entries that came nearest' },
);

export const journal: ControlPlugin = async (app, { showSecrets }) => {
  const tags = ['journal'];
  const view = entryViewer(showSecrets);

  const list = {
    operationId: 'listEntries',
    tags,
    summary: 'What happened, newest first',
    description: 'Reads of the control API are not kept.',
    querystring: JournalQuery,
    response: responses(200, Entries, 400),
  };
  app.get('/_emulator/journal', { schema: list }, async ({ tenant, query: { limit = listed, ...filter } }) => ({
    entries: tenant.journal.list(entryFilter(filter), limit).map((entry) => view(entry, tenant)),
  }));

  const clear = { operationId: 'clearJournal', tags, summary: 'Empties the journal', response: responses(204, NoContent) };
  app.delete('/_emulator/journal', { schema: clear, config: { journaled: false } }, async ({ tenant }, reply) => {
    tenant.journal.clear();
    return reply.status(204).send(null);
  });

  const read = {
    operationId: 'readEntry',
    tags,
    summary: 'One entry',
    params: Type.Object({ id: Type.String() }),
    response: responses(200, PresentedEntry, 404),
  };
  app.get('/_emulator/journal/:id', { schema: read }, async ({ tenant, params: { id } }) => {
    const entry = tenant.journal.get(id);
    if (entry === undefined)
      throw notFound(`id: there is no entry ${id.slice(0, 40)} in the journal, which holds the last ${capacity}`);
    return view(entry, tenant);
  });

  const wait = {
    operationId: 'waitForEntries',
    tags,
    summary: 'Waits until so many entries match',
    description: "The timeout is the machine's time: PT5S where left out, PT1H at the most.",
    body: Wait,
    response: { ...responses(200, Entries, 400), 408: Missed },
  };
  app.post('/_emulator/journal/wait', { schema: wait, config: { journaled: false } }, async (request, reply) => {
    const { tenant, body } = request;
    const { match, count = 1, timeout = defaultWait / 1000 } = body;
    const milliseconds = parseDuration(timeout);
    if (milliseconds === undefined || milliseconds > longestWait)
      throw invalid(`timeout: expected ${durationHint}, PT1H at the most, got ${String(timeout).slice(0, 60)}`);
    const filter = entryFilter(match);
    const gone = new AbortController();
    reply.raw.once('close', () => gone.abort());
    const waited = await tenant.journal.wait(filter, count, milliseconds, gone.signal);
    if ('entries' in waited) return { entries: waited.entries.map((entry) => view(entry, tenant)) };
    const came = tenant.journal.list(filter, count).length;
    const message = `match: expected ${count} ${count === 1 ? 'entry' : 'entries'} like ${JSON.stringify(match)} within ${milliseconds / 1000} s, and ${came} came${waited.nearest.length > 0 ? '; the nearest are below' : '; nothing at all happened'}`;
    return reply.status(408).send({ error: 'not-in-time', message, nearest: waited.nearest.map((entry) => view(entry, tenant)) });
  });
};
