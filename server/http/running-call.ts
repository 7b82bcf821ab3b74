import type { FastifyReply } from 'fastify';
import type { JournalEntry } from '../journal/entry.js';
import type { WaitsFor } from '../journal/running-calls.js';
import type { Tenant } from '../tenants/tenant.js';
import { onClosed } from './on-closed.js';

/** Lists a call that the journal has already as running, until it is answered or its caller is gone. */
export function listUntilAnswered(reply: FastifyReply, { running }: Tenant, entry: JournalEntry, waitsFor: WaitsFor): void {
  const key = running.beginJournaled(entry, waitsFor);
  reply.raw.once('finish', () => running.end(key));
  onClosed(reply.raw, () => running.end(key));
}
