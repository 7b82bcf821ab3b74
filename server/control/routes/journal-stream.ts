import Type from 'typebox';
import { startEventStream } from '../../http/event-stream.js';
import type { JournalEntry } from '../../journal/entry.js';
import { presentEntry } from '../../journal/present.js';
import type { Tenant } from '../../tenants/tenant.js';
import type { ControlPlugin } from '../options.js';
import { responses } from '../response-schemas.js';

export const journalStream: ControlPlugin = async (app, { showSecrets, replacements }) => {
  const entryTexts = new EntryTexts(showSecrets);
  const schema = {
    operationId: 'streamEntries',
    tags: ['journal'],
    summary: 'Streams entries as they are added',
    description:
      'Server-sent events. Each message has an entry as its data, and the entry\'s id as its id. An event named "reset" says that the tenant was replaced. With the header Last-Event-ID, the stream starts after that entry.',
    produces: ['text/event-stream'],
    response: responses(200, Type.String({ description: 'Server-sent events' })),
  };
  app.get('/_emulator/journal/stream', { schema, exposeHeadRoute: false }, (request, reply) => {
    const { write, onClose } = startEventStream(reply);
    const follow = (tenant: Tenant) => entryTexts.follow(tenant, write);

    for (const entry of missedEntries(request.tenant, request.headers['last-event-id']))
      write(entryTexts.textOf(entry, request.tenant));
    let unfollow = follow(request.tenant);
    const stopListening = replacements.listen(request.tenant.name, (successor) => {
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
  return journal
    .list()
    .filter(({ id }) => Number(id) > lastId)
    .reverse();
}

/** Writes each new entry of a journal as a message once, for all readers of its stream. */
class EntryTexts {
  readonly #showSecrets: boolean;
  readonly #readers = new WeakMap<Tenant, Set<(text: string) => void>>();

  constructor(showSecrets: boolean) {
    this.#showSecrets = showSecrets;
  }

  textOf(entry: JournalEntry, tenant: Tenant): string {
    return `id: ${entry.id}\ndata: ${JSON.stringify(presentEntry(entry, tenant, this.#showSecrets))}\n\n`;
  }

  /** @returns a function that stops it */
  follow(tenant: Tenant, read: (text: string) => void): () => void {
    const readers = this.#readers.get(tenant) ?? this.#listen(tenant);
    readers.add(read);
    return () => readers.delete(read);
  }

  #listen(tenant: Tenant): Set<(text: string) => void> {
    const readers = new Set<(text: string) => void>();
    this.#readers.set(tenant, readers);
    tenant.journal.listen(async (entry) => {
      if (readers.size === 0) return;
      await tenant.settled().catch(() => {});
      const text = this.textOf(entry, tenant);
      for (const read of readers) read(text);
    });
    return readers;
  }
}
