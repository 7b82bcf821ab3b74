import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { DecidedScopes } from '../journal/entry.js';
import { type Text, text } from '../texts/text.js';

/** The change that a request made: fields of its journal entry. */
export interface Change {
  /** The change in a sentence. */
  reason: Text;
  clientId?: string | undefined;
  appId?: string | undefined;
  userId?: string | undefined;
  scopes?: readonly string[];
  /** The authorization that the change belongs to. */
  authorizationId?: string | undefined;
  decided?: DecidedScopes;
  /** The codes and tokens of the response. */
  secrets?: readonly string[];
}

declare module 'fastify' {
  interface FastifyRequest {
    change: Change | undefined;
    /** The time of the request's arrival, by performance.now() (milliseconds). */
    receivedAt: number;
  }
  interface FastifyContextConfig {
    /** False: requests of this route do not appear in the journal, whatever their method. */
    journaled?: boolean;
  }
}

/**
 * Adds a journal entry for each request that changes something. The change is stored before (http/wait-until-stored.ts), and the
 * response waits until the entry is in the journal, so that a caller can rely on both.
 */
export function journalChanges(app: FastifyInstance): void {
  app.decorateRequest('change', undefined);
  app.decorateRequest('receivedAt', 0);
  app.addHook('onRequest', async (request) => {
    request.receivedAt = performance.now();
  });
  app.addHook('onSend', async (request, reply, payload) => {
    if (isJournaled(request)) addEntry(request, reply, typeof payload === 'string' ? payload : '');
    return payload;
  });
}

/** Sets what the journal says about a request. Fields that are undefined are left out. */
export function noteChange(request: FastifyRequest, reason: Text, about: Omit<Change, 'reason'> = {}): void {
  request.change = { reason, ...Object.fromEntries(Object.entries(about).filter(([, value]) => value !== undefined)) };
}

/** The journal of a report stays as it is: its requests change nothing. */
function isJournaled({ method, tenant, routeOptions, openedReport }: FastifyRequest): boolean {
  const reads = method === 'GET' || method === 'HEAD' || openedReport !== undefined;
  return !reads && tenant !== undefined && routeOptions.config.journaled !== false;
}

function addEntry(request: FastifyRequest, reply: FastifyReply, payload: string): void {
  const { tenant, method, headers, sentBody, routeOptions } = request;
  const { operationId } = routeOptions.schema as { operationId: string };
  const { reason = text('request-answered', { operation: operationId }), secrets = [], ...about } = request.change ?? {};
  tenant.journal.add({
    kind: 'control',
    at: tenant.clock.now(),
    operation: operationId,
    method,
    path: request.raw.address.sentPath,
    ...about,
    status: reply.statusCode,
    reason,
    durationMs: performance.now() - request.receivedAt,
    request: { headers, body: withoutPrivateKeys(sentBody) },
    response: { headers: reply.getHeaders() as Record<string, string>, body: payload },
    secrets: [...secrets, ...agentTokens(request.body)],
  });
}

/** Hides private keys, which people sometimes paste as the publicKey. */
function withoutPrivateKeys(body: string): string {
  return body.replace(/-----BEGIN [A-Z ]*PRIVATE KEY-----[^"]*/g, '-----BEGIN PRIVATE KEY-----…');
}

function agentTokens(body: unknown): string[] {
  const tokens = (body as { agentTokens?: unknown } | null | undefined)?.agentTokens;
  if (!Array.isArray(tokens)) return [];
  return tokens.map((token) => (typeof token === 'string' ? token : token?.token)).filter((token) => typeof token === 'string');
}
