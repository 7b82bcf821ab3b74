import type { FastifyReply, FastifyRequest } from 'fastify';
import { startEventStream } from '../http/event-stream.js';
import type { Tenant } from '../tenants/tenant.js';
import type { Tenants } from '../tenants/tenants.js';
import { cardStates } from './scenario-card.js';
import { Sender, type StreamContext } from './sender.js';

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

/** Sends the states of the scenarios if they differ from those that were sent. */
class StateSender extends Sender {
  readonly #lang: string;
  #tenant: Tenant | undefined;
  #sent = '';

  constructor(context: StreamContext, lang: string) {
    super(context, intervalMs);
    this.#lang = lang;
  }

  add(tenant: Tenant): void {
    this.#tenant = tenant;
    this.schedule();
  }

  protected async send(): Promise<void> {
    if (this.#tenant === undefined) return;
    await this.#tenant.settled().catch(() => {});
    const message = JSON.stringify({ scenarios: cardStates(this.#tenant, this.#lang) });
    if (message === this.#sent) return;
    this.#sent = message;
    this.context.stream.write(`data: ${message}\n\n`);
  }
}
