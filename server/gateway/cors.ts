import type { FastifyReply, FastifyRequest } from 'fastify';
import type { IncomingCall } from './incoming-call.js';

/** The headers of an answer that a script may read, besides those that it may always read. */
const readableHeaders = 'Client-Id, Response-Time, Signature';
/** The headers that a call may have, if the preflight names none. */
const usualHeaders = 'Content-Type, Client-Id, Request-Time, Request-Id, Signature, Agent-Token';
/** A browser may remember a preflight for this long, in seconds. */
const maxAge = '600';

/**
 * The headers that let a page of another origin read the answer to its call.
 * @returns no headers if the tenant's setting `openapiCors` is off, or if no page called
 */
export function corsHeaders({ tenant, headers: { origin }, pageProblem }: IncomingCall): Record<string, string> {
  if (!tenant.settings.openapiCors || origin === undefined || pageProblem !== undefined) return {};
  return { 'access-control-allow-origin': origin, 'access-control-expose-headers': readableHeaders, vary: 'Origin' };
}

/** Answers a browser that asks if a page may call. @returns undefined if it does not ask, or if pages may not call */
export function answerPreflight(request: FastifyRequest, reply: FastifyReply, call: IncomingCall): FastifyReply | undefined {
  if (request.method !== 'OPTIONS' || request.headers['access-control-request-method'] === undefined) return undefined;
  const cors = corsHeaders(call);
  if (Object.keys(cors).length === 0) return undefined;
  return reply
    .status(204)
    .headers({
      ...cors,
      'access-control-allow-methods': 'POST',
      'access-control-allow-headers': request.headers['access-control-request-headers'] ?? usualHeaders,
      'access-control-allow-private-network': 'true',
      'access-control-max-age': maxAge,
    })
    .send();
}
