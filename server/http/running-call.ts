import type { FastifyReply } from 'fastify';
import type { JournalEntry } from '../journal/entry.js';
import type { WaitsFor } from '../journal/running-calls.js';
import type { Tenant } from '../tenants/tenant.js';

/** Lists a call that the journal has already as running, until it is answered or its caller is gone. */
export function listUntilAnswered(reply: FastifyReply, { running }: Tenant, entry: JournalEntry, waitsFor: WaitsFor): void {
  const key = running.beginJournaled(entry, waitsFor);
  for (const event of ['finish', 'close']) reply.raw.once(event, () => running.end(key));
}
