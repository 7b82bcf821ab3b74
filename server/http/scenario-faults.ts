import type { Socket } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { delayOf } from '../scenarios/delay.js';
import type { AppliedScenario } from '../scenarios/scenario-list.js';
import type { Then } from '../scenarios/schema.js';
import { resetConnection } from './reset-connection.js';
import { endTurns } from './turns.js';

/** An answer before a fault is applied. */
export interface Outgoing {
  status: number;
  headers: Record<string, string>;
  body: Buffer;
}

/** The HTTP answer that a scenario sets instead of the wallet's. */
export function rawAnswer({ status, body }: Then): Outgoing | undefined {
  if (status === undefined) return undefined;
  const isText = body === undefined || typeof body === 'string';
  return {
    status,
    headers: { 'content-type': isText ? 'text/plain; charset=utf-8' : 'application/json; charset=UTF-8' },
    body: Buffer.from(isText ? (body ?? '') : JSON.stringify(body)),
  };
}

/** Delays a call as its scenario says, in real time. */
export async function holdBack(scenario: AppliedScenario | undefined, request: FastifyRequest): Promise<void> {
  const delay = scenario === undefined ? 0 : delayOf(scenario.then, scenario.hit);
  if (delay > 0) await waitForCaller(request, delay);
}

/**
 * Waits in real time, without a turn. If the caller hangs up, the wait ends: a delay of days must not hold the call.
 * @param ms milliseconds
 */
export async function waitForCaller(request: FastifyRequest, ms: number): Promise<void> {
  const waiting = () => waitWhileOpen(request.raw.socket, ms);
  await (request.turns === undefined ? waiting() : request.waitOutsideTurn(waiting));
}

async function waitWhileOpen(socket: Socket, ms: number): Promise<void> {
  const closed = new AbortController();
  const abort = () => closed.abort();
  socket.once('close', abort);
  if (socket.destroyed) abort();
  await wait(ms, undefined, { ref: false, signal: closed.signal }).catch(() => {});
  socket.off('close', abort);
}

/** Sends an answer with a fault: broken, cut off, or not at all. */
export async function sendWithFault(
  reply: FastifyReply,
  fault: Then['fault'],
  { status, headers, body }: Outgoing,
): Promise<FastifyReply> {
  const { socket } = reply.request.raw;
  switch (fault) {
    case 'reset':
      reply.hijack();
      resetConnection(socket);
      return reply;
    case 'hang':
      endTurns(reply.request);
      return reply.hijack();
    case 'truncate':
      // A hijacked answer has no onSend hook that waits.
      endTurns(reply.request);
      await reply.request.tenant?.settled();
      reply.hijack();
      reply.raw.writeHead(status, { ...headers, 'content-length': body.length });
      reply.raw.write(body.subarray(0, Math.floor(body.length / 2)), () => socket.destroy());
      return reply;
    case 'garbage':
      return reply
        .status(status)
        .headers(headers)
        .send(Buffer.from(body.map((byte) => byte ^ 0xa5)));
    default:
      return reply.status(status).headers(headers).send(body);
  }
}
