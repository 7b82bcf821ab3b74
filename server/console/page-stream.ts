import type { FastifyReply, FastifyRequest } from 'fastify';
import { startEventStream } from '../http/event-stream.js';
import { consoleLanguage } from '../pages/console-language.js';
import type { Tenants } from '../tenants/tenants.js';
import { ActiveSender } from './active-sender.js';
import { AuthorizationSender } from './authorization-sender.js';
import { ClockSender } from './clock-sender.js';
import { PanelSender } from './panel-sender.js';
import { RowSender } from './row-sender.js';
import { ScenarioSender } from './scenario-sender.js';
import type { OpenPage, Sender } from './sender.js';
import { StepSender } from './step-sender.js';
import type { StreamPart } from './stream-address.js';

const senders: Record<StreamPart, new (page: OpenPage) => Sender> = {
  calls: RowSender,
  panels: PanelSender,
  steps: StepSender,
  authorization: AuthorizationSender,
  scenarios: ScenarioSender,
};

export interface PageStreamOptions {
  tenants: Tenants;
  showSecrets: boolean;
}

/**
 * Streams what changes on a page: the clock, which scenarios are on, and the parts that its address names. A page has one stream,
 * because browsers open only six connections to a host. The event `reset` says that the tenant was replaced.
 */
export function sendPageStream(
  request: FastifyRequest,
  reply: FastifyReply,
  { tenants, showSecrets }: PageStreamOptions,
): FastifyReply {
  const { tenant, prefix } = request;
  const query = request.query as Record<string, unknown>;
  const after = lastIdOf(request);
  const stream = startEventStream(reply);
  const page = {
    app: request.server,
    stream,
    log: request.log,
    tenants,
    tenant,
    prefix,
    lang: consoleLanguage(request),
    showSecrets,
    query,
  };
  const parts = [new ClockSender(page), new ActiveSender(page), ...partsOf(query).map((part) => new senders[part](page))];
  const newest = Number(tenant.journal.newest(() => true)?.id ?? 0);
  for (const part of parts) part.start(after !== newest, after);
  const stops = parts.map((part) => tenants.watchers.watchCalls(part));
  stops.push(
    tenants.replacements.listen(tenant.name, (successor) => {
      for (const part of parts) part.replaced(successor);
      stream.write('event: reset\ndata: {}\n\n');
    }),
  );
  stream.onClose(() => {
    for (const stop of stops) stop();
    for (const part of parts) part.stop();
  });
  return reply;
}

function partsOf({ parts }: Record<string, unknown>): StreamPart[] {
  return [...new Set(String(parts ?? '').split(' '))].filter((part) => Object.hasOwn(senders, part)) as StreamPart[];
}

/** The id of the last call that the reader has: the page says it, and after a pause the browser. */
function lastIdOf({ headers, query }: FastifyRequest): number {
  return Number(headers['last-event-id'] ?? (query as { after?: unknown }).after ?? Number.NaN);
}
