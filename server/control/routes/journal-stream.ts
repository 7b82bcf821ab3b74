import Type from 'typebox';
import { startEventStream } from '../../http/event-stream.js';
import type { JournalEntry } from '../../journal/entry.js';
import { entryMatcher } from '../../journal/entry-filter.js';
import { presentEntry } from '../../journal/present.js';
import type { Tenant } from '../../tenants/tenant.js';
import { entryFilter, Filter } from '../journal-entries.js';
import type { ControlPlugin } from '../options.js';
import { responses } from '../response-schemas.js';

export const journalStream: ControlPlugin = async (app, { showSecrets, tenants }) => {
  const entryTexts = new EntryTexts(showSecrets);
  const schema = {
    operationId: 'streamEntries',
    tags: ['journal'],
    summary: 'Streams entries as they are added',
    description:
      'Server-sent events. Each message has an entry as its data, and the entry\'s id as its id. An event named "reset" says that the tenant was replaced. With the header Last-Event-ID, the stream starts after that entry.',
    querystring: Filter,
    produces: ['text/event-stream'],
    response: responses(200, Type.String({ description: 'Server-sent events' }), 400),
  };
  app.get('/_emulator/journal/stream', { schema, exposeHeadRoute: false }, (request, reply) => {
    // Refuses a wrong filter before the stream starts.
    const matches = entryMatcher(entryFilter(request.query));
    const { write, onClose } = startEventStream(reply);
    const follow = (tenant: Tenant) => entryTexts.follow(tenant, { matches, write });

    for (const entry of missedEntries(request.tenant, request.headers['last-event-id']).filter(matches))
      write(entryTexts.textOf(entry, request.tenant));
    let unfollow = follow(request.tenant);
    const stopListening = tenants.replacements.listen(request.tenant.name, (successor) => {
      unfollow();
      unfollow = follow(successor);
      write('event: reset\ndata: {}\n\n');
    });
    onClose(() => {
      stopListening();
      unfollow();
    });
  });
};

/** Entries after the last one that the reader got, oldest first. */
function missedEntries({ journal }: Tenant, lastEventId: unknown): JournalEntry[] {
  const lastId = Number(lastEventId ?? Number.NaN);
  if (!(lastId >= 0)) return [];
  return journal.list({}, undefined, { after: lastId }).reverse();
}

/** A reader of the stream, with its filter. */
interface EntryReader {
  matches(entry: JournalEntry): boolean;
  write(text: string): void;
}

/** Writes each new entry of a journal as a message once, for all readers of its stream that want it. */
class EntryTexts {
  readonly #showSecrets: boolean;
  readonly #readers = new WeakMap<Tenant, Set<EntryReader>>();

  constructor(showSecrets: boolean) {
    this.#showSecrets = showSecrets;
  }

  textOf(entry: JournalEntry, tenant: Tenant): string {
    return `id: ${entry.id}\ndata: ${JSON.stringify(presentEntry(entry, tenant, this.#showSecrets))}\n\n`;
  }

  /** @returns a function that stops it */
  follow(tenant: Tenant, reader: EntryReader): () => void {
    const readers = this.#readers.get(tenant) ?? this.#listen(tenant);
    readers.add(reader);
    return () => readers.delete(reader);
  }

  #listen(tenant: Tenant): Set<EntryReader> {
    const readers = new Set<EntryReader>();
    this.#readers.set(tenant, readers);
    tenant.journal.listen(async (entry) => {
      const interested = [...readers].filter(({ matches }) => matches(entry));
      if (interested.length === 0) return;
      await tenant.settled().catch(() => {});
      const text = this.textOf(entry, tenant);
      for (const reader of interested) if (readers.has(reader)) reader.write(text);
    });
    return readers;
  }
}
