import type { FastifyReply, FastifyRequest } from 'fastify';
import { startEventStream } from '../http/event-stream.js';
import type { Tenant } from '../tenants/tenant.js';
import type { Tenants } from '../tenants/tenants.js';
import { cardStates } from './scenario-card.js';
import { type StreamContext, TenantSender } from './sender.js';

/** Changes are sent together, at least this far apart, in milliseconds of the machine's time. */
const intervalMs = 250;

/** Streams the states of a tenant's scenarios when they have changed. A message is JSON: `{ scenarios }`. */
export function sendScenarioStates(request: FastifyRequest, reply: FastifyReply, tenants: Tenants, lang: string): FastifyReply {
  const { name } = request.tenant;
  const stream = startEventStream(reply);
  const states = new StateSender({ app: request.server, stream, log: request.log }, lang);
  states.add(request.tenant);
  const stop = tenants.watchCalls((tenant) => {
    if (tenant.name === name) states.add(tenants.find(name) ?? tenant);
  });
  stream.onClose(() => {
    stop();
    states.stop();
  });
  return reply;
}

/** Sends the states of a tenant's scenarios. */
class StateSender extends TenantSender {
  readonly #lang: string;

  constructor(context: StreamContext, lang: string) {
    super(context, intervalMs);
    this.#lang = lang;
  }

  protected message(tenant: Tenant): string {
    return `data: ${JSON.stringify({ scenarios: cardStates(tenant, this.#lang) })}\n\n`;
  }
}
