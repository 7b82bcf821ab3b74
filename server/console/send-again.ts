import { buffer as readBytes } from 'node:stream/consumers';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { readAddress, tenantBase } from '../http/address.js';
import { sendRequest } from '../http/send-request.js';
import type { JournalEntry } from '../journal/entry.js';
import type { Tenant } from '../tenants/tenant.js';
import { goBack, leadTo } from './after-action.js';
import { isCut } from './copy-call.js';
import { hasDemoKey, merchantHeaders, timeoutMs } from './demo/merchant.js';

/** Headers of the first call that the new one has too. */
const repeatedHeaders = ['agent-token', 'x-emulator-scenario'];

/**
 * Tells whether the demo merchant can send a call again: it has the client's key, and the journal has the whole body.
 * @returns undefined if the call is of another kind or client, or if the pages show a report
 */
export async function repeatable(
  { tenant, openedReport }: FastifyRequest,
  { kind, clientId, request }: JournalEntry,
): Promise<'whole' | 'cut' | undefined> {
  if (kind !== 'openapi' || clientId === undefined || openedReport !== undefined) return undefined;
  if (!(await hasDemoKey(tenant.clients.get(clientId)?.publicKey))) return undefined;
  return isCut(request.body) ? 'cut' : 'whole';
}

/** The form on a call's page that sends the call again, and leads to the page of the new one. */
export async function sendAgainForm(app: FastifyInstance, { listeningUrl }: { listeningUrl(): string }): Promise<void> {
  app.post<{ Params: { id: string } }>('/journal/:id/send', async (request, reply) => {
    const { tenant, params, prefix } = request;
    const place = `/journal/${encodeURIComponent(params.id)}`;
    const entry = tenant.journal.get(params.id);
    if (entry === undefined) return goBack(request, reply, 'unknown', place);
    const state = await repeatable(request, entry);
    if (state !== 'whole') return goBack(request, reply, state === 'cut' ? 'call-cut' : 'nothing', place);
    const id = await sendAgain(listeningUrl() + tenantBase(tenant.name), tenant, entry);
    if (id === undefined) return goBack(request, reply, 'call-lost', place);
    return leadTo(reply, `${prefix}/journal/${id}`, 'call-sent');
  });
}

/**
 * Sends a call with its whole body, and signs it again.
 * @returns the id of the new entry; undefined if the journal does not have it
 */
async function sendAgain(base: string, tenant: Tenant, entry: JournalEntry): Promise<string | undefined> {
  const { method, clientId = '', request } = entry;
  const { path } = readAddress(entry.path);
  const { body } = request;
  const headers = await merchantHeaders(tenant.profile, { method, clientId, path, body, now: tenant.clock.now(), signs: true });
  const repeated = repeatedHeaders.flatMap((name) => (request.headers[name] ? [[name, String(request.headers[name])]] : []));
  try {
    const { body: answer } = await sendRequest(base + path, {
      method,
      headers: { ...headers, ...Object.fromEntries(repeated) },
      body,
      signal: AbortSignal.timeout(timeoutMs),
    });
    await readBytes(answer);
  } catch {
    // A scenario may cut the answer, or never send it. The journal has the call all the same.
  }
  const sent = tenant.journal.list({ clientId }).find(({ request }) => request.headers['request-id'] === headers['Request-Id']);
  return sent?.id;
}
