import type { ServerResponse } from 'node:http';
import Type from 'typebox';
import type { Tenant } from '../../tenants/tenant.js';
import { entryViewer } from '../journal-entries.js';
import type { ControlPlugin } from '../options.js';
import { responses } from '../response-schemas.js';

/** A comment now and then (milliseconds) keeps proxies from closing what is quiet. */
const quietTime = 15_000;
/** Who lets so many bytes wait does not read any more. */
const mostWaiting = 8 * 1024 * 1024;

export const journalStream: ControlPlugin = async (app, { showSecrets, replacements }) => {
  const view = entryViewer(showSecrets);
  const schema = {
    operationId: 'streamEntries',
    tags: ['journal'],
    summary: 'Entries as they come',
    description:
      'Server-sent events: each message has an entry as its data and its id as the id; an event named "reset" tells that the tenant began anew. With Last-Event-ID it begins after that entry.',
    produces: ['text/event-stream'],
    response: responses(200, Type.String({ description: 'Server-sent events' })),
  };
  app.get('/_emulator/journal/stream', { schema, exposeHeadRoute: false }, (request, reply) => {
    reply.hijack();
    const { raw } = reply;
    raw.writeHead(200, {
      'content-type': 'text/event-stream; charset=utf-8',
      'cache-control': 'no-store',
      'x-content-type-options': 'nosniff',
    });
    const write = (text: string) => send(raw, text);
    const listen = (tenant: Tenant) =>
      tenant.journal.listen((entry) => write(`id: ${entry.id}\ndata: ${JSON.stringify(view(entry, tenant))}\n\n`));

    write('retry: 1000\n\n');
    const seen = Number(request.headers['last-event-id'] ?? Number.NaN);
    if (seen >= 0) {
      const missed = request.tenant.journal.list().filter(({ id }) => Number(id) > seen);
      for (const entry of missed.reverse()) write(`id: ${entry.id}\ndata: ${JSON.stringify(view(entry, request.tenant))}\n\n`);
    }
    let stop = listen(request.tenant);
    const stopListening = replacements.listen(request.tenant.name, (tenant) => {
      stop();
      stop = listen(tenant);
      write('event: reset\ndata: {}\n\n');
    });
    const timer = setInterval(() => write(': still here\n\n'), quietTime).unref();
    raw.once('close', () => {
      clearInterval(timer);
      stopListening();
      stop();
    });
  });
};

function send(raw: ServerResponse, text: string): void {
  if (raw.writableLength > mostWaiting) raw.destroy();
  else raw.write(text);
}
